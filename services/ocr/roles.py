"""What a line is on its page beside running text: a heading, a page number, a note in the margin, an entry stamp.

Told from place and shape alone, the words kept as they are: who reads a page aloud or searches it may leave some out.
Decree 30/2020/ND-CP, appendix I, puts the page number in the top margin and headings in the middle, in capitals;
appendix IV, section V, what an entry stamp (`ĐẾN`) holds.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from services.dossier.page import Line, Mark, MarkKind

EDGE = 0.08
"""Share of a page's height at its top and foot in which page numbers stand."""

CENTRED = 0.07
"""Share of the width by which a heading's middle is off the page's, or off the motto's column, at most."""

SHORTEST = 4
"""Letters of a heading."""

STAMP_LINES = 5
"""Lines of an entry stamp: agency, ĐẾN, number, day, whom it goes to."""

INSIDE = 0.9
"""Share of a line's width inside a red mark of which the line is part."""

DOUBTED = 0.75
"""Letters along a seal's rim are read with less confidence; a name printed under a seal with more."""

MARGIN = 0.02
"""Share of the width between a note in the margin and the text."""

LONG, ENOUGH = 0.4, 5
"""A page has margins when so many of its lines are longer than this share of its width."""

_PAGE_NUMBER = re.compile(r"(?i)(?:trang|page)?\s*[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?")
_ENTRY = re.compile(r"(?:CÔNG VĂN )?[ĐD][ÊEẾ]N\b")
_OF_ENTRY = re.compile(r"(?i)(?:số|so|ngày|giờ|chuyển|lưu)\b")


class Role(StrEnum):
    """What a line is where it is no running text."""

    HEADING = "heading"
    PAGE_NUMBER = "page_number"
    SIDE_NOTE = "side_note"
    STAMP = "stamp"


def roles_of(lines: Sequence[Line], marks: Sequence[Mark] = ()) -> tuple[Role | None, ...]:
    """The role of every line of a page, None for running text and cells of tables."""
    stamped = _entry_stamp(lines) | {at for at, line in enumerate(lines) if _is_in_seal(line, marks)}
    sides = _sides(lines)
    return tuple(
        Role.STAMP if at in stamped else None if line.cell else _role(line, lines, sides)
        for at, line in enumerate(lines)
    )


def _role(line: Line, lines: Sequence[Line], sides: tuple[float, float]) -> Role | None:
    box = line.box
    at_edge = box.bottom < EDGE or box.top > 1 - EDGE
    if at_edge and _PAGE_NUMBER.fullmatch(line.text) and _is_alone(line, lines):
        return Role.PAGE_NUMBER
    if box.right < sides[0] - MARGIN or box.left > sides[1] + MARGIN:
        return Role.SIDE_NOTE
    letters = [letter for letter in line.text if letter.isalpha()]
    in_middle = abs((box.left + box.right) / 2 - (sides[0] + sides[1]) / 2) < CENTRED
    is_title = len(letters) >= SHORTEST and line.text.upper() == line.text and ":" not in line.text
    return Role.HEADING if is_title and in_middle else None


def _sides(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the text of a page begins and ends, by its long lines; the whole width where they are too few."""
    long = [line.box for line in lines if line.box.right - line.box.left > LONG]
    if len(long) < ENOUGH:
        return 0.0, 1.0
    return min(box.left for box in long), max(box.right for box in long)


def _is_alone(line: Line, lines: Sequence[Line]) -> bool:
    """Whether nothing else stands on the line's row."""
    return not any(other is not line and _overlaps(line, other) for other in lines)


def _overlaps(line: Line, other: Line) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    return other.box.top < middle < other.box.bottom


def _is_in_seal(line: Line, marks: Sequence[Mark]) -> bool:
    box = line.box
    for mark in marks:
        if mark.kind is MarkKind.RED_STAMP and mark.box.top <= box.top and box.bottom <= mark.box.bottom:
            inside = min(box.right, mark.box.right) - max(box.left, mark.box.left)
            sure = sum(word.confidence for word in line.words) / len(line.words)
            if inside >= INSIDE * (box.right - box.left) and sure < DOUBTED:
                return True
    return False


def _entry_stamp(lines: Sequence[Line]) -> set[int]:
    """The lines of an entry stamp, in whatever colour: `ĐẾN` and what is written under it, of one column."""
    for at, line in enumerate(lines):
        below = [
            other
            for other in range(at + 1, min(at + STAMP_LINES, len(lines)))
            if _OF_ENTRY.match(lines[other].text) and lines[other].box.left < line.box.right + 4 * MARGIN
        ]
        if _ENTRY.match(line.text) and len(below) > 1:
            return {at, *below}
    return set()
