"""Uneven light taken out: the page divided by its own paper, as a thumbnail shows it without ink.

The paper is the grey-scale closing of a thumbnail (ink is narrower than the closing's window), smoothed by a median.
Pages whose paper is even and white already are left alone: flattening thins the strokes of bitonal scans.
"""

import cv2
import numpy as np

from services.ocr.engine import GrayImage
from services.ocr.prepare.pictures import shrink

SIDE = 500
WINDOW = 7
SMOOTH = 5
"""The median's window on the thumbnail's half: OpenCV is quick up to this size and ten times slower beyond."""

WHITE = 245
DARKEST, EVEN = 225, 22
"""A page is flattened when its paper is darker than DARKEST somewhere, or differs by more than EVEN in itself."""

SHARE = 3
"""Per cent of the paper at either end that is not looked at: holes, stamps, the edge of the glass."""


def find_paper(image: GrayImage) -> GrayImage:
    """The paper without its ink, as a thumbnail."""
    small = shrink(image, SIDE)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((WINDOW, WINDOW), np.uint8))
    half = cv2.resize(closed, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.medianBlur(half, SMOOTH), np.uint8)


def is_uneven(paper: GrayImage) -> bool:
    """Whether flattening has something to do."""
    dark, light = np.percentile(paper, (SHARE, 100 - SHARE))
    return bool(dark < DARKEST or light - dark > EVEN)


def flatten(image: GrayImage, paper: GrayImage) -> GrayImage:
    """The page as it would look in even light on white paper."""
    size = (image.shape[1], image.shape[0])
    light = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(image, light, scale=WHITE), np.uint8)
