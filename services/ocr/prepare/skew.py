"""A page that lies a little askew, set straight.

The angle is the one at which the rows' sum of ink jumps most from row to row (projection profile; Postl 1986,
"Detection of linear oblique structures and skew scan in digitized documents"), searched on a thumbnail in two passes.
Turning is stood in for by moving upright strips up and down: all angles together cost less than one real turn.
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

STRIPS = 64
"""Strips of the thumbnail: at WIDEST, one is a pixel higher at one side than at the other."""

LEAST = 0.15
"""Below this many degrees a page is left alone."""


def measure_skew(ink: Mask) -> float:
    """Degrees by which a page has to be turned counter-clockwise to lie straight, from its ink (as `ink_of` finds it).

    A page without ink lies straight.
    """
    if not ink.any():
        return 0.0
    size = (STRIPS, ink.shape[0])
    strips = np.asarray(cv2.resize(ink.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)
    wide = ink.shape[1] / STRIPS
    # never at 0 itself: only there moving blurs nothing, and the unblurred picture would always win
    near = _sharpest(strips, wide, np.arange(-WIDEST + COARSE / 2, WIDEST, COARSE))
    return _sharpest(strips, wide, np.arange(near - COARSE + FINE, near + COARSE, FINE))


def ink_of(image: GrayImage) -> Mask:
    """The ink of a page, without slow changes of light, on a thumbnail."""
    small = shrink(image, SIDE)
    return np.asarray(
        cv2.subtract(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), small), np.uint8
    )


def _sharpest(strips: NDArray[np.float32], wide: float, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: sharpness(_turned_rows(strips, wide, float(angle)))))


def _turned_rows(strips: NDArray[np.float32], wide: float, angle: float) -> NDArray[np.float64]:
    """The rows' sum of ink of a page turned by an angle; its strips are `wide` pixels wide."""
    rise = np.tan(np.radians(angle)) * wide
    back = np.array([(1, 0, 0), (rise, 1, -rise * (STRIPS - 1) / 2)])
    moved = cv2.warpAffine(strips, back, (STRIPS, len(strips)), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return np.asarray(cv2.reduce(moved, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)[:, 0], np.float64)


def sharpness(profile: NDArray[np.float64]) -> float:
    """How much sums of ink jump from row to row: high where lines of text lie along the rows."""
    jumps = np.diff(profile)
    return float(jumps @ jumps)


def turn(image: GrayImage, angle: float) -> tuple[GrayImage, Matrix]:
    """The image turned counter-clockwise about its middle (degrees), its size kept, white corners; and the map back."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turned = cv2.warpAffine(image, matrix, (width, height), borderValue=(255.0,))
    back = np.vstack([cv2.invertAffineTransform(matrix), (0.0, 0.0, 1.0)])
    return np.asarray(turned, np.uint8), np.asarray(back, np.float64)
