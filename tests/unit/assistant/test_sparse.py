"""Cosine and BM25 over small documents."""

import pytest

from services.assistant.sparse import build_bm25, build_cosine

DOCUMENTS = [["khai", "sinh"], ["khai", "tu"], ["ket", "hon"]]


def test_the_same_document_has_cosine_one() -> None:
    assert build_cosine(DOCUMENTS).cosine(["khai", "sinh"])[0] == pytest.approx(1.0, abs=1e-5)


def test_an_unknown_word_lowers_every_cosine() -> None:
    index = build_cosine(DOCUMENTS)
    assert index.cosine(["khai", "sinh", "zzz"])[0] < index.cosine(["khai", "sinh"])[0]


def test_rare_words_count_more() -> None:
    scores = build_bm25(DOCUMENTS).match(["khai", "sinh"])
    assert scores[0] > scores[1] > scores[2] == 0


def test_no_known_word_gives_nothing() -> None:
    assert not build_cosine(DOCUMENTS).cosine(["zzz"]).any()
    assert not build_bm25(DOCUMENTS).match([]).any()
