"""Columns that stand side by side are told from rows with a wide gap, and read one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from services.ocr.piece import Piece
from services.ocr.spacing import begins_inside

Row = list[Piece]

JOINED = 0.8
"""Letter heights: what is nearer on one row is one segment, broken by the detector alone."""

GUTTER = 0.5
"""Letter heights that must stay white between two columns through all their rows."""

CENTRED = 0.03
"""Share of the page's width by which the middles of centred lines differ at most."""

WIDER = 2.5
"""A line this many times wider than all above it does not go on with a centred column: it begins what comes after."""

RAGGED = 0.02
"""Left ends of lines that differ by less are aligned, not centred."""

ROOM = 16.0
"""Letter heights between a title and the name under it, where one signs."""

NEXT = 2.2
"""Letter heights to the next line of a list; a signature stands where a title is further from the name under it."""

MANY = 5
"""Rows of both columns: more than a heading or signatures have, so it is a table, or text in columns."""

HEAD = 0.25
"""Share of the page's height within which a heading begins."""

FULL = 0.75
"""Running text fills this share of its column on most rows."""

_LABEL = re.compile(r"^[^:]{1,60}:")
_NATION = re.compile(r"(?i)[\W_]*c[oộôổ]ng h[oòóỏ][aàáả] x[aãâ] h[oộôổ]i\b")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's height on a page, as a share of the page's width and of its height."""

    across: float
    down: float


@dataclass(slots=True)
class _Pair:
    """Two columns while they are followed down the page; the gutter from `low` to `high` stays `least` wide."""

    low: float
    high: float
    least: float
    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)

    def narrowed(self, row: Row) -> tuple[float, float]:
        """The gutter that would be left beside this row too."""
        middle = (self.low + self.high) / 2
        low = max([self.low, *(piece.box.right for piece in row if piece.centre < middle)])
        high = min([self.high, *(piece.box.left for piece in row if piece.centre >= middle)])
        return low, high

    def take(self, row: Row) -> None:
        """Share a row out to the columns."""
        self.low, self.high = self.narrowed(row)
        for side, part in zip((self.left, self.right), self._parted(row), strict=True):
            if part:
                side.append(part)

    def _parted(self, row: Row) -> tuple[Row, Row]:
        return [p for p in row if p.centre < self.low], [p for p in row if p.centre >= self.low]

    def continues(self, row: Row, letter: Letter) -> bool:
        """Whether the row keeps the gutter white and belongs below what the columns have."""
        low, high = self.narrowed(row)
        if high - low < self.least:
            return False
        left, right = self._parted(row)
        if left and right:
            if _is_labelled(left) and _is_labelled(right) and not self._goes_on(left, right, letter):
                return False  # two entries of a form side by side
            return _gap(self.left + self.right, row) < ROOM * letter.down
        return _belongs(self.left if left else self.right, row, letter)

    def is_heading(self) -> bool:
        """Whether it begins at the page's top with a name on the left, beside its form's number mostly."""
        return bool(self.left) and self.left[0][0].box.top < HEAD and not _is_labelled(self.left[0])

    def _goes_on(self, left: Row, right: Row, letter: Letter) -> bool:
        return self.is_heading() and _belongs(self.left, left, letter) and _belongs(self.right, right, letter)


def is_nation(text: str) -> bool:
    """Whether a text begins as the national title does (Decree 30/2020, appendix I), misread accents allowed."""
    return bool(_NATION.match(text))


def _is_labelled(row: Row) -> bool:
    return bool(_LABEL.match(row[0].line.text))


def _gap(rows: Sequence[Row], row: Row) -> float:
    bottom = max(piece.box.bottom for above in rows for piece in above)
    return min(piece.box.top for piece in row) - bottom


def _belongs(column: Sequence[Row], row: Row, letter: Letter) -> bool:
    """A line of one column alone goes on with it when it is aligned or centred like it."""
    if not column:
        return True
    first, last = row[0].box.left, row[-1].box.right
    gap = _gap(column, row)
    if abs(first - column[-1][0].box.left) < RAGGED / 2 and gap < NEXT * letter.down:
        return True
    widest = max(above[-1].box.right - above[0].box.left for above in column)
    centred = abs((first + last) / 2 - _middle(column)) < CENTRED and last - first < WIDER * widest
    return centred and gap < ROOM * letter.down


def _middle(column: Sequence[Row]) -> float:
    return sum(row[0].box.left + row[-1].box.right for row in column) / (2 * len(column))


def order_rows(rows: Sequence[Row], letter: Letter) -> Iterator[list[Row]]:
    """The rows as parts in reading order, each part the rows of one column."""
    joined = [_join(row, letter) for row in rows]
    plain: list[Row] = []
    at = 0
    while at < len(joined):
        pair, end = _follow(joined, at, letter)
        if pair is None:
            plain.append(joined[at])
            at += 1
            continue
        if plain:
            yield plain
            plain = []
        yield from order_rows(pair.left, letter)
        yield from order_rows(pair.right, letter)
        at = end
    if plain:
        yield plain


def _join(row: Row, letter: Letter) -> Row:
    joined: Row = []
    for piece in row:
        near = joined and (
            piece.box.left - joined[-1].box.right < JOINED * letter.across or begins_inside(piece.line.words)
        )
        if near and not is_nation(piece.line.text):
            before = joined.pop()
            words = before.line.words + piece.line.words
            joined.append(Piece(type(piece.line)(words), before.box.united(piece.box)))
        else:
            joined.append(piece)
    return joined


def _follow(rows: Sequence[Row], at: int, letter: Letter) -> tuple[_Pair | None, int]:
    """The pair of columns that begins at this row, where one does, and the row after its last."""
    for low, high in _gutters(rows, at):
        wide = GUTTER * letter.across
        # the motto stands in a column of its own, however near the agency's name comes to it
        if high - low < wide and not any(piece.box.left == high and is_nation(piece.line.text) for piece in rows[at]):
            continue
        pair, end = _Pair(low, high, min(wide, high - low)), at
        while end < len(rows) and (end == at or pair.continues(rows[end], letter)):
            pair.take(rows[end])
            end += 1
        if _are_columns(pair, letter):
            return pair, end
    return None, at


def _gutters(rows: Sequence[Row], at: int) -> list[tuple[float, float]]:
    """White stretches of a row, the widest first; of a lone piece, the one to a piece beside it a little lower."""
    row = rows[at]
    if len(row) == 1 and at + 1 < len(rows) and len(rows[at + 1]) == 1:
        one, other = sorted((row[0], rows[at + 1][0]), key=lambda piece: piece.box.left)
        beside = one.box.top < other.box.bottom and other.box.top < one.box.bottom
        return [(one.box.right, other.box.left)] if beside else []
    gutters = [(before.box.right, after.box.left) for before, after in pairwise(row)]
    return sorted(gutters, key=lambda gutter: gutter[0] - gutter[1])


def _are_columns(pair: _Pair, letter: Letter) -> bool:
    both = min(len(pair.left), len(pair.right))
    if not both or len(pair.left) + len(pair.right) < 3:  # noqa: PLR2004 - one row of two is read the same either way
        return False
    nation = [is_nation(row[0].line.text) for row in pair.right[:4]]
    if any(nation):
        return nation[0]  # what stands above the motto, a signature's banner mostly, is no part of the heading
    if _is_labelled(pair.left[0]) and _is_labelled(pair.right[0]):
        return False
    labels = sum(_is_labelled(row) for row in pair.right)
    labelled = sum(row[-1].line.text.endswith(":") for row in pair.left)
    if labels * 2 >= len(pair.right) or labelled * 2 > len(pair.left):
        return both < MANY and pair.is_heading() and _are_blocks(pair)
    if both >= MANY:
        return _is_running(pair.left) and _is_running(pair.right)
    return (
        _is_centred(pair.right)
        or _is_signed(pair.right, letter)
        or (_is_centred(pair.left) and not _is_flush(pair.right))
    )


def _are_blocks(pair: _Pair) -> bool:
    """Whether two columns are each set round a middle of its own, or the left one round its and the right one flush.

    Entries of a form stand flush on both sides, or share no middle.
    """
    centred = _share_middle(pair.left) and _is_centred(pair.right)
    return centred or (_is_centred(pair.left) and _is_flush(pair.right))


def _is_centred(column: Sequence[Row]) -> bool:
    return len(column) > 1 and _share_middle(column) and not _is_flush(column)


def _share_middle(column: Sequence[Row]) -> bool:
    centres = [row[0].box.left + row[-1].box.right for row in column]
    return max(centres) - min(centres) < 2 * CENTRED


def _is_signed(column: Sequence[Row], letter: Letter) -> bool:
    """Whether a column ends in a title with room to sign above the name under its middle."""
    return len(column) > 1 and _share_middle(column) and _gap(column[-2:-1], column[-1]) > NEXT * letter.down


def _is_flush(column: Sequence[Row]) -> bool:
    lefts = [row[0].box.left for row in column]
    return len(column) > 1 and max(lefts) - min(lefts) < RAGGED


def _is_running(column: Sequence[Row]) -> bool:
    widths = sorted(row[-1].box.right - row[0].box.left for row in column)
    return sum(width > FULL * widths[-1] for width in widths) > FULL * len(widths)
