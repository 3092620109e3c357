"""Uneven light is taken out, even white paper is left alone."""

import numpy as np

from services.ocr.prepare.background import find_paper, flatten, is_uneven
from services.ocr.prepare.pictures import to_grey
from tests.unit.ocr.prepare.drawn import HEIGHT, WIDTH, draw_page


def test_white_paper_is_left_alone_bitonal_or_not() -> None:
    grey = to_grey(draw_page())
    assert not is_uneven(find_paper(grey))
    assert not is_uneven(find_paper(np.where(grey < 128, 0, 255).astype(np.uint8)))


def test_a_shadow_is_taken_out_and_ink_stays_dark() -> None:
    grey = to_grey(draw_page())
    light = np.linspace(0.4, 1.0, WIDTH)[None, :] * np.linspace(0.8, 1.0, HEIGHT)[:, None]
    shaded = (grey * light).astype(np.uint8)
    paper = find_paper(shaded)
    assert is_uneven(paper)
    flat = flatten(shaded, paper)
    assert flat[grey > 240].min() > 200
    assert flat[grey < 40].max() < 110
