"""Signs that the recogniser was never taught, put back from what it takes them for.

Its character set lacks `! ? = " [ ] { } ~ ° ² ³` and others. An exclamation mark comes as an `l`, a question mark as a
7 or 2, double quotes as single ones, brackets as `(12l`, a degree sign as a star or an `o`, a raised 2 or 3 as a
figure. Each is put back only where what was read cannot be Vietnamese and the sign can. `= ~ { }` and a single `[`
leave no such trace and stay as they were taken.
"""

import re
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from services.language.syllable import is_syllable
from services.ocr.crops import ROWS, STEP, Ink
from services.ocr.letters import Letter

BAND = slice(ROWS * 3 // 8 - 4, ROWS * 5 // 8 + 4)
INKED = 0.3
RAISED = 3
"""Rows by which a raised figure ends above the letter before it; small letters are about eleven rows high."""

NEAR = 2
_RAISED = {"2": "²", "3": "³"}

LEADER = "..."
_LEADER = re.compile(r"[.,_]*\.[.,_]+")
"""Two dots and more are what was seen of a dotted leader, which has three at least."""

_ASKING = "không|chưa|gì|nào|sao|đâu|mấy|ai|hả|nhỉ"
ASKED = re.compile(rf"(?:{_ASKING})[72]$")
"""Asking words with a figure at their end: no code holds small letters with marks."""

_CALLED = re.compile(r"^([^\W\d_]{2,})[l1]$")
_REFERENCE = re.compile(r"^\((\d{1,3})[lI]([.,;:]?)$")
_DEGREES = re.compile(r"^(\d+)[*oº](?=C?$)")
_OPENS = re.compile(r"^(\(?)'(?=[^\W\d_])")
_CLOSED = re.compile(r'[^\W\d_]"$')
_CLOSES = re.compile(r"(?<=[^\W\d_])'(?=[.,;:)]*$)")


def with_signs(word: str) -> str:
    """The word with the signs it most likely holds."""
    if (called := _CALLED.match(word)) and not word.isascii() and is_syllable(called[1]):
        return f"{called[1]}!"
    if ASKED.search(word):
        return f"{word[:-1]}?"
    if _LEADER.fullmatch(word):
        return LEADER
    word = _REFERENCE.sub(r"[\1]\2", word)
    word = _DEGREES.sub(r"\1°", word)
    return _CLOSES.sub('"', _OPENS.sub(r'\1"', word))


def with_calls(lines: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """By line and word: what a line's last word is where it closes a quotation that nobody opened, `cảm ơn"`.

    An exclamation mark comes as a quotation mark too.
    """
    found, is_open = {}, False
    for at, words in enumerate(lines):
        for place, word in enumerate(words):
            if word.lstrip("(").startswith('"'):
                is_open = True
            if _CLOSED.search(word):
                if not is_open and place == len(words) - 1:
                    found[at, place] = word[:-1] + "!"
                is_open = False
    return found


def with_raised(letters: Sequence[Letter], ink: Ink) -> list[Letter]:
    """The letters of a line, figures of `m²` and `m³` that stand above its foot written so."""
    found = list(letters)
    for at in range(1, len(found)):
        figure, before = found[at], found[at - 1]
        if figure.best not in _RAISED or before.best != "m":
            continue
        after = next((letter for letter in found[at + 1 :] if letter.best != " "), None)
        foot = min(_foot(figure, ink), _foot_between(before, after, figure, ink))
        if _foot(before, ink) - foot >= RAISED:
            found[at] = Letter(((_RAISED[figure.best], 0.0),), figure.sure, figure.first, figure.last)
    return found


def _foot_between(before: Letter, after: Letter | None, figure: Letter, ink: Ink) -> int:
    """The lowest row of what stands between a figure's neighbours: of narrow ones the recogniser speaks late."""
    start = _middle(before)
    end = _middle(after) if after else ink.shape[1]
    columns = (ink[BAND].max(axis=0) > INKED).tolist()
    runs, at = [], start
    for has_ink, group in groupby(columns[start:end]):
        width = len(list(group))
        if has_ink and start < at and at + width < end:
            runs.append((at, at + width))
        at += width
    if not runs:
        return _foot(figure, ink)
    left, right = min(runs, key=lambda run: abs(run[0] + run[1] - 2 * _middle(figure)))
    return int(np.flatnonzero(ink[BAND, left:right].max(axis=1) > INKED)[-1])


def _middle(letter: Letter) -> int:
    return (letter.first + letter.last + 1) * STEP // 2


def _foot(letter: Letter, ink: Ink) -> int:
    """The lowest row of ink around a letter's middle."""
    middle = _middle(letter)
    rows = np.flatnonzero(ink[BAND, max(0, middle - NEAR) : middle + NEAR + 1].max(axis=1) > INKED)
    return int(rows[-1]) if len(rows) else 0
