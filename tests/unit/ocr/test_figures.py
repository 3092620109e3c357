"""A flat-topped 3 is told from a 5 by where its ink stands, where the recogniser doubts."""

import cv2
import numpy as np
import pytest

from services.ocr.crops import ROWS, STEP, Ink
from services.ocr.figures import with_figures
from services.ocr.letters import Letter

SHAPES = {
    "5": [(10, 0), (0, 0), (0, 9), (8, 9), (10, 13), (8, 19), (0, 19)],
    "flat 3": [(0, 0), (10, 0), (4, 8), (8, 9), (10, 13), (8, 19), (0, 19)],
    "3": [(0, 0), (8, 0), (10, 4), (8, 9), (3, 9), (8, 9), (10, 14), (8, 19), (0, 19)],
}


def cut(shape: str) -> Ink:
    ink = np.zeros((ROWS, 60), np.float32)
    points = np.array([(20 + x, 38 + y) for x, y in SHAPES[shape]], np.int32)
    cv2.polylines(ink, [points], False, (1.0,), 2)
    return ink


def five(sure: float) -> Letter:
    middle = 25 // STEP
    return Letter((("5", 0.0),), sure, middle, middle)


@pytest.mark.parametrize(
    ("shape", "sure", "read"),
    [("5", 0.5, "5"), ("5", 0.99, "5"), ("flat 3", 0.5, "3"), ("flat 3", 0.99, "3"), ("3", 0.99, "3"), ("3", 0.5, "3")],
)
def test_the_upper_part_decides(shape: str, sure: float, read: str) -> None:
    (letter,) = with_figures([five(sure)], cut(shape))
    assert letter.best == read
    assert letter.sure == sure


def test_other_letters_stay() -> None:
    letters = [Letter((("S", 0.0),), 0.4, 6, 6), Letter((("6", 0.0),), 0.4, 6, 6)]
    assert with_figures(letters, cut("3")) == letters
    assert with_figures([five(0.4)], np.zeros((ROWS, 60), np.float32))[0].best == "5"
