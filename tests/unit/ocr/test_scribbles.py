"""A signature drawn in one stroke is no text; what is written letter by letter is."""

import cv2
import numpy as np

from services.dossier.page import Box, Line, Word
from services.ocr.engine import GrayImage
from services.ocr.scribbles import without_scribbles

HEIGHT, WIDTH = 1000, 700


def piece(text: str, top: int, height: int, sure: float) -> Line:
    return Line((Word(text, Box(100 / WIDTH, top / HEIGHT, 300 / WIDTH, (top + height) / HEIGHT), sure),))


def page() -> GrayImage:
    """Five printed lines, a flourish at row 600 and four figures apart at row 700."""
    image = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for top in range(100, 600, 100):
        for left in range(100, 300, 20):
            cv2.rectangle(image, (left, top), (left + 12, top + 20), (0,), -1)
    wave = [(x, int(625 + 20 * np.sin(x / 12))) for x in range(102, 298)]
    cv2.polylines(image, [np.array(wave, np.int32)], isClosed=False, color=(0,), thickness=2)
    for left in range(100, 300, 50):
        cv2.rectangle(image, (left, 700), (left + 25, 745), (0,), 3)
    return image


def kept(*pieces: Line) -> list[str]:
    printed = [piece("chữ in", top, 22, 0.99) for top in range(100, 600, 100)]
    return [line.text for line in without_scribbles([*printed, *pieces], page())][5:]


def test_a_flourish_read_without_confidence_is_dropped() -> None:
    assert kept(piece("2Loa", 600, 50, 0.3)) == []


def test_figures_written_apart_are_kept_however_unsure() -> None:
    assert kept(piece("2020", 700, 48, 0.3)) == ["2020"]


def test_what_is_read_with_confidence_is_kept() -> None:
    assert kept(piece("MẬT", 600, 50, 0.9)) == ["MẬT"]


def test_a_page_of_nothing_has_nothing_to_drop() -> None:
    assert without_scribbles([], page()) == []
