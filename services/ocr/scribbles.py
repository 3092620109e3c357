"""Signatures told from words: what a pen drew in one stroke is no text, though the recogniser finds letters in it.

Looked at are only short pieces higher than the page's lines, of which no word is read with confidence. One is a
scribble when a single stroke reaches over most of it, which no printed or carefully written word does; of a single
sign, which is one stroke anyway, the height alone decides.
"""

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from services.dossier.page import Line
from services.ocr.engine import GrayImage

HIGHER, MUCH_HIGHER = 1.15, 1.5
"""Times the page's usual line height."""

DOUBTED = 0.88
MOST_LETTERS = 7

REACHES = 0.55
"""Share of a piece's width that the widest stroke of a scribble has."""

DARK = 170


def without_scribbles(pieces: Sequence[Line], image: GrayImage) -> list[Line]:
    """The pieces of a page (boxes in shares of it) that are text."""
    if not pieces:
        return []
    usual = median(piece.box.bottom - piece.box.top for piece in pieces)
    return [piece for piece in pieces if not _is_scribble(piece, usual, image)]


def _is_scribble(piece: Line, usual: float, image: GrayImage) -> bool:
    height = piece.box.bottom - piece.box.top
    if height < HIGHER * usual or max(word.confidence for word in piece.words) >= DOUBTED:
        return False
    letters = [letter for letter in piece.text if letter.isalnum()]
    if len(letters) > MOST_LETTERS:
        return False
    return height > MUCH_HIGHER * usual if len(letters) <= 1 else _widest_stroke(piece, image) >= REACHES


def _widest_stroke(piece: Line, image: GrayImage) -> float:
    """Width of the widest connected stroke as a share of the piece's."""
    height, width = image.shape
    box = piece.box
    cut = image[
        int(box.top * height) : int(box.bottom * height) + 1, int(box.left * width) : int(box.right * width) + 1
    ]
    if not cut.size:
        return 0.0
    ink = (cut < DARK).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return float(stats[1:, cv2.CC_STAT_WIDTH].max()) / cut.shape[1] if count > 1 else 0.0
