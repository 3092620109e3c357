"""The labeller: what it sees of a page, how it learns, and that what it says stays a guess that a person looks at."""

import os
import zlib

import numpy as np
import pytest

from services.dossier.compare import squeeze
from services.dossier.kinds import FIELDS_OF, PaperKind
from services.evaluation.field_figures import ACCEPTED
from services.extract.find import find_fields
from services.extract.labelled import CONCEPTS, PARTIES, asked_of, part_field
from services.extract.labeller import pack, shipped_labeller, unpack
from services.extract.learn_labels import TaggedLesson, learn_labels, make_tagged_lesson
from services.extract.learned import likeliest
from services.extract.rows import lay_out
from services.extract.tokens import tokens_of
from tests.builders.pages import page_from


def test_a_field_is_whose_and_what() -> None:
    assert part_field("mother_date_of_birth") == ("mother", "date_of_birth")
    assert part_field("transferor_spouse_name") == ("transferor_spouse", "name")
    assert part_field("full_name") == ("", "name")
    for kind, names in FIELDS_OF.items():
        asked = asked_of(kind)
        parted = {(PARTIES[p], CONCEPTS[c]) for p, c in zip(asked.parties, asked.concepts, strict=True)}
        assert len(parted) == len(names)


def test_words_see_what_stands_before_them_on_their_row_and_no_other() -> None:
    sheet = lay_out([page_from("Họ tên: Lý Minh\nSinh: 02/03/1990")])
    tokens = tokens_of(sheet)
    assert tokens is not None
    words = [squeeze(piece.text) for segment in sheet.segments for piece in segment.pieces]
    born = words.index("sinh")
    assert tokens.near[born, 2] == len(words)
    assert tokens.near[born + 1, 2] == born
    assert tuple(tokens.spans[born + 1, 0]) == (born, born + 1)


def test_a_change_of_value_has_a_price() -> None:
    told = np.log(np.array([[0.9, 0.1], [0.45, 0.55], [0.9, 0.1], [0.01, 0.99], [0.01, 0.99]], np.float32))
    assert likeliest(told, np.zeros(5, bool)).tolist() == [0, 0, 0, 1, 1]
    assert likeliest(told, np.ones(5, bool)).tolist() == [0, 0, 0, 1, 1]


def _lessons() -> list[TaggedLesson]:
    found: list[TaggedLesson | None] = []
    for number in range(12):
        page = page_from(f"PHIẾU\nAi khai {('Lý', 'Mã', 'Vi')[number % 3]} Minh Hoa\nMã {100 + number} xong")
        at = next(n for n, line in enumerate(page.lines) if line.words[0].text == "Ai")
        tags = {(page.document, page.number, at, place): "full_name" for place in (2, 3, 4)}
        found.append(make_tagged_lesson(PaperKind.DIPLOMA, [page], tags))
    return [lesson for lesson in found if lesson is not None]


def test_it_learns_what_it_is_shown_and_the_same_each_time() -> None:
    lessons = _lessons()
    model = learn_labels(lessons, rounds=12)
    assert pack(model) == pack(learn_labels(lessons, rounds=12))
    asked = asked_of(PaperKind.DIPLOMA)
    sheet = lay_out([page_from("PHIẾU\nAi khai Bế Thu Trang\nMã 431 xong")])
    tokens = tokens_of(sheet)
    assert tokens is not None
    best = unpack(pack(model)).judge(tokens, PaperKind.DIPLOMA).argmax(axis=1)
    names = [asked.fields[at] if at < len(asked.fields) else "" for at in best]
    assert names[-6:-3] == ["full_name"] * 3
    assert names[-3:] == ["", "", ""]


def test_a_file_of_another_release_is_refused() -> None:
    with pytest.raises(ValueError, match="other kinds"):
        unpack(zlib.compress(b"short"))


CARD = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CĂN CƯỚC CÔNG DÂN
020167392963
HOÀNG HỒNG VÂN
Ngày sinh / Birth: 18/04/1967      Nữ      Việt Nam
Quê quán / Origin: Phường Kỳ Lừa, tỉnh Lạng Sơn"""


def test_values_without_a_label_are_found_and_left_to_a_person() -> None:
    found = {field.name: field for field in find_fields(PaperKind.CITIZEN_ID_FRONT, [page_from(CARD)])}
    assert found["gender"].value == "Nữ"
    assert found["nationality"].value == "Việt Nam"
    assert found["gender"].confidence < ACCEPTED


def test_it_ships_small() -> None:
    assert len(pack(shipped_labeller())) < 1_000_000


def test_it_computes_in_one_thread() -> None:
    """Threads of a product of small matrices wait in loops that cost six times its own time."""
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
