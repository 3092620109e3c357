"""A 3 with a flat top told from a 5: the recogniser takes the one for the other in faces that draw it so.

A 5 comes down from its top on the left, a 3 on the right or, with a flat top, towards its middle. Looked at is where
the ink stands in the upper part of the figure, only in a 5 that the recogniser doubts or that has its ink far right.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from services.ocr.crops import ROWS, STEP, Ink
from services.ocr.letters import Letter

BAND = slice(ROWS * 3 // 8 - 4, ROWS * 5 // 8 + 4)
INKED = 0.3

SURE = 0.75
"""Above it a 5 stays one unless its ink stands far to the right."""

LEFT, RIGHT = -0.3, 0.4
"""Ink on the right less ink on the left, as a share: of 269 rightly read 5s none had more than 0.26, three in four less
than -0.26; of seven flat-topped 3s all had more than -0.26.
"""

UPPER = (0.2, 0.42)
"""Shares of a figure's height between its top stroke and its middle."""

LOWEST, WIDEST = 6, 10
"""Rows of the smallest figure, columns from the middle of the widest."""


def with_figures(letters: Sequence[Letter], ink: Ink) -> list[Letter]:
    """The letters of a line, each 5 that has the shape of a 3 written so."""
    found = list(letters)
    for at, letter in enumerate(found):
        if letter.best == "5" and _is_three(letter, ink):
            found[at] = replace(letter, options=(("3", 0.0),))
    return found


def _is_three(letter: Letter, ink: Ink) -> bool:
    leaning = _leaning(letter, ink)
    return leaning is not None and (leaning > RIGHT or (letter.sure < SURE and leaning > LEFT))


def _leaning(letter: Letter, ink: Ink) -> float | None:
    """Ink on the right less ink on the left in the upper part of a figure, as a share of both; None where none is."""
    band = ink[BAND]
    has_ink = (band.max(axis=0) > INKED).tolist()
    middle = (letter.first + letter.last + 1) * STEP // 2
    near = [at for at in range(max(0, middle - STEP), min(len(has_ink), middle + STEP + 1)) if has_ink[at]]
    if not near:
        return None
    left = right = min(near, key=lambda at: abs(at - middle))
    while left > max(0, middle - WIDEST) and has_ink[left - 1]:
        left -= 1
    while right < min(len(has_ink) - 1, middle + WIDEST) and has_ink[right + 1]:
        right += 1
    figure = band[:, left : right + 1]
    rows = np.flatnonzero(figure.max(axis=1) > INKED)
    if len(rows) < LOWEST:
        return None
    height, width = rows[-1] - rows[0] + 1, figure.shape[1]
    upper = figure[rows[0] + round(height * UPPER[0]) : rows[0] + round(height * UPPER[1])]
    return float((upper[:, (width + 1) // 2 :].sum() - upper[:, : width // 2].sum()) / max(upper.sum(), INKED))
