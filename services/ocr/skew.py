"""A scan that lies a little askew, set straight, and boxes found there brought back to the page as it came.

The angle is the one at which the rows' sum of ink jumps most from row to row (projection profile; Postl 1986,
"Detection of linear oblique structures and skew scan in digitized documents"), searched on a thumbnail in two passes.
"""

from dataclasses import replace
from math import cos, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from services.dossier.page import Box, Line
from services.ocr.engine import GrayImage

SIDE = 800
WIDEST, COARSE, FINE = 4.0, 0.5, 0.1
"""Degrees: how far is searched either way, and the two steps."""

LEAST = 0.15
"""Below this many degrees a page is left alone."""


def measure_skew(image: GrayImage) -> float:
    """Degrees by which the page has to be turned counter-clockwise to lie straight; 0 for a page without ink."""
    scale = SIDE / max(image.shape)
    size = (max(2, round(image.shape[1] * scale)), max(2, round(image.shape[0] * scale)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    ink = np.asarray(cv2.subtract(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), small), np.uint8)
    if not ink.any():
        return 0.0
    half = np.asarray(cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    near = _sharpest(half, np.arange(-WIDEST, WIDEST + FINE, COARSE))
    return _sharpest(ink, np.arange(near - COARSE + FINE, near + COARSE, FINE))


def _sharpest(ink: GrayImage, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(ink, float(angle))))


def _sharpness(ink: GrayImage, angle: float) -> float:
    profile = turn(ink, angle, 0).sum(axis=1, dtype=np.int64).astype(np.float64)
    return float((np.diff(profile) ** 2).sum())


def turn(image: GrayImage, angle: float, paper: int = 255) -> GrayImage:
    """The image turned counter-clockwise about its middle (degrees), its size kept, the corners filled with paper."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderValue=(float(paper),)), np.uint8)


def turn_back(line: Line, angle: float, shape: tuple[int, ...]) -> Line:
    """A line of the turned image with its words' boxes on the image before: size kept, middle moved."""
    return replace(line, words=tuple(replace(word, box=_turned(word.box, angle, shape)) for word in line.words))


def _turned(box: Box, angle: float, shape: tuple[int, ...]) -> Box:
    height, width = shape[0], shape[1]
    across, down = ((box.left + box.right) / 2 - 0.5) * width, ((box.top + box.bottom) / 2 - 0.5) * height
    c, s = cos(radians(angle)), sin(radians(angle))
    x, y = 0.5 + (across * c - down * s) / width, 0.5 + (across * s + down * c) / height
    wide, high = (box.right - box.left) / 2, (box.bottom - box.top) / 2
    return Box(max(0.0, x - wide), max(0.0, y - high), min(1.0, x + wide), min(1.0, y + high))
