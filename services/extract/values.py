"""What stands in the place of a label: to its right, over a gap, below it, in its column,
on the lines it runs on to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.dossier.page import Box, Page
from services.extract.labels import Hit
from services.extract.rows import Piece, Segment, Sheet
from services.extract.runs import MARK, ends_with_province, goes_on_with_day, inside, solid, with_comma, without_noise

NEAR_GAP = 4.0  # in letter heights: a value goes on over a gap of this width
MAX_LINES = 4
ALIGNED, FLUSH = 0.12, 0.03  # of the page's width: under the value or its label, under the start of the row
HANGING = 0.2  # of the page's width: a label that ends so near the margin may have its value on the next line
RAGGED = 2.5  # in letter heights: lines set ragged end this much before the margin at most
_DATED = re.compile(r"\bn[gq]\S{1,2}(?:\s?u)?\s*\S{1,4}\s*th\S{1,2}n[gq]\s*\S{1,3}\s*n\S{1,2}m")
_ITEM = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)/]|[a-hđ][)]|[IVX]{1,4}[.)]|[-–+•*]|\(\d\)|\[\d+\])$")


@dataclass(frozen=True, slots=True)
class Found:
    """The printed value of a label, with its place and mean confidence; `line` is the row it begins in."""

    text: str
    box: Box
    confidence: float
    page: Page
    row: int
    below: bool = False


@dataclass(slots=True)
class _Reach:
    """Which pieces of each segment are label, so that a value stops there."""

    starts: dict[int, list[int]]
    covered: dict[int, int]


class Reader:
    """Reads the values of the labels found on one paper."""

    def __init__(self, sheet: Sheet, hits: Sequence[Hit]) -> None:
        self.sheet = sheet
        self.segments = sheet.segments
        self.hits = hits
        self.rows: dict[int, list[int]] = {}
        for number, segment in enumerate(self.segments):
            self.rows.setdefault(segment.row, []).append(number)
        self.margins = _right_margins(self.segments)
        starts: dict[int, list[int]] = {}
        covered: dict[int, int] = {}
        for hit in hits:
            starts.setdefault(hit.segment, []).append(hit.start)
            if hit.end_segment != hit.segment:
                covered[hit.end_segment] = max(covered.get(hit.end_segment, 0), hit.end)
        self.reach = _Reach(starts, covered)

    def read(
        self,
        hit: Hit,
        *,
        long: bool,
        window: tuple[float, float] | None = None,
        eager: bool = False,
        cell: float | None = None,
    ) -> Found | None:
        """The value of a label; `long`: it may run on over several lines; `window`: only between these x.

        `eager`: lines go on although there was room left, as on cards; a comma is put where the break was free;
        `cell`: labels stand left of this x, and lines without anything there are of the same cell of a table.
        """
        pieces, number = self._right_of(hit, window)
        below = False
        if not solid(pieces):
            pieces, number = ([], None) if window or self._aligned_below(hit) else self._at_next_start(hit)
            below = not pieces
            if not pieces:
                pieces, number = self._below(hit, window)
        if not solid(pieces):
            return None
        if long and number is not None:
            pieces = self._with_further(hit, pieces, number, window, below=below, eager=eager, cell=cell)
        return self._found(pieces, below=below)

    def _found(self, pieces: list[tuple[int, Piece]], *, below: bool) -> Found:
        pieces = without_noise(pieces)
        box = pieces[0][1].box
        for _, piece in pieces[1:]:
            box = box.united(piece.box)
        letters = sum(len(piece.text) for _, piece in pieces) or 1
        confidence = sum(len(piece.text) * piece.confidence for _, piece in pieces) / letters
        segment = self.segments[pieces[0][0]]
        text = " ".join(piece.text for _, piece in pieces)
        return Found(text, box, confidence, segment.page, segment.row, below)

    def _until_label(self, number: int, start: int) -> tuple[list[tuple[int, Piece]], bool]:
        """Pieces of a segment from `start` to the next label, and whether a label stopped them."""
        segment = self.segments[number]
        stops = [at for at in self.reach.starts.get(number, []) if at >= start]
        stop = min(stops, default=len(segment.pieces))
        pieces = [(number, piece) for piece in segment.pieces[start:stop]]
        while pieces and stops and _ITEM.match(pieces[-1][1].text):  # "2." before the next label is not of this value
            pieces.pop()
        return pieces, bool(stops)

    def _right_of(self, hit: Hit, window: tuple[float, float] | None) -> tuple[list[tuple[int, Piece]], int | None]:
        number, start = hit.end_segment, hit.end
        if number != hit.segment and self._beside_first_line(hit, window):
            number, start = hit.segment, len(self.segments[hit.segment].pieces)
        pieces, stopped = self._until_label(number, start)
        while pieces and MARK.match(pieces[0][1].text):
            pieces.pop(0)
        pieces = inside(pieces, window)
        if stopped:
            return pieces, None
        at = self.rows[self.segments[number].row].index(number)
        limit = NEAR_GAP * self.sheet.width(self.segments[number].page)
        for neighbour in self.rows[self.segments[number].row][at + 1 :]:
            more, stopped = self._until_label(neighbour, self.reach.covered.get(neighbour, 0))
            more = inside(more, window)
            if not more:
                beyond = window is not None and self.segments[neighbour].box.left >= window[1]
                if stopped and not beyond:
                    return pieces, None
                if window is None or beyond:
                    break
                continue
            gap = more[0][1].box.left - (pieces[-1][1].box.right if pieces else 1.0)
            if pieces and gap > limit and not goes_on_with_day(pieces, more):
                break
            pieces, number = pieces + more, neighbour
            if stopped:
                return pieces, None
        return pieces, number if pieces else None

    def _beside_first_line(self, hit: Hit, window: tuple[float, float] | None) -> bool:
        """Whether the value of a label of two lines stands beside its first line, as in tables."""
        row = self.rows[self.segments[hit.segment].row]
        right = [n for n in row if n > hit.segment]
        return any(inside(self._until_label(n, 0)[0], window) for n in right)

    def _below(self, hit: Hit, window: tuple[float, float] | None) -> tuple[list[tuple[int, Piece]], int | None]:
        """The words under a label, when no label stands there and they are near."""
        segment = self.segments[hit.end_segment]
        label = segment.pieces[max(hit.end - 1, 0)].box
        first = segment.pieces[hit.start if hit.end_segment == hit.segment else 0].box
        left, right = window or (first.left, self._right_limit(hit))
        for number in self.rows.get(segment.row + 1, []):
            under = self.segments[number]
            if under.page is not segment.page or under.box.top - label.bottom > 2.2 * self.sheet.height(segment.page):
                continue
            if under.box.right < left or under.box.left > right:
                continue
            pieces, stopped = self._until_label(number, self.reach.covered.get(number, 0))
            slack = 2.5 * self.sheet.width(segment.page)
            pieces = [(n, p) for n, p in pieces if left - slack <= p.box.left and p.box.left < right]
            if pieces and not _ITEM.match(pieces[0][1].text):
                return pieces, None if stopped else number
        return [], None

    def _aligned_below(self, hit: Hit) -> bool:
        """Whether a line begins right under the label, as under the head of a column."""
        segment = self.segments[hit.segment]
        left = segment.pieces[hit.start].box.left
        under = [self.segments[n].box.left for n in self.rows.get(segment.row + 1, [])]
        first = hit.segment == self.rows[segment.row][0]
        return hit.start == 0 and any(abs(start - left) < (FLUSH / 2 if first else 2 * FLUSH) for start in under)

    def _has_under(self, hit: Hit) -> bool:
        """Whether something of its own stands under a label that is a cell of its own, as on cards and in tables."""
        label = self.segments[hit.segment].box
        under = [self.segments[n].box for n in self.rows.get(self.segments[hit.segment].row + 1, [])[1:]]
        return any(box.left < label.right and box.right > label.left for box in under)

    def _at_next_start(self, hit: Hit) -> tuple[list[tuple[int, Piece]], int | None]:
        """The beginning of the next line, for a label in mid-line that ends at the margin."""
        segment = self.segments[hit.end_segment]
        full = segment.box.right > self.margins[id(segment.page)] - HANGING
        first = hit.segment == self.rows[self.segments[hit.segment].row][0]
        if (hit.start == 0 and first) or hit.end < len(segment.pieces) or not full:
            return [], None
        number = next(iter(self.rows.get(segment.row + 1, [])), None)
        if number is None or abs(self.segments[number].box.left - self._row_left(hit.end_segment)) > FLUSH:
            return [], None
        if hit.start == 0 and self._has_under(hit):
            return [], None
        pieces, stopped = self._until_label(number, self.reach.covered.get(number, 0))
        return pieces, None if stopped else number

    def _right_limit(self, hit: Hit) -> float:
        """Where the next label on the same row begins, or the end of the page."""
        row = self.segments[hit.end_segment].row
        x = self.segments[hit.end_segment].pieces[hit.end - 1].box.right
        starts = [
            self.segments[other.segment].pieces[other.start].box.left
            for other in self.hits
            if self.segments[other.segment].row == row
        ]
        return min((left for left in starts if left > x), default=1.0)

    def _with_further(
        self,
        hit: Hit,
        pieces: list[tuple[int, Piece]],
        number: int,
        window: tuple[float, float] | None,
        *,
        below: bool,
        eager: bool,
        cell: float | None,
    ) -> list[tuple[int, Piece]]:
        """The value with the lines it runs on to, until a label, an item or the date of signing begins."""
        lines = [pieces]
        beside = pieces[0][0] != hit.end_segment
        left = pieces[0][1].box.left if below or window or beside else self._label_left(hit)
        for _ in range(MAX_LINES):
            under = self._under(number, left, window)
            if under is None or _DATED.search(self.segments[under].text):
                break
            forced = (
                self._runs_on(lines[-1], self.segments[under], window) or (beside and self._in_cell(under, left))
                if cell is None
                else self._row_left(under) >= cell
            )
            found, stopped = self._until_label(under, self.reach.covered.get(under, 0))
            found = inside(found, window)
            if not found or _ITEM.match(found[0][1].text) or not (forced or eager):
                break
            if not forced:
                lines[-1] = [*lines[-1][:-1], with_comma(lines[-1][-1])]
            lines.append(found)
            number = under
            if stopped:
                break
        return [piece for line in lines for piece in line]

    def _in_cell(self, number: int, left: float) -> bool:
        """Whether a line begins its row exactly under the value, with nothing where labels stand."""
        return abs(self._row_left(number) - left) < FLUSH / 2

    def _label_left(self, hit: Hit) -> float:
        return self.segments[hit.segment].pieces[hit.start].box.left

    def _row_left(self, number: int) -> float:
        """Where a row begins, the second line of a label apart."""
        row = self.rows[self.segments[number].row]
        own = [n for n in row if self.reach.covered.get(n, 0) < len(self.segments[n].pieces)]
        return min(self.segments[n].box.left for n in own or row)

    def _runs_on(self, last: list[tuple[int, Piece]], under: Segment, window: tuple[float, float] | None) -> bool:
        """Whether the break was forced: the first word of the next line had no room left, or a comma hangs."""
        if last[-1][1].text.endswith((",", "-")):
            return True
        if last[-1][1].text.endswith((".", ";")) or ends_with_province(last):
            return False
        letter = self.sheet.width(under.page)
        first = next((p for p in under.pieces if window is None or p.box.left >= window[0]), under.pieces[0])
        needed = first.box.right - first.box.left + (RAGGED + 0.4) * letter
        margin = min(window[1] - letter if window else 1.0, self.margins[id(under.page)])
        return last[-1][1].box.right + needed > margin

    def _under(self, segment_number: int, left: float, window: tuple[float, float] | None) -> int | None:
        segment = self.segments[segment_number]
        page, height = segment.page, self.sheet.height(segment.page)
        for number in self.rows.get(segment.row + 1, []):
            under = self.segments[number]
            if under.page is not page or under.box.top - segment.box.bottom > 1.8 * height:
                continue
            if window and not inside([(number, piece) for piece in under.pieces], window):
                continue
            start = max(under.box.left, window[0]) if window else under.box.left
            if abs(start - left) < ALIGNED or (under.box.left <= left and under.box.right > left):
                return number
            if window is None and abs(start - self._row_left(segment_number)) < FLUSH and start <= left:
                return number
        return None


def _right_margins(segments: list[Segment]) -> dict[int, float]:
    """Per page the x that lines of text run up to: the 95th percentile of where rows end."""
    ends: dict[int, list[float]] = {}
    for segment in segments:
        ends.setdefault(id(segment.page), []).append(segment.box.right)
    return {page: sorted(values)[int(0.95 * (len(values) - 1))] for page, values in ends.items()}
