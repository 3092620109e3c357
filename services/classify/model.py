"""A linear model over hashed features that corrects what titles and phrases say: multinomial logistic regression.

One file of whole numbers, loaded once a process. `docs/decisions/0090` says why it is no neural network.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from services.classify.features import BUCKETS, Features
from services.dossier.kinds import PaperKind

Weights = NDArray[np.float32]
KINDS = tuple(kind for kind in PaperKind if kind is not PaperKind.UNREADABLE)
SHARE = 0.3
"""What a point of evidence counts beside the learned part; learned with, so it belongs to the model."""

STEPS = 127
"""Weights are kept as whole numbers from -127 to 127 of each kind's largest one."""


@dataclass(frozen=True, slots=True)
class KindModel:
    """`weights` (kinds, buckets); logits are divided by `temperature` before they become probabilities."""

    weights: Weights
    temperature: float = 1.0

    def judge(self, features: Features, evidence: Mapping[PaperKind, float]) -> list[tuple[PaperKind, float]]:
        """Kinds with their calibrated probabilities, best first."""
        logits = self.logits(features, evidence) / self.temperature
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        return [(KINDS[at], float(shares[at])) for at in order]

    def logits(self, features: Features, evidence: Mapping[PaperKind, float]) -> NDArray[np.float64]:
        """What is learned plus what titles and phrases say, one number a kind."""
        told = SHARE * np.array([evidence.get(kind, 0.0) for kind in KINDS])
        if not len(features):
            return told
        learned = self.weights[:, features].sum(axis=1, dtype=np.float64) / np.sqrt(len(features))
        return np.asarray(told + learned, np.float64)


def pack_model(model: KindModel) -> bytes:
    """The model as a file, weights rounded; the same model always gives the same bytes."""
    largest = np.maximum(np.abs(model.weights).max(axis=1), 1e-9)
    whole = np.round(model.weights / largest[:, None] * STEPS).astype(np.int8)
    lines = [f"{kind} {float(top):.6f}" for kind, top in zip(KINDS, largest, strict=True)]
    head = "\n".join([f"temperature {model.temperature:.4f}", *lines])
    return zlib.compress(head.encode() + b"\n\n" + whole.tobytes(), 9)


def unpack_model(packed: bytes) -> KindModel:
    """A model from its file.

    Raises:
        ValueError: it was made for other kinds or features.
    """
    head, _, body = zlib.decompress(packed).partition(b"\n\n")
    first, *lines = [line.split() for line in head.decode().splitlines()]
    if [line[0] for line in lines] != [kind.value for kind in KINDS] or len(body) != len(KINDS) * BUCKETS:
        raise ValueError("a model of other kinds or features")
    whole = np.frombuffer(body, np.int8).reshape(len(KINDS), BUCKETS).astype(np.float32)
    largest = np.array([float(line[1]) for line in lines], np.float32)
    return KindModel((whole * largest[:, None] / STEPS).astype(np.float32), float(first[1]))


@cache
def shipped_model() -> KindModel:
    """The model that comes with the product."""
    return unpack_model((files("services.classify") / "kinds.bin").read_bytes())
