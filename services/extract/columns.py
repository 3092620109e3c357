"""Two persons side by side: a table with what is asked on its left, or two halves with labels of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.candidates import is_long
from services.extract.labels import Hit
from services.extract.lexicon import Form, field_of
from services.extract.rows import Segment, Sheet
from services.extract.values import Found, Reader

APART = 0.15  # of the page's width: headings nearer than this stand in running text
CROSSING = 0.1  # of the page's width: a line that reaches so far into both halves belongs to neither
WIDE = 0.55


@dataclass(frozen=True, slots=True)
class Side:
    """One person's column: between which x (fractions of the page's width) the words are of that person."""

    party: str
    window: tuple[float, float]


class Columns:
    """From a row that names both persons, everything below belongs to one side or the other until lines cross."""

    def __init__(self, sheet: Sheet, sides: tuple[Side, Side], rows: tuple[int, int]) -> None:
        self.segments = sheet.segments
        self.sides = sides
        self.rows = rows

    def holds(self, hit: Hit) -> bool:
        """Whether a label stands in the rows of the two columns and is of a person."""
        row = self.segments[hit.segment].row
        return self.rows[0] <= row < self.rows[1] and hit.label.concept[:1] not in {"", "="}

    def read(self, form: Form, reader: Reader, hit: Hit) -> Iterator[tuple[str, Found]]:
        """A label before both columns is for both; one within a column for that person."""
        left = self.segments[hit.segment].pieces[hit.start].box.left
        edge = self.sides[0].window[0]
        stub = edge if edge > 0 else None
        for side in self._sides_of(left):
            name = field_of(form, hit.label.concept, hit.label.party or side.party)
            if name and (
                found := reader.read(hit, long=stub is not None or is_long(name), window=side.window, cell=stub)
            ):
                yield name, found

    def _sides_of(self, left: float) -> tuple[Side, ...]:
        first, second = self.sides
        if left >= second.window[0]:
            return (second,)
        return (first,) if left >= first.window[0] else self.sides


def find_columns(form: Form, sheet: Sheet, reader: Reader, hits: Sequence[Hit]) -> Columns | None:
    """The columns of two persons, when one row names both of them; None where they follow one another."""
    by_row: dict[int, dict[str, Hit]] = {}
    for hit in hits:
        party = hit.label.party
        if party is not None and (party in form.columns or _is_head(hit)):
            by_row.setdefault(sheet.segments[hit.segment].row, {}).setdefault(party, hit)
    for row, named in sorted(by_row.items()):
        if len(named) == 2 and (columns := _columns_at(sheet, reader, hits, row, named)):  # noqa: PLR2004
            return columns
    return None


def _is_head(hit: Hit) -> bool:
    return not hit.label.concept and hit.start == 0


def _columns_at(sheet: Sheet, reader: Reader, hits: Sequence[Hit], row: int, named: dict[str, Hit]) -> Columns | None:
    segments = sheet.segments
    heads = sorted(named.items(), key=lambda item: segments[item[1].segment].pieces[item[1].start].box.left)
    one, other = (segments[hit.segment].pieces[hit.start].box for _, hit in heads)
    if other.left - one.left < APART or heads[0][1].segment == heads[1][1].segment:
        return None
    heading = not heads[0][1].label.concept
    middle = _middle(segments, heads) if heading else other.left - 0.005
    end = _end_of(sheet, row + 1, middle)
    inner = [s for s in segments if row < s.row < end]
    if not any(s.box.left > middle for s in inner):  # signatures: nothing more stands in the columns
        return None
    edge = min((s.box.left for s in inner if s.box.left > middle), default=middle + 0.005) - 0.005
    start = _start_of(segments, reader, hits, (row, end), (one.left, edge)) if heading else 0.0
    sides = Side(heads[0][0], (start, edge)), Side(heads[1][0], (edge, 1.01))
    return Columns(sheet, sides, (row, end))


def _middle(segments: list[Segment], heads: Sequence[tuple[str, Hit]]) -> float:
    """Halfway between the middles of both headings: centred or flush, the second column begins right of it."""
    middles = []
    for _, hit in heads:
        pieces = segments[hit.segment].pieces[hit.start : hit.end if hit.end_segment == hit.segment else None]
        middles.append((pieces[0].box.left + pieces[-1].box.right) / 2)
    return (middles[0] + middles[1]) / 2


def _end_of(sheet: Sheet, row: int, middle: float) -> int:
    """The first row that runs across the middle without a gap there."""
    for number in range(row, len(sheet.rows)):
        for segment in sheet.rows[number].segments[
            :1
        ]:  # what stands right of a label on the left is cells run together
            box = segment.box
            crosses = box.left < middle - CROSSING and box.right > middle + CROSSING
            if crosses and box.right - box.left > WIDE and not _parted(segment, middle, sheet):
                return number
    return len(sheet.rows)


def _parted(segment: Segment, middle: float, sheet: Sheet) -> bool:
    """Whether two words near the middle stand further apart than words of one line do."""
    letter = sheet.width(segment.page)
    near = [
        after.box.left - before.box.right
        for before, after in zip(segment.pieces, segment.pieces[1:], strict=False)
        if before.box.right < middle + CROSSING and after.box.left > middle - CROSSING
    ]
    return max(near, default=0.0) > 0.9 * letter


def _are_halves(segments: list[Segment], labels: Sequence[Hit], edge: float) -> bool:
    """Whether rows ask for the same on both sides of the edge, more of them than ask once for both persons."""
    asked: dict[tuple[int, str], set[bool]] = {}
    for hit in (label for label in labels if not label.label.after):
        segment = segments[hit.segment]
        right = segment.pieces[hit.start].box.left > edge
        asked.setdefault((segment.row, hit.label.concept), set()).add(right)
    twice = sum(len(sides) > 1 for sides in asked.values())
    return twice > sum(sides == {False} for sides in asked.values())


def _start_of(
    segments: list[Segment], reader: Reader, hits: Sequence[Hit], rows: tuple[int, int], heads: tuple[float, float]
) -> float:
    """Where the first column begins: after the labels on the left, or at 0 where labels stand within the columns."""
    labels = [h for h in hits if h.label.concept and rows[0] < segments[h.segment].row < rows[1]]
    beside = [h for h in labels if segments[h.segment].pieces[h.start].box.left < heads[1]]
    if _are_halves(segments, labels, heads[1]):
        return 0.0
    firsts = []
    for hit in beside:
        pieces = segments[hit.end_segment].pieces[hit.end :]
        after = [n for n in reader.rows[segments[hit.end_segment].row] if n > hit.end_segment]
        lefts = [p.box.left for p in pieces] + [segments[n].box.left for n in after]
        firsts += lefts[:1]
    return min((left for left in firsts if left < heads[1]), default=heads[0]) - 0.005
