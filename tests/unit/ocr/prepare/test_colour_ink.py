"""Seals are lifted off the print, red titles stay, marks say where coloured ink is."""

import cv2
import numpy as np
import pytest

from services.dossier.page import MarkKind
from services.ocr.prepare.colour_ink import find_coloured, lift_seals, mask_of
from services.ocr.prepare.pictures import ColourImage, to_grey
from tests.unit.ocr.prepare.drawn import draw_page

RED, BLUE = (205, 35, 50), (40, 60, 170)


def stamp(page: ColourImage) -> ColourImage:
    layer = np.full_like(page, 255)
    cv2.circle(layer, (800, 1400), 130, RED, 8)
    cv2.circle(layer, (800, 1400), 95, RED, 4)
    cv2.putText(layer, "UBND", (730, 1420), cv2.FONT_HERSHEY_SIMPLEX, 1.6, RED, 5)
    return np.minimum(page, layer)  # ink over ink: the darker plane wins


@pytest.mark.parametrize("paper", [(250, 250, 250), (250, 236, 205), (150, 146, 135)])
def test_a_seal_is_found_and_the_print_beneath_it_stays(paper: tuple[int, int, int]) -> None:
    plain = draw_page(paper)
    cv2.putText(plain, "Nguyen Van A", (690, 1460), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (25, 25, 25), 3, cv2.LINE_AA)
    page = stamp(plain)
    inks = find_coloured(page)
    assert [(ink.mark.kind, ink.is_seal) for ink in inks] == [(MarkKind.RED_STAMP, True)]
    box = inks[0].mark.box
    assert (box.left * 1240, box.top * 1754) == pytest.approx((666, 1266), abs=12)
    lifted = lift_seals(page, to_grey(page), inks)
    left = np.abs(lifted.astype(int) - to_grey(plain).astype(int))[1250:1550, 650:950]
    assert (left < 45).mean() > 0.97
    assert lifted[1430:1465, 690:920].min() < 80


def test_a_red_title_is_text_and_stays() -> None:
    page = draw_page()
    page[:120] = 250
    cv2.putText(page, "GIAY KHAI SINH", (350, 95), cv2.FONT_HERSHEY_SIMPLEX, 2.0, RED, 5)
    assert not any(ink.is_seal for ink in find_coloured(page))


def test_writing_in_blue_is_marked_and_masked_but_never_lifted() -> None:
    page = draw_page()
    cv2.ellipse(page, (950, 1500), (90, 40), 10, 0, 300, BLUE, 5)
    inks = find_coloured(page)
    assert [(ink.mark.kind, ink.is_seal) for ink in inks] == [(MarkKind.BLUE_INK, False)]
    mask = mask_of(page, inks)
    assert mask.any()
    assert not mask[:1400].any()
    assert (lift_seals(page, to_grey(page), inks) == to_grey(page)).all()
