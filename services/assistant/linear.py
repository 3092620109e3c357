"""A linear classifier over hashed features: multinomial logistic regression, small enough to ship as one file."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.assistant.hashing import BUCKETS, hash_features

Weights = NDArray[np.float32]
DECAY = 2e-6
"""How much a weight shrinks each time its feature is seen."""

STEPS = 127
"""Weights are shipped as whole numbers from -127 to 127 of each label's largest one."""


@dataclass(frozen=True, slots=True)
class Linear:
    """One row of weights a label; `scale` is what the logits are divided by before they become probabilities."""

    labels: tuple[str, ...]
    weights: Weights

    def judge(self, text: str) -> dict[str, float]:
        """How likely each label is; they sum to one."""
        features = hash_features(text)
        if not len(features):
            return dict.fromkeys(self.labels, 1 / len(self.labels))
        logits = self.weights[:, features].sum(axis=1) / np.sqrt(len(features))
        shares = np.exp(logits - logits.max())
        return dict(zip(self.labels, map(float, shares / shares.sum()), strict=True))


def train(rows: Sequence[tuple[str, str]], *, rounds: int = 12, seed: int = 7) -> Linear:
    """Weights learned from texts and their labels (Adagrad, Duchi et al. 2011); the same rows give the same weights.

    Labels count alike however many texts each has.
    """
    labels = tuple(sorted({label for _, label in rows}))
    number = {label: at for at, label in enumerate(labels)}
    found = [(hash_features(text), number[label]) for text, label in rows]
    share = np.bincount([label for _, label in found], minlength=len(labels))
    importance = np.sqrt(len(rows) / (len(labels) * share))
    weights = np.zeros((len(labels), BUCKETS), np.float32)
    seen = np.full_like(weights, 1e-2)
    chance = np.random.default_rng(seed)
    for _ in range(rounds):
        for at in chance.permutation(len(found)):
            features, label = found[at]
            if len(features):
                _learn(weights, seen, features, label, float(importance[label]))
    return Linear(labels, weights)


def _learn(weights: Weights, seen: Weights, features: NDArray[np.int32], label: int, importance: float) -> None:
    length = np.sqrt(len(features))
    logits = weights[:, features].sum(axis=1) / length
    error = np.exp(logits - logits.max())
    error /= error.sum()
    error[label] -= 1.0
    slope = (importance * error / length)[:, None] + DECAY * len(features) * weights[:, features]
    seen[:, features] += slope * slope
    weights[:, features] -= 0.5 * slope / np.sqrt(seen[:, features])


def pack_linear(model: Linear) -> bytes:
    """The model as a file, weights rounded."""
    largest = np.abs(model.weights).max(axis=1)
    whole = np.round(model.weights / largest[:, None] * STEPS).astype(np.int8)
    head = "\n".join(f"{label} {float(top):.6f}" for label, top in zip(model.labels, largest, strict=True))
    return zlib.compress(head.encode() + b"\n\n" + whole.tobytes(), 9)


def unpack_linear(packed: bytes) -> Linear:
    """A model from its file."""
    head, _, body = zlib.decompress(packed).partition(b"\n\n")
    lines = [line.split() for line in head.decode().splitlines()]
    whole = np.frombuffer(body, np.int8).reshape(len(lines), BUCKETS).astype(np.float32)
    largest = np.array([float(line[1]) for line in lines], np.float32)
    return Linear(tuple(line[0] for line in lines), (whole * largest[:, None] / STEPS).astype(np.float32))
