"""A page that lies askew is read as a straight one, and its boxes stand on the page as it came."""

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from services.ocr.engine import make_engine
from services.ocr.skew import measure_skew, turn
from tests.integration.ocr.printed import print_page

pytestmark = pytest.mark.real


@pytest.mark.parametrize("angle", [-3.0, -0.7, 0.0, 1.2, 3.5])
def test_the_angle_is_found(angle: float) -> None:
    image = np.asarray(print_page().picture.convert("L"), np.uint8)
    assert measure_skew(turn(image, angle)) == pytest.approx(-angle, abs=0.15)


def test_a_blank_page_has_no_angle() -> None:
    assert measure_skew(np.full((2339, 1654), 255, np.uint8)) == 0


@pytest.mark.parametrize("angle", [-2.5, 2.5])
def test_a_page_askew_is_read_and_its_boxes_hold_ink_where_it_came_from(angle: float) -> None:
    page = print_page()
    askew = turn(np.asarray(page.picture.convert("L"), np.uint8), angle)
    lines = make_engine("trueocr").read(askew, 200)
    truth, read = "\n".join(page.lines), "\n".join(line.text for line in lines)
    assert Levenshtein.distance(truth, read) <= 0.02 * len(truth), read
    for word in (word for line in lines for word in line.words if len(word.text) > 1):
        middle = round((word.box.top + word.box.bottom) / 2 * askew.shape[0])
        left, right = (round(edge * askew.shape[1]) for edge in (word.box.left, word.box.right))
        assert askew[middle - 12 : middle + 13, left:right].min() < 128, word
