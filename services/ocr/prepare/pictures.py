"""What steps of preparation take and give, and thumbnails to measure on."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.ocr.engine import GrayImage

ColourImage = NDArray[np.uint8]
"""Shape (height, width, 3): red, green, blue."""

Mask = NDArray[np.uint8]
"""Shape (height, width): 255 where something is, else 0."""


def as_pixels(picture: Image.Image) -> NDArray[np.uint8]:
    """A picture as grey (height, width) where its file says it is grey, else as a ColourImage."""
    mode = "L" if picture.mode in {"1", "L", "LA"} else "RGB"
    return np.asarray(picture if picture.mode == mode else picture.convert(mode), np.uint8)


def shrink(image: NDArray[np.uint8], side: int, how: int = cv2.INTER_LINEAR) -> NDArray[np.uint8]:
    """The image with its long side at most `side` pixels; `how` is OpenCV's way over the last, less than half, step.

    After exact halves what is left is little: the plainest way does, in a fifth of the time.
    """
    scale = side / max(image.shape[:2])
    if scale >= 1:
        return image
    size = (max(2, round(image.shape[1] * scale)), max(2, round(image.shape[0] * scale)))
    while image.shape[1] >= 2 * size[0] and image.shape[0] >= 2 * size[1]:
        # exact halves are made many times faster than any other fraction
        even = image[: image.shape[0] // 2 * 2, : image.shape[1] // 2 * 2]
        image = np.asarray(cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def to_grey(image: ColourImage) -> GrayImage:
    """Luma of a colour image (ITU-R BT.601)."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)


def is_grey(image: ColourImage) -> bool:
    """Whether the three planes of a colour image say the same, as those of a black and white scan in a PDF do."""
    red, green, blue = cv2.split(shrink(image, 300))
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return int(cv2.subtract(most, least).max()) <= GREY_SPREAD


GREY_SPREAD = 12
"""JPEG's own colour noise stays within this."""
