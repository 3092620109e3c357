"""Learns what each clue of a procedure weighs: conditional logit over the procedures of a catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.classify.clues import CLUES
from services.classify.procedure import probabilities

ROUNDS = 400
RATE = 0.5
PULL = 0.002
"""How strongly weights are held near nought."""


@dataclass(frozen=True, slots=True)
class Case:
    """The clues of one dossier (a row a procedure) and the row of its procedure."""

    clues: NDArray[np.float64]
    answer: int


def learn_weights(cases: Sequence[Case]) -> NDArray[np.float64]:
    """One weight a clue, none below nought: a clue never speaks against what it names."""
    weights = np.ones(len(CLUES))
    seen = np.full(len(CLUES), 1e-6)
    for _ in range(ROUNDS):
        slope = sum(_slope(case, weights) for case in cases) / len(cases) - PULL * weights
        seen += slope * slope
        weights = np.maximum(weights + RATE * slope / np.sqrt(seen), 0.0)
    return np.asarray(weights, np.float64)


def _slope(case: Case, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    shares = probabilities(case.clues, weights)
    return np.asarray(case.clues[case.answer] - shares @ case.clues, np.float64)
