"""Which of two choices is ticked, seen in the picture of a page: `☒ Nam ☐ Nữ`, `☐ 1 ☒ 2`.

A form prints the same box before each choice (or behind it); the ticked one has more ink. Words are marked with what
was seen, so that whoever reads them afterwards finds a tick as if it had been printed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.dossier.page import Box, Line, Page, Word

_CHOICES = (("nam", "nữ"), ("1", "2"))
_TAIL = r"^[^\w]{0,2}\w{0,2}?%s[.,;]?$"
FAR = 0.25  # of the page's width between two choices at most
LOOK = 2.3  # heights of the word: so wide is the place of its box
DARK = 0.68  # of the paper's brightness: darker is ink
OUTLINE, EDGE_SHARE = 0.06, 1.22  # share of ink that a box has at least; how much more the ticked one has
TICKED, EMPTY = "☒", "☐"


@dataclass(frozen=True, slots=True)
class Choice:
    """Two choices side by side on a page, as (line, word) places of their words."""

    words: tuple[str, str]
    places: tuple[tuple[int, int], tuple[int, int]]


def find_choices(page: Page) -> list[Choice]:
    """Pairs of choices on one height, near each other, with nothing but boxes between them."""
    words = [(line, at, word) for line, row in enumerate(page.lines) for at, word in enumerate(row.words)]
    found = []
    for pair in _CHOICES:
        first, second = (re.compile(_TAIL % re.escape(text), re.IGNORECASE) for text in pair)
        for line, at, word in words:
            if first.match(word.text) and (other := _partner(words, word, second)):
                found.append(Choice(pair, ((line, at), other)))
    return found


def _partner(words: Sequence[tuple[int, int, Word]], word: Word, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    height = word.box.bottom - word.box.top
    middle = (word.box.top + word.box.bottom) / 2
    right = [
        (other.box.left, line, at, other)
        for line, at, other in words
        if other.box.left > word.box.right
        and abs((other.box.top + other.box.bottom) / 2 - middle) < height / 2
        and other.box.left - word.box.right < FAR
    ]
    for _, line, at, other in sorted(right, key=lambda entry: entry[0]):
        if pattern.match(other.text):
            return line, at
        if len(re.sub(r"\W", "", other.text)) > 1:
            return None
    return None


def mark_ticks(page: Page, image: NDArray[np.uint8]) -> Page:
    """The page with its choices marked as seen in its picture (height x width, grey); unclear ones as they were."""
    marks: dict[tuple[int, int], Word] = {}
    for choice in find_choices(page):
        boxed = [page.lines[line].words[at] for line, at in choice.places]
        chosen = _ticked(image, [_own_box(word, text) for word, text in zip(boxed, choice.words, strict=True)])
        if chosen is None:
            continue
        for number, (place, word, text) in enumerate(zip(choice.places, boxed, choice.words, strict=True)):
            own = word.text[-len(text.rstrip()) :] if word.text.lower().endswith(text) else text.capitalize()
            marks[place] = replace(word, text=f"{TICKED if number == chosen else EMPTY}{own}")
    return replace(page, lines=tuple(_marked(page.lines, marks))) if marks else page


def _marked(lines: Sequence[Line], marks: dict[tuple[int, int], Word]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        words = tuple(marks.get((number, at), word) for at, word in enumerate(line.words))
        yield replace(line, words=words)


def _own_box(word: Word, text: str) -> Box:
    """The part of a word that is the choice itself, where a reader ran the box into it."""
    share = min(1.0, len(text) / max(len(word.text.rstrip(".,;")), 1))
    return replace(word.box, left=word.box.right - (word.box.right - word.box.left) * share)


def _ticked(image: NDArray[np.uint8], boxes: Sequence[Box]) -> int | None:
    """Which of two choices has clearly more ink where its box stands, before the words or behind them."""
    for before in (True, False):
        inks = [_ink(image, box, before=before) for box in boxes]
        if min(inks) >= OUTLINE:
            more = int(np.argmax(inks))
            return more if inks[more] > EDGE_SHARE * inks[1 - more] else None
    return None


def _ink(image: NDArray[np.uint8], box: Box, *, before: bool) -> float:
    height, width = image.shape[:2]
    tall = (box.bottom - box.top) * height
    top, bottom = int(box.top * height - 0.3 * tall), int(box.bottom * height + 0.3 * tall)
    edge = box.left * width - 0.15 * tall if before else box.right * width + 0.15 * tall
    left, right = (edge - LOOK * tall, edge) if before else (edge, edge + LOOK * tall)
    crop = image[max(top, 0) : bottom, max(int(left), 0) : max(int(right), 0)]
    if crop.size == 0:
        return 0.0
    return float((crop < DARK * np.percentile(crop, 90)).mean())
