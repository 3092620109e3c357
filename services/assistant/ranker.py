"""The trained ranker and its calibration, as shipped (`ranker.npz`); one pair for a machine without an embedder."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from services.assistant.features import SIGNALS
from services.assistant.sparse import Numbers, Places
from services.assistant.trees import Trees, unpack_trees


@dataclass(frozen=True, slots=True)
class Calibration:
    """Trees over what the first candidate's scores and signals look like; their sum is a logit."""

    trees: Trees

    def chance(self, marks: Numbers) -> float:
        """How often a first candidate with these marks is right (0 to 1)."""
        return float(1 / (1 + np.exp(-float(self.trees.score(marks[None, :])[0]))))


@dataclass(frozen=True, slots=True)
class Ranker:
    """`trees` order the candidates; `calibration` says how sure the first one is."""

    trees: Trees
    calibration: Calibration


def shares_of(scores: Numbers) -> Numbers:
    """Scores as shares of one (softmax)."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), np.float32)


def read_marks(scores: Numbers, order: Places, values: Numbers, words: int) -> Numbers:
    """What calibration looks at: the first candidate's lead, and how near its name and phrases are in truth.

    `order` sorts the candidates best first; `values` are their features, the signals first; `words` is the number of
    words of the matter.
    """
    first = order[0]
    shares = shares_of(scores)
    second = order[1] if len(order) > 1 else first
    nearness = values[first, : len(SIGNALS)]
    ahead = (shares[first] - shares[second], scores[first] - scores[second])
    lead = [shares[first], scores[first], *ahead, np.log1p(words)]
    # what is best anywhere tells a question about no procedure from one about many
    best = values[:, : len(SIGNALS)].max(axis=0)
    return np.concatenate([np.array(lead, np.float32), nearness, best]).astype(np.float32)


@cache
def load_ranker(*, with_vectors: bool) -> Ranker:
    """The ranker that ships with the product, for a machine with or without an embedder."""
    prefix = "" if with_vectors else "plain."
    with as_file(files("services.assistant") / "ranker.npz") as path, np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Ranker(unpack_trees(arrays, prefix), Calibration(unpack_trees(arrays, f"{prefix}calibration.")))
