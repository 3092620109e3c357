"""Ruled tables are found in pictures, and what only looks like one is not."""

import cv2
import numpy as np
import pytest

from services.ocr.rules import find_tables

WIDTH, HEIGHT = 1654, 2339


def page(angle_px: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Two columns, three rows, the left cells of the last two rows merged; rules slope by so many pixels."""
    image = np.full((HEIGHT, WIDTH), 235, np.uint8)
    for y, start in ((500, 200), (600, 200), (700, 700), (800, 200)):
        cv2.line(image, (start, y), (1400, y + angle_px), (60,), 2)
    for x in (200, 700, 1400):
        cv2.line(image, (x, 500), (x, 800 + angle_px), (60,), 2)
    return image


@pytest.mark.parametrize("slope", [0, 5])
def test_cells_and_a_merged_one(slope: int) -> None:
    (table,) = find_tables(page(slope))
    assert [(cell.row, cell.column) for cell in table] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1)]
    merged = table[2].box
    assert merged.left == pytest.approx(200 / WIDTH, abs=0.004)
    assert merged.bottom == pytest.approx(800 / HEIGHT, abs=0.004)


def test_a_line_to_write_on_does_not_part_a_cell() -> None:
    image = page()
    cv2.line(image, (740, 560), (1360, 560), (60,), 2)
    assert len(find_tables(image)[0]) == 5


def test_a_rule_that_a_photograph_half_lost_still_parts_cells() -> None:
    image = page()
    image[596:606, 850:1250] = 235
    assert len(find_tables(image)[0]) == 5


def test_a_frame_and_underlined_words_are_no_tables() -> None:
    image = np.full((HEIGHT, WIDTH), 235, np.uint8)
    cv2.rectangle(image, (100, 100), (1550, 2200), (60,), 3)
    for y in range(300, 900, 100):
        cv2.putText(image, "HIlTH HITLI", (300, y), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (40,), 4)
        cv2.line(image, (300, y + 6), (700, y + 6), (40,), 2)
    assert find_tables(image) == ()


def test_blank_paper_has_none() -> None:
    assert find_tables(np.full((HEIGHT, WIDTH), 235, np.uint8)) == ()


def test_lines_of_small_print_close_together_are_no_table() -> None:
    image = np.full((HEIGHT, WIDTH), 235, np.uint8)
    for y in range(200, 420, 22):
        cv2.putText(image, "HITHLEMINHITELHIMN HITELHIMNHITEM", (150, y), cv2.FONT_HERSHEY_DUPLEX, 0.75, (20,), 3)
    assert find_tables(image) == ()


def test_a_double_frame_is_no_table_and_a_table_inside_is_one() -> None:
    image = page()
    cv2.rectangle(image, (100, 100), (1550, 2200), (60,), 2)
    cv2.rectangle(image, (118, 118), (1532, 2182), (60,), 5)
    (table,) = find_tables(image)
    assert len(table) == 5
    assert table[0].box.top == pytest.approx(500 / HEIGHT, abs=0.004)
