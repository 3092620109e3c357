"""A linear classifier over sentence vectors: multinomial logistic regression, trained by Adam (Kingma and Ba 2015)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

SPREAD = 8.0
"""What centred unit vectors are multiplied by, so that weights stay small."""

SHRINK, RATE, ROUNDS = 3e-4, 0.05, 400
FIRST, SECOND = 0.9, 0.999


@dataclass(frozen=True, slots=True)
class Dense:
    """One row of weights a label, the last one constant; `mean` is what all vectors have in common."""

    labels: tuple[str, ...]
    weights: Vectors
    mean: Vectors

    def judge(self, vector: Vectors) -> dict[str, float]:
        """How likely each label is; they sum to one."""
        logits = (self.weights * _widen(vector[None, :], self.mean)).sum(axis=1)
        shares = np.exp(logits - logits.max())
        return dict(zip(self.labels, map(float, shares / shares.sum()), strict=True))


def train_dense(vectors: Vectors, labels: Sequence[str]) -> Dense:
    """Weights learned from vectors (a row each) and their labels; labels count alike however many rows each has."""
    names = tuple(sorted(set(labels)))
    number = {name: at for at, name in enumerate(names)}
    due = np.eye(len(names))[[number[label] for label in labels]]
    importance = np.sqrt(len(due) / (len(names) * due.sum(axis=0)))[due.argmax(axis=1)][:, None]
    mean = vectors.mean(axis=0)
    table = _widen(vectors, mean).astype(np.float64)
    weights, slow, square = (np.zeros((len(names), table.shape[1])) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        logits = table @ weights.T
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = ((shares - due) * importance).T @ table / len(table) + SHRINK * weights
        slow = FIRST * slow + (1 - FIRST) * slope
        square = SECOND * square + (1 - SECOND) * slope * slope
        weights = weights - RATE * (slow / (1 - FIRST**turn)) / (np.sqrt(square / (1 - SECOND**turn)) + 1e-8)
    return Dense(names, weights.astype(np.float32), mean)


def _widen(vectors: Vectors, mean: Vectors) -> Vectors:
    """Vectors centred, of length one again, spread, with a constant at the end."""
    centred = vectors - mean
    centred = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9) * SPREAD
    return np.hstack([centred, np.ones((len(centred), 1), np.float32)]).astype(np.float32)


def pack_dense(model: Dense) -> bytes:
    """The model as a file."""
    stored = io.BytesIO()
    np.savez_compressed(stored, labels=np.array(model.labels), weights=model.weights, mean=model.mean)
    return stored.getvalue()


def unpack_dense(packed: bytes) -> Dense:
    """A model from its file."""
    with np.load(io.BytesIO(packed)) as stored:
        return Dense(tuple(map(str, stored["labels"])), stored["weights"], stored["mean"])
