"""A page brought to the resolution at which the engines read best: 200 dpi of an A4 sheet.

Finer pages cost more and are read worse by Tesseract; coarser ones are left as they are, for enlarging adds nothing.
"""

import cv2
import numpy as np

from services.ocr.engine import GrayImage
from services.ocr.prepare.place import Matrix

LONG_SIDE = 2340
"""Pixels of the long side of A4 (297 mm) at 200 dpi."""

FINER = 1.15
"""Pages up to this much finer are left alone."""


def excess_of(width: int, height: int) -> float:
    """How many times finer than wanted the page is; 1 for a page to be left alone.

    Measured on the sheet's shape: a photograph of unknown size is taken for an A4 page, a long receipt for its width.
    """
    finer = min(max(width, height) / LONG_SIDE, min(width, height) / (LONG_SIDE / 2**0.5))
    return finer if finer > FINER else 1.0


def reduce(image: GrayImage, excess: float) -> tuple[GrayImage, Matrix]:
    """The image made that many times smaller, and the map back."""
    size = (round(image.shape[1] / excess), round(image.shape[0] / excess))
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small, np.diag((image.shape[1] / size[0], image.shape[0] / size[1], 1.0))
