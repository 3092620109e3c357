"""Spaces that were not seen are put back, and only those."""

from itertools import pairwise

import pytest

from services.language.counts import load_language
from services.ocr.letters import Letter
from services.ocr.spacing import missing_spaces
from services.ocr.spell import spell_line

LANGUAGE = load_language()


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("NGHỊĐỊNH", "NGHỊ ĐỊNH"),
        ("Nội,ngày", "Nội, ngày"),
        ("ký:CỔNG", "ký: CỔNG"),
        ("Quyđịnh", "Quy định"),
        ("sở,lực", "sở, lực"),
    ],
)
def test_joined_syllables_are_parted(word: str, parted: str) -> None:
    cuts = [0, *missing_spaces(word, LANGUAGE), len(word)]
    assert " ".join(word[a:b] for a, b in pairwise(cuts)) == parted


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "thuyên",
        "toán",
        "khoan",
        "hoạt",
        "Loan",
        "Oanh",
        "Hiền",
        "Tuyền",
        "Khuyên",
        "Internet",
        "Khuyến",
        "106/2025/NĐ-CP",
        "a,b@chinhphu.vn",
        "TT-BCA",
        "Xqwzk",
        "15.000",
        "TP.HCM",
        "(a)",
        "-",
    ],
)
def test_everything_else_stays_whole(word: str) -> None:
    assert missing_spaces(word, LANGUAGE) == []


def test_parted_words_keep_the_steps_of_their_letters() -> None:
    line = [Letter(((letter, 0.0),), 0.9, at, at) for at, letter in enumerate("Quyđịnh")]
    assert [(word.text, word.first, word.last) for word in spell_line(line, LANGUAGE)] == [
        ("Quy", 0, 2), ("định", 3, 6)
    ]  # fmt: skip


def test_words_beside_signs_are_spelt_and_codes_are_not() -> None:
    def seen(text: str) -> list[Letter]:
        return [
            Letter(((letter, 0.0), ("ố", -0.5)) if letter == "õ" else ((letter, 0.0),), 1.0, at, at)
            for at, letter in enumerate(text)
        ]

    assert [word.text for word in spell_line(seen("Sõ:559"), LANGUAGE)] == ["Số:559"]
    assert [word.text for word in spell_line(seen("12õ/QĐ"), LANGUAGE)] == ["12õ/QĐ"]
    assert [word.text for word in spell_line(seen("sõ@mail.vn"), LANGUAGE)] == ["sõ@mail.vn"]
