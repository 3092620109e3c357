"""How far a page lies askew."""

import numpy as np
import pytest

from services.ocr.prepare.pictures import to_grey
from services.ocr.prepare.skew import ink_of, measure_skew, turn
from tests.unit.ocr.prepare.drawn import draw_page


@pytest.mark.parametrize("angle", [-5.0, -3.0, -0.7, 0.0, 1.2, 3.5])
def test_the_angle_is_found(angle: float) -> None:
    assert measure_skew(ink_of(turn(to_grey(draw_page()), angle)[0])) == pytest.approx(-angle, abs=0.15)


def test_a_blank_page_has_no_angle() -> None:
    assert measure_skew(ink_of(np.full((2339, 1654), 255, np.uint8))) == 0
