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
from services.ocr.letters import base_letter

SHORTEST = 2
LIKELY = log(1e-3)
"""Without white between them, two syllables are parted when the second follows the first at least this often (nats)."""

RARER = log(100)
"""A known word counts as two written together when it is this much rarer than they are: any text has misprints."""

CLEARLY = log(10)
"""One way to part a word is taken when it is so much likelier than the next."""

PIECES = 4
VOWELS = frozenset("aeiouy")

SYLLABLE = 7
"""Letters of the longest syllable, `nghiêng`."""

LONGEST = 24
"""Letters: what is longer is an address or a line of noise."""

WHITE = 2
"""Columns of a cut that are more than the white within a word by chance."""


def joined_at(text: str, language: Language, whites: Sequence[int] = ()) -> list[int]:
    """Where pieces of a word of letters alone (lower case) begin, ascending, without 0; `whites` as letters have."""
    if not SHORTEST < len(text) <= LONGEST:
        return []
    if is_syllable(text):
        return _two(text, language)
    if cuts := english_at(text):
        return cuts
    if language.knows(text):
        return _two(text, language)
    return _seen(text, language, whites) or _two(text, language) or _only(text, language)


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


def _only(text: str, language: Language) -> list[int]:
    """The cuts of a word with Vietnamese letters that leave nothing but syllables in use, `úyban`; none in doubt."""
    if text.isascii():
        return []
    ways: list[list[list[int]]] = [[[]]]
    for end in range(1, len(text) + 1):
        starts = [
            start
            for start in range(max(0, end - SYLLABLE), end)
            if _is_used(text[start:end], language) and not (start and base_letter(text[start]) in VOWELS)
        ]  # `trưông` is one syllable misread, not two
        ways.append([[*way, start] for start in starts for way in ways[start]][:PIECES])
    scored = sorted(((_likely(text, [*way, end], language), way) for way in ways[-1]), reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] < scored[1][0] + CLEARLY):
        return []
    return scored[0][1][1:]


def _likely(text: str, cuts: Sequence[int], language: Language) -> float:
    pieces = ["", *(text[start:end] for start, end in pairwise(cuts))]
    return sum(language.score(before, piece) for before, piece in pairwise(pieces))


def _is_used(piece: str, language: Language) -> bool:
    return len(piece) >= SHORTEST and is_syllable(piece) and language.knows(piece)


def english_at(text: str) -> list[int]:
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
