"""Where the lines of a page stand: the detector's map of line cores, as boxes.

The model answers at half its input's resolution with three planes: the logit of "inside a line's core" and the
distances from there to the line's top and bottom (both in input pixels).
"""

import math

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from services.ocr.engine import GrayImage
from services.ocr.prepare.pictures import shrink

LONG_SIDE = 1024
SMALL_LINE, WANTED_LINE, LARGEST_SIDE = 9.0, 12.0, 2048
"""Lines lower than SMALL_LINE detector pixels are looked for again, enlarged so that they are WANTED_LINE high."""

ENOUGH_LINES = 8
"""Fewer lines say too little about how high the lines of a page are."""

SMALLEST = 2
"""Boxes narrower or lower (pixels), and cores of fewer cells, are specks."""

STRIDE = 2
CORE_SHRINK = 0.15
"""A line's core is shorter than the line by this share of its height at each end."""

Boxes = NDArray[np.float32]
"""Shape (lines, 4): left, top, right, bottom in pixels of the page."""


def find_lines(image: GrayImage, detector: onnxruntime.InferenceSession) -> Boxes:
    """The boxes of all text lines, unordered."""
    boxes = _find_at(image, detector, LONG_SIDE)
    if len(boxes) >= ENOUGH_LINES:
        scale = LONG_SIDE / max(image.shape)
        height = float(np.median(boxes[:, 3] - boxes[:, 1])) * scale
        side = int(min(LARGEST_SIDE, LONG_SIDE * WANTED_LINE / max(height, 1.0))) // 32 * 32
        if height < SMALL_LINE and side > LONG_SIDE:
            boxes = _find_at(image, detector, side)
    boxes[:, [0, 2]] = boxes[:, [0, 2]].clip(0, image.shape[1])
    boxes[:, [1, 3]] = boxes[:, [1, 3]].clip(0, image.shape[0])
    return boxes[(boxes[:, 2] - boxes[:, 0] >= SMALLEST) & (boxes[:, 3] - boxes[:, 1] >= SMALLEST)]


def _find_at(image: GrayImage, detector: onnxruntime.InferenceSession, long_side: int) -> Boxes:
    scale = long_side / max(image.shape)
    height, width = (max(1, round(side * scale)) for side in image.shape)
    small = shrink(image, long_side, cv2.INTER_AREA) if scale < 1 else cv2.resize(image, (width, height))
    ink = np.zeros((_padded(height), _padded(width)), np.float32)
    ink[:height, :width] = 1.0 - small.astype(np.float32) / 255.0
    planes = detector.run(None, {"x": ink[None, None]})[0][0]
    return boxes_of_planes(planes) / np.float32(scale)


def _padded(side: int) -> int:
    return math.ceil(side / 32) * 32


def boxes_of_planes(planes: NDArray[np.float32]) -> Boxes:
    """Line boxes, in detector input pixels, of the detector's three planes of shape (height, width)."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((planes[0] > 0).astype(np.uint8), connectivity=4)
    rows, columns = np.nonzero(labels)
    index = labels[rows, columns]
    centres = (rows.astype(np.float32) + 0.5) * STRIDE
    size = np.maximum(np.bincount(index, minlength=count), 1)
    top = np.bincount(index, weights=centres - planes[1][rows, columns], minlength=count) / size
    bottom = np.bincount(index, weights=centres + planes[2][rows, columns], minlength=count) / size
    left = stats[:, cv2.CC_STAT_LEFT].astype(np.float64) * STRIDE
    right = left + stats[:, cv2.CC_STAT_WIDTH] * STRIDE
    grown = CORE_SHRINK * np.maximum(1.0, bottom - top)
    boxes = np.stack([left - grown, top, right + grown, bottom], 1).astype(np.float32)
    big: Boxes = boxes[1:][stats[1:, cv2.CC_STAT_AREA] >= SMALLEST]
    return big
