"""The benchmark's ruler must itself be straight."""

import pytest

from services.evaluation.text_distance import Score, compare, find_paragraph, fold, paragraphs_of

TRUTH = "Ông Nguyễn Văn Toàn, sinh ngày 14/02/1990, trú tại xã Ba Sơn"


def test_an_exact_reading_has_no_error() -> None:
    score = compare(TRUTH, TRUTH)
    assert (score.wrong_letters, score.wrong_words, score.wrong_diacritics) == (0, 0, 0)
    assert (score.numbers, score.found_numbers) == (1, 1)
    assert (score.names, score.found_names) == (2, 2)


@pytest.mark.parametrize(
    ("read", "letters", "diacritics", "numbers", "names"),
    [
        (TRUTH.replace("Toàn", "Toán"), 1, 1, 1, 1),
        (TRUTH.replace("Toàn", "Tein"), 2, 0, 1, 1),
        (TRUTH.replace("1990", "1996"), 1, 0, 0, 2),
        (TRUTH.replace("trú tại ", ""), 8, 0, 1, 2),
    ],
)
def test_each_error_is_counted_as_what_it_is(
    read: str, letters: int, diacritics: int, numbers: int, names: int
) -> None:
    score = compare(TRUTH, read)
    assert (score.wrong_letters, score.wrong_diacritics) == (letters, diacritics)
    assert (score.found_numbers, score.found_names) == (numbers, names)


def test_leaders_and_composition_are_forgiven_and_abbreviations_are_not() -> None:
    assert fold("Họ tên: A.......,..... B _____ C") == "Họ tên: A B C"
    assert fold("Ho\u0323 va\u0300") == "Họ và"
    assert fold("TP. Lạng Sơn, v.v. và 1.000.000 đ") == "TP. Lạng Sơn, v.v. và 1.000.000 đ"


def test_a_paragraph_is_found_among_headings_it_does_not_know() -> None:
    page = "Chương II QUYỀN VÀ NGHĨA VỤ 7. Khiếu nại, tố cáo, khởi kiên đối với hành vi 12 Ký bởi"
    assert find_paragraph("7. Khiếu nại, tố cáo, khởi kiện đối với hành vi", page) == (
        "7. Khiếu nại, tố cáo, khởi kiên đối với hành vi"
    )


def test_short_paragraphs_are_left_out() -> None:
    assert paragraphs_of("Điều 3\n\nNgười không thuộc trường hợp này") == ["Người không thuộc trường hợp này"]


def test_scores_add_up() -> None:
    assert Score(letters=3, names=1) + Score(letters=4) == Score(letters=7, names=1)
