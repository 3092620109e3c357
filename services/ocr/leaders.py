"""Dotted leaders and rules of a form told from letters: what is only a few rows of ink high, down on the line.

The recogniser was taught letters and takes faint leaders for them ("a u a x"). No letter or figure is that low, so
such a letter is written as the dot it is.
"""

from collections.abc import Sequence

import numpy as np

from services.ocr.crops import ROWS, STEP, Ink
from services.ocr.letters import Letter

BAND = slice(ROWS * 3 // 8 - 4, ROWS * 5 // 8 + 4)
INKED = 0.25
LOW = 5
"""Rows: ink lower than this is a dot or a rule; small letters are about eleven rows high."""

NEAR = 5
"""Columns looked at on either side of a letter's middle."""

DOT = "."
FLAT = frozenset(".,-_'`:;+*~^=")
"""Signs that are low or flat themselves."""


def as_leaders(letters: Sequence[Letter], ink: Ink) -> list[Letter]:
    """The letters of a line, those that are dots or rules in its cut written as dots."""
    inked = ink[BAND] > INKED
    height = inked.shape[0]
    has_ink = inked.any(axis=0)
    tops = np.where(has_ink, inked.argmax(axis=0), height).tolist()
    bottoms = np.where(has_ink, height - 1 - inked[::-1].argmax(axis=0), -1).tolist()
    return [
        Letter(((DOT, 0.0),), letter.sure, letter.first, letter.last) if _is_low(letter, tops, bottoms) else letter
        for letter in letters
    ]


def _is_low(letter: Letter, tops: list[int], bottoms: list[int]) -> bool:
    """`tops` and `bottoms` are the first and last row of ink of every column; none has its top below its bottom."""
    if letter.best == " " or letter.best in FLAT:
        return False
    middle = (letter.first + letter.last + 1) * STEP // 2
    around = slice(max(0, middle - NEAR), middle + NEAR + 1)
    return max(bottoms[around], default=-1) - min(tops[around], default=0) < LOW
