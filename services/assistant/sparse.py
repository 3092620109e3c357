"""Cosine of term vectors (tf-idf) and BM25 over small documents, as postings in flat arrays."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Places = NDArray[np.int32]

Weigher = Callable[[Counter[str], Mapping[str, float], float], dict[str, float]]
"""Weights of the terms of one document from its counts, the rarity of terms and the mean length."""

SATURATION, LENGTH = 1.2, 0.4
"""k1 and b of BM25 (Robertson and Zaragoza 2009): names and phrases are short, so length says little."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """`starts[i]:starts[i + 1]` are the postings of term i: documents and weights; `rarity` is its idf."""

    size: int
    terms: Mapping[str, int]
    rarity: Numbers
    starts: Places
    documents: Places
    weights: Numbers

    def cosine(self, terms: Sequence[str]) -> Numbers:
        """The cosine of the question's term vector with every document's (0 to 1)."""
        found = [(self.terms[term], seen) for term, seen in Counter(terms).items() if term in self.terms]
        known = sum((self.rarity[at] * (1 + math.log(seen))) ** 2 for at, seen in found)
        # a word never seen is as telling as the rarest one
        unknown = (len(set(terms)) - len(found)) * float(self.rarity.max(initial=1.0)) ** 2 * UNKNOWN
        length = math.sqrt(known + unknown) or 1.0
        return self._add([(at, float(self.rarity[at]) * (1 + math.log(seen)) / length) for at, seen in found])

    def match(self, terms: Sequence[str]) -> Numbers:
        """The sum of the weights of the question's terms in every document (for BM25 weights)."""
        return self._add([(self.terms[term], 1.0) for term in dict.fromkeys(terms) if term in self.terms])

    def _add(self, found: Sequence[tuple[int, float]]) -> Numbers:
        total = np.zeros(self.size, np.float32)
        for at, weight in found:
            here = slice(self.starts[at], self.starts[at + 1])
            total[self.documents[here]] += self.weights[here] * weight
        return total


UNKNOWN = 0.3
"""How much a word that no document holds counts in the length of a question."""


def build_cosine(documents: Sequence[Sequence[str]]) -> Sparse:
    """Weights (1 + log tf) · idf, every document of length one."""
    return _build(documents, cosine_weights)


def build_bm25(documents: Sequence[Sequence[str]]) -> Sparse:
    """BM25 weights."""
    return _build(documents, bm25_weights)


def cosine_weights(counts: Counter[str], rarity: Mapping[str, float], _mean: float) -> dict[str, float]:
    """(1 + log tf) · idf, of length one."""
    raw = {term: rarity[term] * (1 + math.log(times)) for term, times in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {term: weight / length for term, weight in raw.items()}


def bm25_weights(counts: Counter[str], rarity: Mapping[str, float], mean: float) -> dict[str, float]:
    """BM25."""
    norm = SATURATION * (1 - LENGTH + LENGTH * counts.total() / mean)
    return {term: rarity[term] * times * (SATURATION + 1) / (times + norm) for term, times in counts.items()}


def _build(documents: Sequence[Sequence[str]], weigh: Weigher) -> Sparse:
    counted = [Counter(terms) for terms in documents]
    holding = Counter(term for counts in counted for term in counts)
    rarity = {term: math.log(1 + (len(documents) - seen + 0.5) / (seen + 0.5)) for term, seen in holding.items()}
    mean = sum(counts.total() for counts in counted) / max(len(counted), 1)
    postings: dict[str, list[tuple[int, float]]] = {}
    for at, counts in enumerate(counted):
        for term, weight in weigh(counts, rarity, mean).items():
            postings.setdefault(term, []).append((at, weight))
    terms = sorted(postings)
    flat = [place for term in terms for place in postings[term]]
    return Sparse(
        len(documents),
        {term: at for at, term in enumerate(terms)},
        np.array([rarity[term] for term in terms], np.float32),
        np.cumsum([0, *(len(postings[term]) for term in terms)]).astype(np.int32),
        np.array([document for document, _ in flat], np.int32),
        np.array([weight for _, weight in flat], np.float32),
    )
