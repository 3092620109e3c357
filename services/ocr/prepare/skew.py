"""A page that lies a little askew, set straight.

The angle is the one at which the rows' sum of ink jumps most from row to row (projection profile; Postl 1986,
"Detection of linear oblique structures and skew scan in digitized documents"), searched on a thumbnail in two passes.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from services.ocr.engine import GrayImage
from services.ocr.prepare.pictures import Mask, shrink
from services.ocr.prepare.place import Matrix

SIDE = 800
WIDEST, COARSE, FINE = 6.0, 0.5, 0.1
"""Degrees: how far is searched either way, and the two steps."""

LEAST = 0.15
"""Below this many degrees a page is left alone."""


def measure_skew(image: GrayImage) -> float:
    """Degrees by which the page has to be turned counter-clockwise to lie straight; 0 for a page without ink."""
    ink = ink_of(image)
    if not ink.any():
        return 0.0
    half = np.asarray(cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    # never at 0 itself: only there turning blurs nothing, and the unblurred picture would always win
    near = _sharpest(half, np.arange(-WIDEST + COARSE / 2, WIDEST, COARSE))
    return _sharpest(ink, np.arange(near - COARSE + FINE, near + COARSE, FINE))


def ink_of(image: GrayImage) -> Mask:
    """The ink of a page, without slow changes of light, on a thumbnail."""
    small = shrink(image, SIDE)
    return np.asarray(
        cv2.subtract(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), small), np.uint8
    )


def _sharpest(ink: Mask, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: sharpness(_turned(ink, float(angle)))))


def sharpness(ink: Mask) -> float:
    """How much the rows' sum of ink jumps from row to row: high where lines of text lie along the rows."""
    profile = cv2.reduce(ink, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)[:, 0]
    return float((np.diff(profile) ** 2).sum())


def _turned(ink: Mask, angle: float) -> Mask:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return np.asarray(cv2.warpAffine(ink, matrix, (width, height)), np.uint8)


def turn(image: GrayImage, angle: float) -> tuple[GrayImage, Matrix]:
    """The image turned counter-clockwise about its middle (degrees), its size kept, white corners; and the map back."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turned = cv2.warpAffine(image, matrix, (width, height), borderValue=(255.0,))
    back = np.vstack([cv2.invertAffineTransform(matrix), (0.0, 0.0, 1.0)])
    return np.asarray(turned, np.uint8), np.asarray(back, np.float64)
