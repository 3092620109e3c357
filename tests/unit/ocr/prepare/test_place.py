"""Boxes of a prepared image come back to the page as it came, whatever was done on the way."""

import numpy as np
import pytest

from services.dossier.page import Box, Line, Word
from services.ocr.prepare.orientation import turn_quarters
from services.ocr.prepare.place import whole_page
from services.ocr.prepare.skew import turn


def sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def test_nothing_done_leaves_a_box_where_it_is() -> None:
    box = Box(0.1, 0.2, 0.3, 0.25)
    assert sides(whole_page(1000, 2000).box(box)) == pytest.approx(sides(box))


def test_a_turned_pixel_is_found_where_it_was() -> None:
    page = np.zeros((200, 100), np.uint8)
    page[40:50, 10:30] = 255
    for quarters in range(4):
        image, back = turn_quarters(page, quarters)
        rows, columns = np.nonzero(image)
        box = Box(
            columns.min() / image.shape[1], rows.min() / image.shape[0],
            (columns.max() + 1) / image.shape[1], (rows.max() + 1) / image.shape[0],
        )  # fmt: skip
        place = whole_page(100, 200).then(back, image.shape[1], image.shape[0])
        assert sides(place.box(box)) == pytest.approx((0.1, 0.2, 0.3, 0.25))


def test_words_of_a_page_set_straight_lie_askew_on_the_page_as_it_came() -> None:
    page = np.full((1000, 1000), 255, np.uint8)
    page[100:120, 800:860] = 0
    image, back = turn(page, 3.0)
    rows, columns = np.nonzero(image < 128)
    box = Box(columns.min() / 1000, rows.min() / 1000, columns.max() / 1000, rows.max() / 1000)
    line = whole_page(1000, 1000).then(back, 1000, 1000).line(Line((Word("x", box, 1.0),)))
    assert sides(line.words[0].box) == pytest.approx((0.8, 0.1, 0.86, 0.12), abs=0.005)
