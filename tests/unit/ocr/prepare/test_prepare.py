"""Steps are taken where they help and are written down; the rest of the page is left as it came."""

import cv2
import numpy as np

from services.dossier.page import Box
from services.ocr.prepare.orientation import seems_sideways
from services.ocr.prepare.pictures import to_grey
from services.ocr.prepare.prepare import Step, prepare
from services.ocr.prepare.resolution import excess_of
from services.ocr.prepare.skew import ink_of
from tests.unit.ocr.prepare.drawn import draw_page
from tests.unit.ocr.prepare.test_colour_ink import stamp
from tests.unit.ocr.prepare.test_page_quad import CORNERS, photograph


def test_a_clean_page_is_left_as_it_came() -> None:
    page = to_grey(draw_page())
    prepared = prepare(page)
    assert prepared.steps == ()
    assert (prepared.image == page).all()


def test_a_grey_page_in_three_planes_is_taken_for_grey() -> None:
    prepared = prepare(np.repeat(to_grey(draw_page())[:, :, None], 3, axis=2))
    assert (prepared.image.ndim, prepared.marks) == (2, ())


def test_a_photograph_is_unwarped_and_its_points_lead_back() -> None:
    prepared = prepare(photograph((60, 50, 40)))
    assert Step.UNWARPED in prepared.steps
    corner = prepared.place.box(Box(0.0, 0.0, 0.001, 0.001))
    assert abs(corner.left * 1700 - CORNERS[0][0]) < 15
    assert abs(corner.top * 2200 - CORNERS[0][1]) < 15


def test_a_seal_is_lifted_and_its_place_kept() -> None:
    prepared = prepare(stamp(draw_page()))
    assert prepared.steps == (Step.SEALS_LIFTED,)
    assert len(prepared.marks) == 1


def test_a_fine_scan_is_reduced_and_a_coarse_one_is_not_enlarged() -> None:
    fine = cv2.resize(to_grey(draw_page()), None, fx=2, fy=2)
    prepared = prepare(np.asarray(fine, np.uint8))
    assert prepared.steps == (Step.REDUCED,)
    assert 2300 < max(prepared.image.shape) < 2360
    assert excess_of(1240, 1754) == 1


def test_a_page_on_its_side_is_seen_and_turned_upright() -> None:
    page = to_grey(draw_page())
    sideways = np.asarray(cv2.rotate(page, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    assert seems_sideways(ink_of(sideways))
    assert not seems_sideways(ink_of(page))
    turned = prepare(sideways, lambda _: 1)
    assert turned.steps == (Step.TURNED,)
    assert turned.image.shape == page.shape
