"""Of a second reading only the accents of doubtful names are taken."""

import pytest

from services.dossier.page import Box, Word
from services.language.counts import load_language
from services.ocr.second_reader import Doubt, doubt_of, is_plausible, names_in, span_of, with_accents
from services.ocr.spell import Spelt

NOWHERE = Box(0, 0, 1, 1)


def words(text: str) -> list[Word]:
    return [Word(word, NOWHERE, 0.5) for word in text.split()]


def test_a_name_is_two_capitals_side_by_side() -> None:
    assert names_in(words("Họ và tên: SÃM THỊ GIANG và ông Nguyễn Văn A, sinh 1990")) == [
        False, False, False, True, True, True, False, False, True, True, False, False, False,
    ]  # fmt: skip


def test_accents_come_from_the_second_reading_and_nothing_else_does() -> None:
    first, second = "SÃM Thi Giang 0201", "Sầm Thị Gianh 0207"
    assert with_accents(first.split(), second.split(), [True] * 4) == ["SẦM", "Thị", "Giang", "0201"]


def test_words_the_first_reader_is_sure_of_stay() -> None:
    assert with_accents(["Phối", "Sãm"], ["Phổi", "Sầm"], [False, True]) == ["Phối", "Sầm"]


def test_a_word_the_second_reading_lost_moves_no_accents() -> None:
    assert with_accents(["Bế", "Ngọc", "Vượng"], ["Bê", "Vương"], [True] * 3) == ["Bê", "Ngọc", "Vương"]


def test_a_word_on_either_side_is_read_with_doubtful_names() -> None:
    words = ["Tôi", "là", "Vy", "Trung", "Phúc", "sinh", "năm"]
    assert words[span_of([False, False, True, False, True, False, False])] == words[1:6]
    assert words[span_of([True, False, False, False, False, False, False])] == words[:2]
    assert words[span_of([False] * 6 + [True])] == words[5:]


@pytest.mark.parametrize(
    ("text", "base", "accents", "doubt"),
    [
        ("Sơn", 0.99, 0.6, Doubt.ACCENTS),
        ("Sơn", 0.99, 0.9, None),
        ("Sơn", 0.4, 0.6, None),
        ("GIÃY", 0.99, 0.99, Doubt.UNKNOWN),
        ("GIÃY", 0.4, 0.99, None),
        ("VP92378", 0.99, 0.99, None),
    ],
)
def test_a_word_is_read_again_where_its_letters_are_sure_and_it_is_doubtful(
    text: str, base: float, accents: float, doubt: Doubt | None
) -> None:
    assert doubt_of(Spelt(text, base * accents, 0, 5, base, accents), load_language()) is doubt


def test_a_reading_that_cannot_stand_between_its_neighbours_is_not_taken() -> None:
    language = load_language()
    heading = ["BÊN", "CHUYỂN", "NHƯỢNG", "QUYỀN", "SỬ", "DỤNG", "ĐẤT"]
    assert not is_plausible("CHUYẾN", 1, heading, language)
    assert not is_plausible("ĐẮT", 6, heading, language)
    assert is_plausible("Sầm", 0, ["Sắm", "Tuấn", "Nam"], language)
    assert is_plausible("QUYỀN", 0, ["QUYỂN", "SỬ", "DỤNG"], language)
