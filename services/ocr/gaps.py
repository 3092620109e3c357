"""Spaces the recogniser did not write though the picture shows them: gaps as wide as the line's own spaces.

A gap is the widest run of columns without ink between the middles of two letters. What counts as wide is learnt from
the line itself: its spaces as read, and the gaps within its words, so that wide-set and typewriter faces are not
torn apart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from services.ocr.crops import ROWS, STEP, Ink
from services.ocr.letters import Letter

BAND = slice(ROWS * 3 // 8 - 4, ROWS * 5 // 8)
"""The rows of a cut in which a line's letters stand, marks over capitals too."""

INKED = 0.28
"""A column holds ink where any row of the band is darker than this share."""

LEAST = 3
"""Columns: no space is narrower (a third of the height of small letters)."""

OF_SPACES, OF_LETTERS, BESIDE_SPACES = 0.7, 2.0, 1.5
"""A space is at least this share of the line's median space, and this many times the wide gaps within its words: fewer
times where the line's own spaces are known.
"""

ENOUGH = 2

NEVER_BEFORE, SELDOM_BEFORE, FIGURES = frozenset(",;"), frozenset(".:)"), frozenset("0123456789.,/-")
CAUTIOUS, BETWEEN_DIGITS = 1.6, 3.0
"""Figures stand wide apart (a 1 fills its place badly) and signs stand off the word they close."""

PARTING = frozenset("/-")

OFF_STROKE = 5
"""Columns on both sides of a stroke with spaces around it; without them it is at most four."""


@dataclass(frozen=True, slots=True)
class _Gap:
    width: int
    has_space: bool


def with_spaces(letters: Sequence[Letter], ink: Ink) -> list[Letter]:
    """The letters of a line and the spaces between them that its cut shows."""
    if len(letters) < ENOUGH:
        return list(letters)
    inked = (ink[BAND].max(axis=0) > INKED).tobytes()  # a byte a column
    gaps = list(_gaps(letters, inked))
    least = _least(gaps)
    found = [letters[0]]
    slashes = _set_off(letters, gaps)
    for at, ((before, letter), gap) in enumerate(zip(pairwise(letters), gaps, strict=True)):
        is_space = at in slashes or gap.width >= least * _caution(before.best, letter.best)
        if " " not in {before.best, letter.best}:
            if is_space:
                found.append(Letter(((" ", 0.0),), 1.0, before.last + 1, max(before.last + 1, letter.first - 1)))
            elif gap.width > 1:
                found[-1] = replace(before, white=gap.width)
        found.append(letter)
    return _balanced(found)


def _balanced(letters: Sequence[Letter]) -> list[Letter]:
    """A stroke or dash between words stands off both or none: `Số / No.`, `Tự do - Hạnh phúc`."""
    found: list[Letter] = []
    for at, letter in enumerate(letters):
        before, after = (letters[place].best if 0 <= place < len(letters) else "" for place in (at - 1, at + 1))
        if letter.best in PARTING and after.isalpha() and (before == " " or (not at and letter.best == "-")):
            found += [letter, Letter(((" ", 0.0),), 1.0, letter.last, letter.last)]
        elif letter.best in PARTING and after == " " and before.isalpha() and at + 2 < len(letters):
            found += [Letter(((" ", 0.0),), 1.0, letter.first, letter.first), letter]
        else:
            found.append(letter)
    return found


def _set_off(letters: Sequence[Letter], gaps: Sequence[_Gap]) -> set[int]:
    """The gaps on either side of a stroke that stands as far from both as `14 / 11` and `tính / Sex` are written."""
    found: set[int] = set()
    within = [gap.width for gap in gaps if not gap.has_space]
    apart = BESIDE_SPACES * float(np.percentile(within, 75)) if within else 0.0
    for at in range(1, len(letters) - 1):
        around = letters[:at][-2:], letters[at + 1 :][:2]
        before, after = ([letter.best for letter in side if letter.best != " "] for side in around)
        if letters[at].best != "/" or not before or not after:
            continue
        white, figures = min(gaps[at - 1].width, gaps[at].width), before[-1].isdigit() and after[0].isdigit()
        words = before[-1].isalpha() and after[0].isalpha() and white >= apart  # wide-set faces are not torn apart
        if white >= OFF_STROKE and (figures or words):
            found |= {at - 1, at}
    return found


def _gaps(letters: Sequence[Letter], inked: bytes) -> list[_Gap]:
    """The gap after each letter but the last; a space read takes the gap of its two neighbours."""
    found = []
    for index, (before, letter) in enumerate(pairwise(letters)):
        has_space = " " in {before.best, letter.best}
        left = letters[index - 1] if before.best == " " and index else before
        right = letters[index + 2] if letter.best == " " and index + 2 < len(letters) else letter
        found.append(_Gap(_widest(inked, _middle(left), _middle(right)), has_space))
    return found


def _middle(letter: Letter) -> int:
    return (letter.first + letter.last + 1) * STEP // 2


def _widest(inked: bytes, start: int, end: int) -> int:
    return max(map(len, inked[start:end].split(b"\x01")))


def _caution(before: str, after: str) -> float:
    if after in NEVER_BEFORE:
        return math.inf
    if before.isdigit() and after.isdigit():
        return BETWEEN_DIGITS
    return CAUTIOUS if after in SELDOM_BEFORE or {before, after} <= FIGURES else 1.0


def _least(gaps: Sequence[_Gap]) -> float:
    spaces = [gap.width for gap in gaps if gap.has_space and gap.width]
    within = [gap.width for gap in gaps if not gap.has_space]
    least, times = float(LEAST), OF_LETTERS
    if len(spaces) >= ENOUGH:
        least, times = max(least, OF_SPACES * float(np.median(spaces))), BESIDE_SPACES
    if len(within) >= ENOUGH:
        least = max(least, times * float(np.percentile(within, 75)))
    return least
