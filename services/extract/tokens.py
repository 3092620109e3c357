"""The words of a paper as the labeller sees them: what each is like, where it stands and what stands round it.

Nothing here knows a label. A word is its letters without marks, its first three, and its shape; what stands round it
are words before and behind on its row, and spans of words: left of it, right of it, above it, at the start of its row,
the last heading, the rows before and after, the nearest words above that name a person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.dossier.compare import squeeze
from services.dossier.kinds import PaperKind
from services.extract.rows import Segment, Sheet

BUCKETS = 6144
SHAPES = 96
OFFSETS = (-3, -2, -1, 1, 2, 3)
SPANS = 8  # left, right, above, stub, heading, row before, row after, head of the column
DENSE = 48
KINDS = tuple(PaperKind)
REACH = 7  # words of a span beside a word
COLUMN = 14  # rows that the head of a column is looked for above
HEADING_WORDS = 8
WHOLE_ROW = 12

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", r"\d{1,2}[/.-]\d{4}", r"(?:19|20)\d\d", r"\d{12}", r"\d{9}", r"0\d{9,10}",
        r"\d{13,}", r"\d{1,2}", r"\d{3,4}", r"\d{5,8}", r"\d+[.,]\d{1,2}", r"\d{1,3}(?:[.,]\d{3})+", r"\d{1,2}:\d\d",
        r"\d+/.*[A-ZĐ].*", r"[A-ZĐ]{1,3}\d+", r"[A-ZĐ]{2}", r".*@.*", r".*<<.*", r"[IVX]{1,4}", r"[☒☑].*", r"[☐□].*",
    )
)  # fmt: skip
# words that name a person, and the groups of them whose latest place a word is told
_NAMED = (
    frozenset({"cha", "bo"}), frozenset({"me", "san"}), frozenset({"chong", "nam"}), frozenset({"vo", "nu"}),
    frozenset({"yeu", "khai", "nop", "lam"}), frozenset({"tre", "con", "chau"}), frozenset({"uy", "uyquyen"}),
    frozenset({"duoc", "nhan"}), frozenset({"a"}), frozenset({"b"}), frozenset({"chet", "mat"}),
    frozenset({"chuyen", "ban", "tang"}),
)  # fmt: skip
_PERSON = frozenset({"nguoi", "ben", "chu", "uy", "yeu", "khai"}).union(_NAMED[0], _NAMED[1], *_NAMED[2:4], _NAMED[5])
LATELY = 25.0  # words after which a person named is half forgotten and more


@dataclass(frozen=True, slots=True)
class Tokens:
    """Arrays over the `n` words of a paper in reading order.

    `words`, `heads`, `shapes` (n) are places in tables; `near` (n, 6) words of the row at OFFSETS, n where there is
    none; `spans` (n, 8, 2) from and to; `dense` (n, DENSE) numbers between 0 and 1; `segment` (n) its segment and
    `piece` (n) its place there.
    """

    words: NDArray[np.int32]
    heads: NDArray[np.int32]
    shapes: NDArray[np.int32]
    near: NDArray[np.int32]
    spans: NDArray[np.int32]
    dense: NDArray[np.float32]
    segment: NDArray[np.int32]
    piece: NDArray[np.int32]


@lru_cache(maxsize=16384)
def _look(text: str) -> tuple[int, int, int, str]:
    """Word, head and shape of a printed word, and its folded letters."""
    plain = squeeze(text)
    end = 3 if text.endswith(":") else 2 if text.endswith((",", ";")) else 1 if text.endswith((".", ")")) else 0
    bare = text.strip(".,;:()\"'“”")
    form = next((at for at, pattern in enumerate(_FORMS) if pattern.fullmatch(bare)), None)
    if form is None:
        form = len(_FORMS) + (
            0 if not bare else 1 if any(c.isdigit() for c in bare) else 2 if bare.isupper() and len(bare) > 1
            else 3 if bare[0].isupper() else 4
        )  # fmt: skip
    if plain.isdigit():
        plain = "#" * min(len(plain), 13)
    return (
        crc32(plain.encode()) % BUCKETS,
        crc32(("^" + plain[:3]).encode()) % BUCKETS,
        min(4 * form + end, SHAPES - 1),
        plain,
    )


def tokens_of(sheet: Sheet) -> Tokens | None:
    """The words of a paper; None where there are none."""
    segments = sheet.segments
    looks = [_look(piece.text) for segment in segments for piece in segment.pieces]
    if not looks:
        return None
    plain = [look[3] for look in looks]
    table = np.array([look[:3] for look in looks], np.int32)
    owner = np.repeat(np.arange(len(segments), dtype=np.int32), [len(segment.pieces) for segment in segments])
    page = _Page(segments, plain, owner)
    place = np.arange(len(owner)) - page.starts[owner]
    return Tokens(
        table[:, 0], table[:, 1], table[:, 2], _near(page.row), _spans(page), _dense(page, plain, table[:, 2]), owner,
        place.astype(np.int32),
    )  # fmt: skip


def _near(row: NDArray[np.int32]) -> NDArray[np.int32]:
    count = len(row)
    at = np.arange(count)[:, None] + np.array(OFFSETS)
    inside = (at >= 0) & (at < count)
    same = inside & (row[np.clip(at, 0, count - 1)] == row[:, None])
    return np.where(same, at, count).astype(np.int32)


def _spans(page: "_Page") -> NDArray[np.int32]:
    """From and to of each span, in places of words; empty ones are from 0 to 0."""
    at = np.arange(len(page.row))
    first, last = np.searchsorted(page.row, page.row), np.searchsorted(page.row, page.row, side="right")
    spans = np.zeros((len(at), SPANS, 2), np.int32)
    spans[:, 0, 0], spans[:, 0, 1] = np.maximum(first, at - REACH), at
    spans[:, 1, 0], spans[:, 1, 1] = at + 1, np.minimum(last, at + 1 + REACH)
    spans[:, 2:] = _of_segments(page)[page.owner]
    return spans


def _of_segments(page: "_Page") -> NDArray[np.int32]:
    """For each segment the spans above, at the start of its row, of the last heading, of the rows before and after,
    and of the head of its column."""
    found = np.zeros((len(page.segments), 6, 2), np.int32)
    heading = (0, 0)
    for number, segment in enumerate(page.segments):
        line = page.rows[segment.row]
        if above := page.over(number, segment.row - 1):
            found[number, 0] = page.span(above[0], above[-1], REACH)
        if line[0] != number:
            found[number, 1] = page.span(line[0], line[0], REACH)
        found[number, 2] = heading
        for at, other in ((3, segment.row - 1), (4, segment.row + 1)):
            if beside := page.rows.get(other):
                found[number, at] = page.span(beside[0], beside[-1], WHOLE_ROW)
        found[number, 5] = page.head_of(number)
        if len(line) == 1 and page.names_person[number]:
            heading = page.span(number, number, HEADING_WORDS)
    return found


class _Page:
    """What the spans are taken from: segments, their words and rows."""

    def __init__(self, segments: Sequence[Segment], plain: Sequence[str], owner: NDArray[np.int32]) -> None:
        self.segments = segments
        self.owner = owner
        self.row = np.array([segment.row for segment in segments], np.int32)[owner]
        numbers = np.arange(len(segments))
        self.starts = np.searchsorted(owner, numbers)
        self.ends = np.searchsorted(owner, numbers, side="right")
        self.boxes = [segment.box for segment in segments]
        self.rows: dict[int, list[int]] = {}
        for number, segment in enumerate(segments):
            self.rows.setdefault(segment.row, []).append(number)
        self.names_person = [self._names(plain[self.starts[n] : self.ends[n]]) for n in numbers]

    @staticmethod
    def _names(words: Sequence[str]) -> bool:
        """Whether few words without a figure name a person."""
        few = len(words) <= HEADING_WORDS
        return few and not _PERSON.isdisjoint(words) and not any(word.startswith("#") for word in words)

    def span(self, first: int, last: int, most: int) -> tuple[int, int]:
        """The words of segments `first` to `last`, so many at most."""
        start = int(self.starts[first])
        return start, min(int(self.ends[last]), start + most)

    def over(self, number: int, row: int) -> list[int]:
        """The segments of a row that stand above or below a segment."""
        box = self.boxes[number]
        return [n for n in self.rows.get(row, []) if self.boxes[n].left < box.right and self.boxes[n].right > box.left]

    def head_of(self, number: int) -> tuple[int, int]:
        """The nearest segment above that names a person."""
        row = self.segments[number].row
        for back in range(1, COLUMN):
            for one in self.over(number, row - back):
                if self.names_person[one]:
                    return self.span(one, one, HEADING_WORDS)
        return 0, 0


def _dense(page: _Page, plain: Sequence[str], shapes: NDArray[np.int32]) -> NDArray[np.float32]:
    """Where a word stands, what was said before it on its row, who was named lately, what values stood before."""
    pieces = [piece for segment in page.segments for piece in segment.pieces]
    count, at = len(pieces), np.arange(len(pieces))
    found = np.zeros((count, DENSE), np.float32)
    left, right = (np.array([getattr(piece.box, side) for piece in pieces]) for side in ("left", "right"))
    top = np.array([piece.box.top for piece in pieces])
    found[at, np.clip(left * 8, 0, 7).astype(int)] = 1
    found[at, 8 + np.clip(top * 8, 0, 7).astype(int)] = 1
    begins = np.r_[True, page.owner[1:] != page.owner[:-1]]
    found[:, 16] = begins
    found[:, 17] = np.r_[True, page.row[1:] != page.row[:-1]]
    found[:, 18] = np.r_[begins[1:], True]
    found[:, 19] = np.clip(np.r_[0.0, left[1:] - right[:-1]] * 10, 0, 1)
    colon = np.array([piece.text.endswith(":") for piece in pieces])
    marks = np.r_[0, np.cumsum(colon)]
    found[:, 20] = marks[at] > marks[np.searchsorted(page.row, page.row)]
    found[:, 21] = np.r_[False, colon[:-1]]
    for number, words in enumerate(_NAMED):
        seen = np.array([word in words for word in plain])
        last = np.maximum.accumulate(np.where(seen, at, -1000))
        found[:, 22 + number] = np.exp(-(at - last) / LATELY)
    for number, (forms, each) in enumerate(_COUNTED):
        before = np.cumsum(np.isin(shapes // 4, forms)) / each
        found[at, 34 + 4 * number + np.clip(before, 0, 3).astype(int)] = 1
    found[:, 46] = np.clip(at / 200, 0, 1)
    found[:, 47] = 1
    return found


# personal numbers, days, and words with a capital by threes: how many stood before a word
_COUNTED = (((3, 4), 1), ((0,), 1), ((len(_FORMS) + 3,), 3))
