"""Labels of forms found in the words of a page, tolerant of OCR errors and of how a form words them.

A label is compared letter by letter without marks, case, spaces and punctuation, because those are what OCR gets wrong
first; it must begin with a word and end with one, and it may run on into the line below.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from services.dossier.compare import squeeze
from services.extract.rows import Piece, Segment, Sheet

_ONE_MORE_ERROR = (6, 12, 22)  # letters from which one more wrong letter is forgiven
LONGEST = 110  # letters of the longest wording
SHORTEST_WRAP = 12  # letters: a shorter label does not run on to the next line
SHORTEST_MENDED = _ONE_MORE_ERROR[0]  # letters: shorter labels must stand as they are
PART = 3  # letters of a part by which a label is looked up
LAST_PART = 3 * len(_ONE_MORE_ERROR) + len(_ONE_MORE_ERROR) + 1  # no part of a label begins further on
_ONLY_FIGURES = {"cấp"}  # common words that are labels only before a figure
_BEFORE_FIGURES = {"citizen_id", "phone", "=scale"}  # without a colon their short wordings count before a figure
_NUMERAL = re.compile(r"(?:[IVX1l|]{1,4}|[A-DĐ]|\d{1,2})[.)/:]?$")
FAR = 0.7  # of the page's width: a label in mid-line goes on below only when its line runs so far
MARGIN = 0.82  # the last words of a line that ends here may begin a label (`Nơi` / `cấp: Bộ Công an`)
SHORT = 3  # letters: wordings up to here count only with their marks
SHORTEST_HUNG = 6  # unless it hangs on what stands before it (`cấp` / `ngày 20/06/2021`) or is all there is on both


@dataclass(frozen=True, slots=True)
class Label:
    """A wording: the concept it names (`name`, `date_of_birth`, …; empty for a heading) and whose (`father`, …).

    `party` is None where the label says nothing of whom; `colon`: counts only before a colon; `after`: counts only when
    the label before it is one of these concepts; `rank` orders wordings for one field, best 0;
    `exact`: the word as printed, for wordings so short that their letters without marks are other words (`do`, `Đỗ`).
    """

    squeezed: str
    concept: str
    party: str | None = None
    colon: bool = False
    after: tuple[str, ...] = ()
    rank: int = 0
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found: pieces `start` up to `end` of segment `segment` (`end` counts into the next one if it wrapped)."""

    label: Label
    segment: int
    start: int
    end: int
    end_segment: int
    errors: int
    colon: bool


@dataclass(frozen=True, slots=True)
class Index:
    """Labels, longest first, and where each is looked up: `whole` by all letters of those that allow no wrong one,
    `parts` by the first letter, the place and the three letters there, with the label's number and length."""

    labels: tuple[Label, ...]
    whole: dict[str, list[int]]
    parts: dict[str, list[dict[str, list[tuple[int, int]]]]]


def find_labels(sheet: Sheet, index: Index) -> list[Hit]:
    """Every label of the paper in reading order, the longest wording at each place.

    A label that needs another before it is dropped where that one is missing.
    """
    segments = sheet.segments
    below = _segments_below(segments)
    hits: list[Hit] = []
    taken: dict[int, int] = {}
    for number, segment in enumerate(segments):
        position = taken.get(number, 0)
        while position < len(segment.pieces):
            worded = squeeze(segment.pieces[position].text)
            hit = _match(segments, number, position, below[number], index, hits) if worded else None
            if hit is None:
                position += 1
                continue
            hits.append(hit)
            position = hit.end if hit.end_segment == number else len(segment.pieces)
            if hit.end_segment != number:
                taken[hit.end_segment] = max(taken.get(hit.end_segment, 0), hit.end)
    return hits


def _fits(label: Label, row: int, hits: list[Hit], segments: list[Segment]) -> bool:
    """Whether what a label needs before it stands there, on its row or the one above."""
    if not label.after:
        return True
    near = [hit for hit in hits[-2:] if segments[hit.end_segment].row >= row - 1]
    return any(hit.label.concept.lstrip("=") in label.after for hit in near)


def index_labels(labels: Iterable[Label]) -> Index:
    """Labels by parts of their letters: a wrong letter spoils one, and there is one part more than wrong letters."""
    ordered = tuple(sorted(labels, key=lambda item: -len(item.squeezed)))
    index = Index(ordered, {}, {})
    for number, label in enumerate(ordered):
        off = _errors_allowed(len(label.squeezed))
        if not off:
            index.whole.setdefault(label.squeezed, []).append(number)
        for at in range(0, 3 * off + 1, 3) if off else ():
            for first in set(label.squeezed[:2]):
                tables = index.parts.setdefault(first, [{} for _ in range(LAST_PART)])
                for place in range(max(at - off, 0), min(at + off + 1, LAST_PART)):
                    tables[place].setdefault(label.squeezed[at : at + PART], []).append((number, len(label.squeezed)))
    return index


def _within_reach(index: Index, letters: str, ends: Iterable[int]) -> list[Label]:
    """Labels that may stand here, longest first: most end near no piece's end, or have other letters there.

    One of a label's first two letters must stand first: one wrong letter at the start is survived.
    """
    lengths = {length for end in ends for length in _reached(end)}
    found = {n for end in lengths if end < SHORTEST_MENDED for n in index.whole.get(letters[:end], ())}
    for at, table in enumerate(index.parts.get(letters[0], ())[: len(letters)]):
        for number, length in table.get(letters[at : at + PART], ()):
            if length in lengths:
                found.add(number)
    return [index.labels[number] for number in sorted(found)]


@cache
def _reached(end: int) -> tuple[int, ...]:
    """Lengths of labels that may end at a count of letters, wrong letters allowed for."""
    most = len(_ONE_MORE_ERROR)
    return tuple(n for n in range(max(end - most, 1), end + most + 1) if abs(n - end) <= _errors_allowed(n))


def _segments_below(segments: list[Segment]) -> list[int | None]:
    """For each segment the one in the next row that stands under it, flush left with it or left of it."""
    by_row: dict[int, list[int]] = {}
    for number, segment in enumerate(segments):
        by_row.setdefault(segment.row, []).append(number)
    found: list[int | None] = []
    for segment in segments:
        candidates = [
            number
            for number in by_row.get(segment.row + 1, [])
            if segments[number].page is segment.page and segments[number].box.left < segment.box.right
        ]
        under = next((n for n in candidates if segments[n].box.right > segment.box.left), None)
        breaks_off = segment.box.right > MARGIN and by_row[segment.row][0] != by_row[segment.row][-1]
        found.append(candidates[0] if under is None and candidates and breaks_off else under)
    return found


def _match(  # noqa: PLR0917 - the place, and what stands around it
    segments: list[Segment],
    number: int,
    position: int,
    below: int | None,
    index: Index,
    hits: list[Hit],
) -> Hit | None:
    ends, letters = _letters(segments, number, position, below)
    if not letters:
        return None
    best: tuple[float, Hit] | None = None
    for label in _within_reach(index, letters, ends):
        found = _end_of(label.squeezed, letters, ends)
        if found is None:
            continue
        at, errors = found
        end_segment, end = ends[at]
        colon = _colon_at(segments[end_segment], end)
        wrapped = end_segment != number
        rest = wrapped and end == len(segments[end_segment].pieces)
        span = _Span(segments[number], position, end, wrapped=wrapped, rest_is_whole=rest)
        if not _may_stand(label, span, at, errors, colon=colon):
            continue
        whole = not wrapped and not position and end == len(segments[number].pieces)
        colon = colon or (whole and not label.concept and _has_right(segments, number))
        figure = label.concept in _BEFORE_FIGURES and _before_figures(segments[end_segment].pieces, end)
        if label.exact in _ONLY_FIGURES and not _before_figures(segments[end_segment].pieces, end):
            continue
        if (label.colon and not (colon or whole or figure)) or not _fits(label, segments[number].row, hits, segments):
            continue
        score = len(label.squeezed) - 2.5 * errors
        if wrapped and _has_right(segments, number) and _has_right(segments, end_segment):
            score -= LONGEST  # two lines of a table, unless the first alone is no label
        if best is None or score > best[0]:
            best = (score, Hit(label, number, position, end, end_segment, errors, colon))
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a wording was found: pieces `start` up to `end`, or (`wrapped`) from `start` on and into the line below.

    `rest_is_whole`: its rest is all of the line below.
    """

    segment: Segment
    start: int
    end: int
    wrapped: bool
    rest_is_whole: bool

    @property
    def pieces(self) -> list[Piece]:
        return self.segment.pieces[self.start :] if self.wrapped else self.segment.pieces[self.start : self.end]


def _may_stand(label: Label, span: _Span, letters: int, errors: int, *, colon: bool) -> bool:
    """Whether a wording may be believed at its place: short ones, wrong letters and line breaks need more evidence."""
    if label.exact and not _is_printed(label.exact, span.pieces):
        return False
    item = span.start == 1 and _NUMERAL.match(span.segment.pieces[0].text)
    if span.start and not item and not colon and span.segment.text.isupper():  # of a title: `BẢN VẼ THIẾT KẾ XÂY DỰNG`
        return False
    if span.wrapped:  # the next line is seldom a label's rest
        near_margin = not span.start or span.segment.box.right > FAR
        stub = not span.start and span.rest_is_whole
        fewest = SHORTEST_HUNG if label.after or stub or colon else SHORTEST_WRAP
        return near_margin and not errors and letters >= fewest and (colon or span.rest_is_whole or bool(label.after))
    begins = label.squeezed.startswith(squeeze(span.pieces[0].text))
    if errors and _has_comma(span.pieces[:-1] if letters < SHORTEST_WRAP else [] if begins else span.pieces[:1]):
        return False
    if (
        errors and not label.concept and letters < SHORTEST_WRAP
    ):  # a short heading is its whole line: `Xã Nhân`, `Xác nhận`
        return colon or len(span.pieces) == len(span.segment.pieces)
    # within a line a short wording with wrong letters is a word of its own: `Bản Chu`, `Bằng chữ`
    return not errors or len(label.squeezed) >= SHORTEST_WRAP or not span.start or colon


def _is_printed(exact: str, pieces: list[Piece]) -> bool:
    return " ".join(piece.text for piece in pieces).strip(" .,;:-()").casefold() == exact


def _has_right(segments: list[Segment], number: int) -> bool:
    """Whether something stands apart on the right, as the value of a cell does."""
    return number + 1 < len(segments) and segments[number + 1].row == segments[number].row


def _before_figures(pieces: list[Piece], end: int) -> bool:
    return end < len(pieces) and sum(char.isdigit() for char in pieces[end].text) > 1


def _has_comma(pieces: list[Piece]) -> bool:
    """A short wording is not mended across a comma: `Ngân, sinh` is no misread `Ngày sinh`."""
    return any(piece.text.endswith((",", ";", ".")) for piece in pieces)


def _letters(
    segments: list[Segment], number: int, position: int, below: int | None
) -> tuple[dict[int, tuple[int, int]], str]:
    """The letters from here to the next colon, and for each count of letters that ends a piece where that is."""
    ends: dict[int, tuple[int, int]] = {}
    letters = ""
    places = [(number, n) for n in range(position, len(segments[number].pieces))]
    if below is not None:
        places += [(below, n) for n in range(len(segments[below].pieces))]
    for segment, n in places:
        letters += squeeze(segments[segment].pieces[n].text)
        ends[len(letters)] = (segment, n + 1)
        if len(letters) > LONGEST or segments[segment].pieces[n].text.endswith(":"):
            break
    return ends, letters


def _end_of(wanted: str, letters: str, ends: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    """Where the wanted letters end among the piece ends, and with how many errors; None when they do not stand here."""
    length = len(wanted)
    allowed = _errors_allowed(length)
    if length in ends and letters.startswith(wanted):
        return length, 0
    best: tuple[int, int] | None = None
    for at in range(length - allowed, length + allowed + 1) if allowed else ():
        if at not in ends:
            continue
        errors = Levenshtein.distance(wanted, letters[:at], score_cutoff=allowed)
        if errors <= allowed and (best is None or errors < best[1]):
            best = (at, errors)
    return best


@cache
def _errors_allowed(length: int) -> int:
    return sum(length >= step for step in _ONE_MORE_ERROR)


def _colon_at(segment: Segment, end: int) -> bool:
    """Whether the label just read ends with a colon, or one follows a footnote mark or `(nếu có)`."""
    if segment.pieces[end - 1].text.endswith(":"):
        return True
    return any(piece.text.endswith(":") for piece in segment.pieces[end : end + 3])
