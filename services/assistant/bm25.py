"""BM25 (Robertson and Zaragoza 2009) over small documents held in memory."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

SATURATION, LENGTH = 1.2, 0.5
"""k1 and b: documents are names and short phrases, so length says little."""


@dataclass(frozen=True, slots=True)
class Bm25:
    """Which documents hold a term, and how much that counts."""

    size: int
    postings: dict[str, tuple[NDArray[np.int32], Scores]]

    def score(self, terms: Iterable[str]) -> Scores:
        """The score of every document (0: no term in common)."""
        total = np.zeros(self.size, np.float32)
        for term in dict.fromkeys(terms):
            found = self.postings.get(term)
            if found is not None:
                total[found[0]] += found[1]
        return total


def build_bm25(documents: Sequence[Sequence[str]]) -> Bm25:
    """An index of documents given as their terms."""
    mean = sum(map(len, documents)) / max(len(documents), 1)
    seen: dict[str, list[tuple[int, int]]] = {}
    for at, terms in enumerate(documents):
        for term, times in Counter(terms).items():
            seen.setdefault(term, []).append((at, times))
    postings = {}
    for term, places in seen.items():
        rarity = math.log(1 + (len(documents) - len(places) + 0.5) / (len(places) + 0.5))
        weights = [
            rarity * times * (SATURATION + 1) / (times + SATURATION * (1 - LENGTH + LENGTH * len(documents[at]) / mean))
            for at, times in places
        ]
        postings[term] = (np.array([at for at, _ in places], np.int32), np.array(weights, np.float32))
    return Bm25(len(documents), postings)
