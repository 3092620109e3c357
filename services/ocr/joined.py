"""Letters written together taken apart: no Vietnamese syllable is written together with the next.

Three things speak for a cut: both sides are syllables and the whole is none, the language model knows the second side
after the first, and the picture shows more white there than anywhere else in the word. English words stand on papers
in two languages (citizen cards, passports); they are parted by a short list, as no syllable tells where they end.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from services.language.counts import Language
from services.language.english import is_english
from services.language.syllable import is_syllable

SHORTEST = 2
LIKELY = log(1e-3)
"""Without white between them, two syllables are parted when the second follows the first at least this often (nats)."""

RARER = log(100)
"""A known word counts as two written together when it is this much rarer than they are: any text has misprints."""

PIECES = 4
LONGEST = 24
"""Letters: what is longer is an address or a line of noise."""

WHITE = 2
"""Columns of a cut that are more than the white within a word by chance."""


def joined_at(text: str, language: Language, whites: Sequence[int] = ()) -> list[int]:
    """Where pieces of a word of letters alone (lower case) begin, ascending, without 0; `whites` as letters have."""
    if not SHORTEST < len(text) <= LONGEST:
        return []
    if is_syllable(text) or language.knows(text):
        return _two(text, language)
    return _english(text) or _seen(text, language, whites) or _two(text, language)


def _two(text: str, language: Language) -> list[int]:
    found = []
    for cut in range(SHORTEST, len(text) - SHORTEST + 1):
        first, second = text[:cut], text[cut:]
        follows = language.score(first, second)
        if language.knows(first) and follows > LIKELY:
            found.append((language.score("", first) + follows, cut))
    best = max(found, default=None)
    if best is None or (language.knows(text) and best[0] < language.score("", text) + RARER):
        return []
    return [best[1]]


def _seen(text: str, language: Language, whites: Sequence[int]) -> list[int]:
    """Cuts where the picture shows the most white of the word, all pieces being syllables that are in use."""
    inside = whites[: len(text) - 1]
    if len(inside) < len(text) - 1:
        return []
    for count in range(1, PIECES):
        widest = sorted(range(len(inside)), key=lambda at: -inside[at])[:count]
        others = [white for at, white in enumerate(inside) if at not in widest]
        cuts = sorted(at + 1 for at in widest)
        is_set_off = min(inside[at] for at in widest) > max([WHITE - 1, *others])
        if is_set_off and all(_is_used(text[a:b], language) for a, b in pairwise([0, *cuts, len(text)])):
            return cuts
    return []


def _is_used(piece: str, language: Language) -> bool:
    return len(piece) >= SHORTEST and is_syllable(piece) and language.knows(piece)


def _english(text: str) -> list[int]:
    """The first of the fewest cuts that leave words of the list alone, `l` and `i` taken for one another."""
    best: list[list[int] | None] = [[]]
    for end in range(1, len(text) + 1):
        ways = [
            [*before, start]
            for start in range(max(0, end - LONGEST), end)
            if (before := best[start]) is not None and is_english(text[start:end])
        ]
        best.append(min(ways, key=len, default=None))
    return (best[-1] or [0])[1:]
