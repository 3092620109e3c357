"""Spaces the recogniser did not see: a Vietnamese syllable is never written together with the next.

Only letters are parted, and only where the language model knows both sides as neighbours, so codes, addresses of the
Internet and unknown names stay as seen.
"""

import math
from itertools import groupby

from services.language.counts import Language

SIGNS = ",;:)"
"""A space stands after these when a letter is next; a full stop is left alone for the sake of abbreviations."""

SHORTEST = 2
LIKELY = math.log(1e-3)
"""Two syllables are parted when the second follows the first at least this often (nats)."""

RARER = math.log(100)
"""A known word counts as two written together when it is this much rarer than they are: any text has misprints."""

CODE = frozenset("/@_.")


def missing_spaces(word: str, language: Language) -> list[int]:
    """Where parts of a word begin, ascending, without 0: `NGHỊĐỊNH` gives [4], `Nội,ngày` gives [4]."""
    if any(letter.isdigit() or letter in CODE for letter in word.rstrip(".")):
        return []
    cuts, start = [], 0
    for is_alpha, run in groupby(word, key=str.isalpha):
        text = "".join(run)
        if is_alpha:
            if start and word[start - 1] in SIGNS:
                cuts.append(start)
            cuts += [start + cut for cut in _joined_at(text.lower(), language)]
        start += len(text)
    return cuts


def _joined_at(text: str, language: Language) -> list[int]:
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
