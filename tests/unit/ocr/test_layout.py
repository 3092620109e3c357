"""Pieces of text become rows."""

from services.dossier.page import Box, Line, Word
from services.ocr.layout import arrange


def piece(text: str, left: float, top: float, height: float = 0.02) -> Line:
    return Line((Word(text, Box(left, top, left + 0.1, top + height), 0.9),))


def test_pieces_of_one_row_become_one_line_left_to_right() -> None:
    lines = arrange([piece("dưới", 0.1, 0.3), piece("phải", 0.6, 0.102), piece("trái", 0.1, 0.1)])
    assert [line.text for line in lines] == ["trái phải", "dưới"]


def test_rows_that_only_touch_stay_apart() -> None:
    assert [line.text for line in arrange([piece("một", 0.1, 0.1), piece("hai", 0.3, 0.115)])] == ["một", "hai"]


def test_no_pieces_give_no_lines() -> None:
    assert arrange([]) == ()
