"""Pages whose text layer does not say everything: what it leaves out is read from the picture and put in its place."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from services.dossier.page import Box, Line
from services.ocr.engine import GrayImage
from services.ocr.layout import arrange

PAPER = 255
SURE = 0.6
"""Mean confidence from which words found in a picture are words, and no drawing, seal or photograph."""

AGREED = 0.8
"""Share of the layer's words that must stand in the picture as well."""

LONG = 3
"""Letters of a word that says something about whether two readings agree."""


def picture_of_holes(image: GrayImage, lines: Sequence[Line], holes: Sequence[Box]) -> GrayImage:
    """The page blank but for the holes, and in these without the words that the layer has."""
    blank: GrayImage = np.full_like(image, PAPER)
    for hole in holes:
        part = _pixels(hole, image)
        blank[part] = image[part]
    for line in lines:
        for word in line.words:
            blank[_pixels(word.box, image)] = PAPER
    return blank


def _pixels(box: Box, image: GrayImage) -> tuple[slice, slice]:
    height, width = image.shape
    return (
        slice(int(box.top * height), int(np.ceil(box.bottom * height))),
        slice(int(box.left * width), int(np.ceil(box.right * width))),
    )


def fill_holes(lines: Sequence[Line], found: Sequence[Line], ratio: float) -> tuple[Line, ...]:
    """The layer's lines with those found in its holes, in reading order; as they were where nothing was found."""
    sure = [line for line in found if _is_sure(line)]
    if not sure:
        return tuple(lines)
    return arrange([*(replace(line, block=0) for line in lines), *sure], ratio=ratio)


def _is_sure(line: Line) -> bool:
    letters = sum(len(word.text) for word in line.words)
    confidence = sum(len(word.text) * word.confidence for word in line.words) / max(letters, 1)
    return confidence >= SURE and any(len(word.text) >= LONG and word.text.isalnum() for word in line.words)


def agrees(lines: Sequence[Line], found: Sequence[Line]) -> bool:
    """Whether the words of the layer stand in the picture too, wherever."""
    said, seen = _long_words(lines), set(_long_words(found))
    return sum(word in seen for word in said) >= AGREED * len(said)


def _long_words(lines: Sequence[Line]) -> list[str]:
    texts = (word.text.strip(".,;:()").lower() for line in lines for word in line.words)
    return [text for text in texts if len(text) >= LONG]
