"""The trained ranker and its calibration, as shipped (`ranker.npz`); one pair for a machine without an embedder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.assistant.explained import ASKED, EXPLAINED, EXPLAINED_FOR
from services.assistant.features import COMPARED, SIGNALS, TAIL
from services.assistant.sparse import Numbers, Places
from services.assistant.trees import Trees, pack_trees, unpack_trees

RIVAL = 0.1
"""The share of a candidate that counts as another meaning."""

FURTHEST = 4.0
"""How many spreads from the middle a mark counts at most."""

HIGHEST_PLACE = 1.0
"""The place of the best candidate of a signal."""


@dataclass(frozen=True, slots=True)
class Line:
    """Logistic regression: what marks are centred and scaled by, their weights, and a constant at the end of these."""

    middle: Numbers
    spread: Numbers
    weights: Numbers

    def score(self, marks: Numbers) -> Numbers:
        """A logit for each row of marks; none may lie further out than what was learned from."""
        scaled = np.clip((marks - self.middle) / self.spread, -FURTHEST, FURTHEST)
        return np.asarray(scaled @ self.weights[:-1] + self.weights[-1], np.float32)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How sure a first candidate is by its marks: the mean of two logits, of boosted trees and of a line."""

    trees: Trees
    line: Line

    def score(self, marks: Numbers) -> Numbers:
        """A logit for each row of marks."""
        return np.asarray((self.trees.score(marks) + self.line.score(marks)) / 2, np.float32)

    def chance(self, marks: Numbers) -> float:
        """How often a first candidate with these marks is right (0 to 1)."""
        return float(1 / (1 + np.exp(-float(self.score(marks[None, :])[0]))))


@dataclass(frozen=True, slots=True)
class Ranker:
    """`trees` order the candidates; `calibration` says how sure the first one is."""

    trees: Trees
    calibration: Calibration


def shares_of(scores: Numbers) -> Numbers:
    """Scores as shares of one (softmax)."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), np.float32)


def read_marks(scores: Numbers, order: Places, values: Numbers) -> Numbers:
    """What sureness looks at: the first candidate's lead, how near it is, and what it explains of the question.

    `order` sorts the candidates best first; `values` are their features. In this order: shares and scores of the first
    and its lead, how widely the shares are spread, in how many signals it is the best; its signals with their shares
    and places; the best of each signal anywhere; what it explains and what the second does; the question as a whole.
    """
    first, second = order[0], order[min(1, len(order) - 1)]
    shares = shares_of(scores)
    ahead = (shares[first] - shares[second], scores[first] - scores[second])
    spread = -float((shares * np.log(np.maximum(shares, 1e-9))).sum())
    compared = values[first, :COMPARED]
    agreeing = float((compared[2 * len(SIGNALS) :] == HIGHEST_PLACE).sum())
    lead = [shares[first], scores[first], *ahead, spread, float((shares >= RIVAL).sum()), agreeing]
    explained = slice(COMPARED, COMPARED + len(EXPLAINED))
    parts = (
        np.array(lead, np.float32),
        compared,
        # what is best anywhere tells a question about no procedure from one about many
        values[:, : len(SIGNALS)].max(axis=0),
        values[first, explained],
        values[second, explained],
        values[first, -TAIL:],
    )
    return np.concatenate(parts).astype(np.float32)


@cache
def load_ranker(*, with_vectors: bool) -> Ranker:
    """The ranker that ships with the product, for a machine with or without an embedder."""
    prefix = "" if with_vectors else "plain."
    with as_file(files("services.assistant") / "ranker.npz") as path, np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Ranker(unpack_trees(arrays, prefix), unpack_calibration(arrays, f"{prefix}calibration."))


def pack_calibration(calibration: Calibration) -> dict[str, NDArray[Any]]:
    """The sureness as plain arrays."""
    line = calibration.line
    return pack_trees(calibration.trees) | {"middle": line.middle, "spread": line.spread, "weights": line.weights}


def unpack_calibration(arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> Calibration:
    """The sureness of plain arrays whose names begin with `prefix`."""
    line = Line(*(arrays[f"{prefix}{name}"].astype(np.float32) for name in ("middle", "spread", "weights")))
    return Calibration(unpack_trees(arrays, prefix), line)


def directions_of_marks() -> list[int]:
    """How each mark may speak for sureness: 1 only for it, -1 only against it, 0 either way."""
    lead = [1, 1, 1, 1, -1, -1, 1]
    told = [*lead, *[1] * COMPARED, *[0] * len(SIGNALS), *EXPLAINED_FOR, *[0] * len(EXPLAINED)]
    whole = [-1, -1, *[0] * (TAIL - 2 - len(ASKED)), *[-1] * len(ASKED)]
    return [*told, *whole]
