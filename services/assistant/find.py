"""The port: which procedures a question is about, best first. In process; index and ranker come with the product."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from services.assistant.candidate import Candidate
from services.assistant.embed import Embedder, embed_question, load_embedder
from services.assistant.features import SIGNALS, Features, gather_features
from services.assistant.index import Index, load_index
from services.assistant.question import Question, read_question
from services.assistant.ranker import load_ranker, read_marks, shares_of
from services.assistant.sparse import Numbers

REASONS = 3
KEPT = 512
"""Questions whose candidates are remembered: the same few are asked all day."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """The search over an index; codes that are `gone` (no longer in force) are never found."""

    index: Index
    gone: frozenset[str] = frozenset()

    def __call__(
        self, question: str, *, prior: Mapping[str, float] | None = None, limit: int = 10
    ) -> tuple[Candidate, ...]:
        """The likeliest procedures, best first, at most `limit`; empty when no word is known.

        `prior`: what the talk so far says of a code, as a share of one to add to its score, such as the procedure
        asked about before. Scores are shares of one over all candidates; only the first candidate's confidence is
        calibrated, the others share what is left by their scores.
        """
        read = read_question(question)
        if not read.matter:
            return ()
        features, scores, sure = _rank(self, read)
        if not len(features.rows):
            return ()
        return _list_candidates(self.index, features, shares_of(scores), sure, prior or {})[:limit]


def find_procedures(
    question: str, *, prior: Mapping[str, float] | None = None, limit: int = 10
) -> tuple[Candidate, ...]:
    """The search over the index that ships: the national catalogue as it was when the product was made."""
    return load_search()(question, prior=prior, limit=limit)


@cache
def load_search() -> Search:
    """The search over the index that ships with the product."""
    return Search(load_index())


def _list_candidates(
    index: Index, features: Features, shares: Numbers, sure: float, prior: Mapping[str, float]
) -> tuple[Candidate, ...]:
    codes = [index.codes[row] for row in features.rows]
    lifted = shares + np.array([prior.get(code, 0.0) for code in codes], np.float32)
    order = np.argsort(-lifted, kind="stable")
    rest = 1 - float(shares.max())
    best_by_signal = features.values[:, : len(SIGNALS)].argmax(axis=0)
    found = []
    for at in order:
        chance = sure if shares[at] == shares.max() else (1 - sure) * float(shares[at]) / max(rest, 1e-6)
        reasons = [name for name, best in zip(SIGNALS, best_by_signal, strict=True) if best == at]
        code = codes[at]
        found.append(
            Candidate(
                code,
                index.names[features.rows[at]],
                float(lifted[at]),
                min(1.0, chance + prior.get(code, 0.0)),
                tuple(reasons[:REASONS]),
            )
        )
    return tuple(found)


@lru_cache(maxsize=KEPT)
def _rank(search: Search, read: Question) -> tuple[Features, Numbers, float]:
    embedder, index = _load_embedder(), search.index
    vector = None if embedder is None else embed_question(read.text)
    features = gather_features(read, vector, index)
    if search.gone:
        here = np.array([index.codes[row] not in search.gone for row in features.rows], bool)
        features = Features(features.rows[here], features.values[here])
    if not len(features.rows):
        return features, np.zeros(0, np.float32), 0.0
    ranker = load_ranker(with_vectors=embedder is not None)
    scores = ranker.trees.score(features.values)
    marks = read_marks(scores, np.argsort(-scores, kind="stable").astype(np.int32), features.values)
    return features, scores, ranker.calibration.chance(marks)


def forget_ranks() -> None:
    """Forget what was remembered: it keeps the index alive that it was found in, 60 MB once the catalogue changed."""
    _rank.cache_clear()


def _load_embedder() -> Embedder | None:
    return load_embedder() if load_index().name_vectors.size else None
