"""The words of pages as rows and segments: where things stand, whatever order a reader gave them in.

A row is what stands on one height; a segment is a run of a row without a wide gap. Leaders (dots, underscores) are
dropped, and words are cut after a colon, so that a label and its value never share a piece.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from services.dossier.page import Box, Page, TextSource, Word
from services.extract.level import Tilt, measure_tilt, straighten

_CUT = re.compile(r"^\d{1,2}\.(?=[^\W\d_]{2})|[^:]*:+|[^:]+")
_LEADERS = re.compile(r"\.{3,}|…+|_{2,}|(?:\.\s){3,}|-{4,}|·{2,}|\.{2,}$")
_ONLY_LEADERS = re.compile(r"[.…_·\-–—|~•]*")
_A4 = 2**0.5  # height to width, where a page does not say
WIDE_GAP = 1.6  # in letter heights: wider than justified text leaves between two words
LINE_GAP = 0.8  # where the reader itself began another line


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or the part of one up to a colon; `height` is the letter height of its page in page fractions."""

    text: str
    box: Box
    confidence: float
    starts: bool = False  # a line of the reader begins here


@dataclass(slots=True)
class Segment:
    """Pieces of one row with no wide gap between them; `row` counts from 0 through all pages of the paper."""

    pieces: list[Piece]
    row: int
    page: Page

    @property
    def box(self) -> Box:
        """The smallest box around the segment."""
        first, last = self.pieces[0].box, self.pieces[-1].box
        top = min(piece.box.top for piece in self.pieces)
        bottom = max(piece.box.bottom for piece in self.pieces)
        return Box(first.left, top, last.right, bottom)

    @property
    def text(self) -> str:
        """The pieces joined by single spaces."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Row:
    """Segments from left to right on one height of one page."""

    segments: list[Segment]
    page: Page
    number: int

    @property
    def text(self) -> str:
        """All words of the row."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def box(self) -> Box:
        """The smallest box around the row."""
        box = self.segments[0].box
        for segment in self.segments[1:]:
            box = box.united(segment.box)
        return box


@dataclass(slots=True)
class Sheet:
    """All rows of a paper in reading order, with the letter height (fraction of the page height) of each page.

    Boxes are those of the page held straight; `tilts` bring them back to the page as it is.
    """

    rows: list[Row] = field(default_factory=list)
    heights: dict[tuple[int, int], float] = field(default_factory=dict)
    tilts: dict[tuple[int, int], Tilt] = field(default_factory=dict)

    @property
    def segments(self) -> list[Segment]:
        """All segments in reading order."""
        return [segment for row in self.rows for segment in row.segments]

    def height(self, page: Page) -> float:
        """Letter height of a page, as a fraction of its height."""
        return self.heights[page.document, page.number]

    def width(self, page: Page) -> float:
        """The same letter height as a fraction of the page's width."""
        ratio = page.height / page.width if page.height and page.width else _A4
        return self.height(page) * ratio

    @property
    def source(self) -> TextSource:
        """Where the words came from."""
        return self.rows[0].page.source if self.rows else TextSource.OCR


def lay_out(pages: Sequence[Page]) -> Sheet:
    """Rows of all pages of one paper, top to bottom, page after page."""
    sheet = Sheet()
    for seen in pages:
        tilt = measure_tilt(seen)
        page = straighten(seen, tilt)
        sheet.tilts[page.document, page.number] = tilt
        pieces = [piece for line in page.lines for piece in _cut(line.words)]
        if not pieces:
            continue
        sheet.heights[page.document, page.number] = median(p.box.bottom - p.box.top for p in pieces) or 0.01
        for group in _group_rows(page):
            segments = _split(group, sheet.width(page), len(sheet.rows), page)
            if segments:
                sheet.rows.append(Row(segments, page, len(sheet.rows)))
    return sheet


def _cut(words: Iterable[Word]) -> list[Piece]:
    pieces: list[Piece] = []
    for word in words:
        text = _LEADERS.sub(lambda leader: "\t" * len(leader.group()), word.text)
        if text.strip() in {",", ";"}:  # a mark set apart belongs to the word before it, as on no line of its own
            pieces[-1:] = [replace(piece, text=piece.text + text.strip()) for piece in pieces[-1:]]
            continue
        if _ONLY_LEADERS.fullmatch(text.strip()) and text.strip() not in {"-", "–"}:
            continue
        pieces.extend(_shares(word, text))
    return pieces


def _shares(word: Word, text: str) -> list[Piece]:
    """A word cut at spaces and after colons; each part gets its share of the box by the width of its letters."""
    edges = [0.0]
    for char in text:
        edges.append(edges[-1] + (0.5 if char in "\t.,:;ilIj' " else 1.0))
    width = (word.box.right - word.box.left) / max(edges[-1], 0.5)
    parts: list[Piece] = []
    for token in re.finditer(r"\S+", text):
        for match in _cut_token(token.group()):
            start = token.start() + match[0]
            left, right = (word.box.left + edges[at] * width for at in (start, start + len(match[1])))
            parts.append(Piece(match[1], Box(left, word.box.top, right, word.box.bottom), word.confidence))
    return parts


def _cut_token(token: str) -> list[tuple[int, str]]:
    if re.search(r"\d:\d", token) or "//" in token:  # a time of day, an address of the web
        return [(0, token)]
    return [(match.start(), match.group()) for match in _CUT.finditer(token)]


def _group_rows(page: Page) -> list[list[Piece]]:
    """Lines whose centres lie on one height and which do not stand above one another are one row."""
    lines = [[replace(pieces[0], starts=True), *pieces[1:]] for line in page.lines if (pieces := _cut(line.words))]
    placed = sorted(lines, key=_middle)
    rows: list[list[list[Piece]]] = []
    for pieces in placed:
        if rows and any(_same_height(pieces, other) for other in rows[-1]):
            rows[-1].append(pieces)
        else:
            rows.append([pieces])
    return [sorted((p for pieces in row for p in pieces), key=lambda p: p.box.left) for row in rows]


def _middle(pieces: list[Piece]) -> float:
    return sum(p.box.top + p.box.bottom for p in pieces) / (2 * len(pieces))


def _same_height(one: list[Piece], other: list[Piece]) -> bool:
    """Compared at the ends that face one another, so that a tilted page keeps its rows."""
    left, right = (one, other) if one[0].box.left <= other[0].box.left else (other, one)
    end, start = left[-1].box, right[0].box
    if start.left < end.right - 0.01:
        return False
    height = min(end.bottom - end.top, start.bottom - start.top)
    return abs((end.top + end.bottom) - (start.top + start.bottom)) / 2 < 0.5 * height


def _split(pieces: list[Piece], letter: float, row: int, page: Page) -> list[Segment]:
    segments: list[Segment] = []
    for piece in pieces:
        gap = letter * (LINE_GAP if piece.starts else WIDE_GAP)
        if segments and piece.box.left - segments[-1].pieces[-1].box.right <= gap:
            segments[-1].pieces.append(piece)
        else:
            segments.append(Segment([piece], row, page))
    return segments
