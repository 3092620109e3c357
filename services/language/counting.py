"""Counts syllables and pairs of them in Vietnamese text, leaving out what the evaluation will ask."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from services.language.counts import NUMBER, START, Counts

TOKEN = re.compile(r"[^\W\d_]+|\d+|[.;:()]")
WORD = re.compile(r"[^\W_]+")
SHARED = 8
"""A line that shares this many words in a row with an evaluation text is left out."""

SHORTEST_LINE = 20
SEEN_AT_LEAST = 2

Gram = tuple[str, ...]


def grams_of(text: str) -> Iterator[Gram]:
    """All runs of eight words of a text, lower case."""
    words = WORD.findall(unicodedata.normalize("NFC", text).lower())
    return zip(*(words[start:] for start in range(SHARED)), strict=False)


def count_lines(lines: Iterable[str], left_out: frozenset[Gram] = frozenset()) -> Counts:
    """Counts of all different lines of at least twenty letters that share no run with what is left out."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in _different(lines):
        if any(gram in left_out for gram in grams_of(line)):
            continue
        _count_line(line, singles, pairs)
    return Counts(dict(singles), dict(pairs))


def add_counts(counts: Iterable[Counts]) -> Counts:
    """The sum of counts, without what was seen only once in all."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for one in counts:
        singles.update(one.syllables)
        pairs.update(one.pairs)
    return Counts(
        {syllable: seen for syllable, seen in singles.items() if seen >= SEEN_AT_LEAST},
        {pair: seen for pair, seen in pairs.items() if seen >= SEEN_AT_LEAST},
    )


def _different(lines: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for line in lines:
        clean = unicodedata.normalize("NFC", line.strip())
        if len(clean) >= SHORTEST_LINE and clean not in seen:
            seen.add(clean)
            yield clean


def _count_line(line: str, singles: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
    before = START
    for piece in TOKEN.findall(line.lower()):
        if piece in ".;:()":
            before = START
            continue
        syllable = NUMBER if piece[0].isdigit() else piece
        singles[syllable] += 1
        pairs[before, syllable] += 1
        before = syllable
