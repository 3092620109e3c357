"""The sheet in a photograph is found by its sides; what has no such sides is never cropped."""

import cv2
import numpy as np
import pytest

from services.ocr.prepare.page_quad import find_sheet, unwarp
from services.ocr.prepare.pictures import ColourImage, to_grey
from tests.unit.ocr.prepare.drawn import HEIGHT, WIDTH, draw_page

CORNERS = np.array([(180, 120), (1500, 170), (1560, 2050), (110, 1990)], np.float32)


def photograph(desk: tuple[int, int, int]) -> ColourImage:
    page = draw_page((245, 240, 228))
    canvas = np.full((2200, 1700, 3), desk, np.uint8)
    whole = np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], np.float32)
    cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(whole, CORNERS), (1700, 2200), canvas, borderMode=cv2.BORDER_TRANSPARENT
    )
    return canvas


@pytest.mark.parametrize("desk", [(30, 30, 30), (120, 85, 60), (70, 130, 90), (190, 190, 195)])
def test_the_corners_are_found_on_dark_coloured_and_light_desks(desk: tuple[int, int, int]) -> None:
    quad = find_sheet(photograph(desk))
    assert quad is not None
    assert np.abs(quad - CORNERS).max() < 12


def test_the_sheet_comes_out_straight_and_its_points_are_found_again() -> None:
    photo = photograph((60, 50, 40))
    sheet, back = unwarp(photo, CORNERS, 1600)
    assert max(sheet.shape[:2]) == 1600
    assert to_grey(sheet)[:20, :20].min() > 180
    width, height = sheet.shape[1], sheet.shape[0]
    corners = np.array([[(0, 0), (width, 0), (width, height), (0, height)]], np.float64)
    assert np.abs(cv2.perspectiveTransform(corners, back)[0] - CORNERS).max() < 0.5


def test_a_scan_that_darkens_towards_its_edges_is_not_cropped() -> None:
    light = np.linspace(0.35, 1.0, HEIGHT)[:, None] * np.linspace(1.0, 0.5, WIDTH)[None, :]
    assert find_sheet((draw_page() * light[:, :, None]).astype(np.uint8)) is None


def test_a_page_that_fills_the_picture_and_a_framed_form_are_not_cropped() -> None:
    assert find_sheet(draw_page()) is None
    form = draw_page()
    cv2.rectangle(form, (90, 90), (WIDTH - 90, HEIGHT - 90), (20, 20, 20), 3)
    assert find_sheet(form) is None
