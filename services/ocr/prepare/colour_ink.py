"""Red stamps and blue ink told from black print by their colour, and round stamps taken off the print beneath them.

Colour is measured against the paper's own, so that lamp light does not make a white sheet red. A seal is round
(Decree 99/2016/ND-CP); red titles, stars and frames are wide or small, and are left as they are: they are text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from services.dossier.page import Box, Mark, MarkKind
from services.ocr.engine import GrayImage
from services.ocr.prepare.pictures import ColourImage, Mask, shrink

SIDE = 700
COLOURED = 0.12
"""Ink is coloured where its strongest plane is this share of the paper's brightness above the others."""

JOINED = 0.025
"""Strokes nearer than this share of the page's width belong to one stamp or signature."""

STAMP, SIGNATURE = 0.07, 0.04
"""Smallest width and height of a stamp, smallest width of written ink, in shares of the page's width."""

ROUND = (0.66, 0.88)
"""Share of its box that the hull of a round shape covers: pi/4 for a circle."""

NARROWEST = 0.7
"""Width over height (or height over width) of a round stamp seen whole."""

PAPER_SAMPLE = 7
"""Every such pixel is asked for the colour of the paper."""

MOST = 40
"""Marks kept of a page: a form filled in by hand has hundreds of strokes."""


@dataclass(frozen=True, slots=True)
class Ink:
    """One thing of coloured ink, its box in shares of the page; `is_seal`: round, so what lies beneath may be read."""

    mark: Mark
    is_seal: bool


def find_coloured(image: ColourImage) -> tuple[Ink, ...]:
    """Stamps and writing in red or blue ink, the largest first."""
    small = shrink(image, SIDE)
    paper = paper_colour(small)
    # plane by plane: the same in one array of triples takes four times as long
    red, green, blue = (plane.astype(np.float32) / part for plane, part in zip(cv2.split(small), paper, strict=True))
    stamps = _inks(red - np.maximum(green, blue) > COLOURED, MarkKind.RED_STAMP, STAMP)
    written = _inks(blue - red > COLOURED, MarkKind.BLUE_INK, SIGNATURE)
    found = sorted((*stamps, *written), key=lambda ink: -_area(ink.mark.box))
    return tuple(found[:MOST])


def paper_colour(image: ColourImage) -> NDArray[np.float32]:
    """The colour of the paper, shape (3,), never 0: what the brighter half of the pixels has in the middle."""
    pixels = image.reshape(-1, 3)[::PAPER_SAMPLE]
    light = pixels.sum(axis=1, dtype=np.int32)
    return np.asarray(np.median(pixels[light >= np.median(light)], axis=0).clip(1), np.float32)


def _inks(mask: NDArray[np.bool_], kind: MarkKind, least: float) -> Iterator[Ink]:
    height, width = mask.shape
    reach = max(3, round(JOINED * width) | 1)
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    shapes, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for shape in shapes:
        left, top, wide, high = cv2.boundingRect(shape)
        low = least if kind is MarkKind.RED_STAMP else least / 4
        if wide < least * width or high < low * width:
            continue
        box = Box(left / width, top / height, (left + wide) / width, (top + high) / height)
        yield Ink(Mark(kind, box), kind is MarkKind.RED_STAMP and _is_round(np.asarray(shape, np.int32), mask.shape))


def _is_round(shape: NDArray[np.int32], size: tuple[int, ...]) -> bool:
    left, top, wide, high = cv2.boundingRect(shape)
    hull = float(cv2.contourArea(cv2.convexHull(shape))) / (wide * high)
    is_cut = left <= 1 or top <= 1 or left + wide >= size[1] - 1 or top + high >= size[0] - 1
    narrow = min(wide, high) / max(wide, high)
    return ROUND[0] < hull < ROUND[1] and (narrow > NARROWEST or (is_cut and narrow > NARROWEST / 2))


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def lift_seals(image: ColourImage, grey: GrayImage, inks: tuple[Ink, ...]) -> GrayImage:
    """The grey page with round red stamps made as light as the paper; print beneath them stays dark.

    Seen through a red filter the stamp is nearly paper; what is left of it is scaled away.
    """
    lifted = grey.copy()
    paper = paper_colour(shrink(image, SIDE))
    height, width = grey.shape
    for box in (ink.mark.box for ink in inks if ink.is_seal):
        rows = slice(int(box.top * height), int(np.ceil(box.bottom * height)))
        columns = slice(int(box.left * width), int(np.ceil(box.right * width)))
        lifted[rows, columns] = _without_red(image[rows, columns], grey[rows, columns], paper)
    return lifted


def _without_red(part: ColourImage, grey: GrayImage, paper: NDArray[np.float32]) -> GrayImage:
    planes = part.astype(np.float32) / paper
    is_red = (planes[:, :, 0] - planes[:, :, 1:].max(axis=2) > COLOURED / 2).astype(np.uint8)
    is_red = cv2.dilate(is_red, np.ones((3, 3), np.uint8)).astype(bool)
    if not is_red.any():
        return grey
    through_red = planes[:, :, 0]
    bright = max(0.5, float(np.percentile(through_red[is_red], 60)))
    scaled = np.clip(through_red / bright, 0, 1) * float(paper @ np.array((0.299, 0.587, 0.114)))
    return np.where(is_red, np.maximum(scaled, grey), grey).clip(0, 255).astype(np.uint8)


def mask_of(image: ColourImage, inks: tuple[Ink, ...]) -> Mask:
    """Where the page is red or blue within the marks found: evidence for whoever looks for stamps and signatures."""
    planes = image.astype(np.float32) / paper_colour(shrink(image, SIDE))
    coloured = (planes[:, :, 0] - planes[:, :, 1:].max(axis=2) > COLOURED) | (
        planes[:, :, 2] - planes[:, :, 0] > COLOURED
    )
    mask = np.zeros(image.shape[:2], np.uint8)
    height, width = image.shape[:2]
    for box in (ink.mark.box for ink in inks):
        rows = slice(int(box.top * height), int(np.ceil(box.bottom * height)))
        columns = slice(int(box.left * width), int(np.ceil(box.right * width)))
        mask[rows, columns] = coloured[rows, columns] * np.uint8(255)
    return mask
