"""A line cut out for the recogniser: ink on nothing, of the height it was trained on.

The recogniser sees 96 rows: the line in the middle 23, white around it (it was trained with the neighbouring lines
there, but reads better without them).
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from services.ocr.engine import GrayImage

ROWS = 96
GROWN = 0.05
"""Share of the height by which a box grows upwards and downwards: marks over capitals are often outside it."""

ABOVE, BESIDE = 1.6, 0.3
"""White added above and below, left and right, in heights of the cut."""

WIDEST = 1600
STEP = 4
"""Columns of a cut that one step of the recogniser's answer stands for."""

WIDTH_OF = 8
HALO = 8
"""Batches are padded to a multiple of WIDTH_OF columns and HALO more: a line reads the same alone or in a batch."""

BATCH_LINES = 32
BATCH_COLUMNS = 10 * 640
"""Larger batches are read no faster, and the recogniser holds 200 MiB more a thread at six times as many columns."""

Ink = NDArray[np.float32]
"""Shape (96, width): 0 paper, 1 ink."""


def cut_line(image: GrayImage, box: NDArray[np.float32]) -> Ink:
    """One line of the page as ink."""
    grown = GROWN * (box[3] - box[1])
    left, top = max(0, math.floor(box[0])), max(0, math.floor(box[1] - grown))
    cut = image[top : math.ceil(box[3] + grown), left : math.ceil(box[2])]
    if _is_light_on_dark(cut):
        cut = 255 - cut
    above, beside = math.ceil(ABOVE * cut.shape[0]), math.ceil(BESIDE * cut.shape[0])
    framed = cv2.copyMakeBorder(cut, above, above, beside, beside, cv2.BORDER_CONSTANT, value=(255.0,))
    width = max(WIDTH_OF, min(WIDEST, round(framed.shape[1] * ROWS / framed.shape[0])))
    how = cv2.INTER_AREA if framed.shape[0] > ROWS else cv2.INTER_LINEAR
    small = cv2.resize(framed, (width, ROWS), interpolation=how)
    return np.asarray(1.0 - small.astype(np.float32) / 255.0, np.float32)


def _is_light_on_dark(cut: GrayImage) -> bool:
    low, middle, high = np.percentile(cut, (2, 50, 98))
    return bool(high - middle > 2 * (middle - low) + 8)


def batch_by_width(widths: list[int]) -> list[list[int]]:
    """Indices in batches of similar width, narrow first, so that little is computed on padding."""
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=widths.__getitem__):
        width = max(widths[index], 64)
        fits = batches and width <= 1.3 * max(widths[batches[-1][0]], 64)
        if fits and len(batches[-1]) < BATCH_LINES and (len(batches[-1]) + 1) * width <= BATCH_COLUMNS:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def stack_lines(lines: list[Ink]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Lines padded on the right to one width: shapes (lines, 1, 96, width) and (lines,) of true widths."""
    widest = math.ceil(max(line.shape[1] for line in lines) / WIDTH_OF) * WIDTH_OF
    stacked = np.zeros((len(lines), 1, ROWS, widest + HALO), np.float32)
    for index, line in enumerate(lines):
        stacked[index, 0, :, : line.shape[1]] = line
    return stacked, np.array([line.shape[1] for line in lines], np.int64)
