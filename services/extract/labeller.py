"""The labeller: a small learned model that says of each word what value of the paper it is part of.

Words, what stands round them and the kind of paper go through one hidden layer; one head says what, the other whose.
"""

import zlib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from services.dossier.kinds import PaperKind
from services.extract.labelled import CONCEPTS, PARTIES, asked_of
from services.extract.tokens import BUCKETS, DENSE, KINDS, OFFSETS, SHAPES, SPANS, Tokens

Floats = NDArray[np.float32]
WIDTH, HIDDEN = 32, 128
SLOTS = 1 + len(OFFSETS) + SPANS
INPUTS = SLOTS * WIDTH + DENSE
STEPS = 127


@dataclass(slots=True)
class Labeller:
    """Weights: `words` (BUCKETS+1, WIDTH), `shapes` (SHAPES, WIDTH), `kinds` (kinds, HIDDEN), `first` (INPUTS, HIDDEN),
    `what` (HIDDEN+1, CONCEPTS), `whose` (HIDDEN+1, PARTIES)."""

    words: Floats
    shapes: Floats
    kinds: Floats
    first: Floats
    second: Floats
    what: Floats
    whose: Floats

    def hidden(self, tokens: Tokens, kind: PaperKind) -> Floats:
        """(n, HIDDEN) of the words."""
        inputs = look_up(self, tokens)
        one = np.maximum(inputs @ self.first + self.kinds[KINDS.index(kind)], 0)
        wide = with_neighbours(one, tokens)
        return np.asarray(np.maximum(wide @ self.second[:-1] + self.second[-1], 0) + one, np.float32)

    def judge(self, tokens: Tokens, kind: PaperKind) -> Floats:
        """(n, fields + 1): the probability of each field of the kind, in the order of `asked_of`, and last of none."""
        asked = asked_of(kind)
        hidden = self.hidden(tokens, kind)
        what = masked(hidden @ self.what[:-1] + self.what[-1], [0, *asked.concepts])
        whose = masked(hidden @ self.whose[:-1] + self.whose[-1], list(asked.parties))
        found = np.exp(np.concatenate([what[:, asked.concepts] + whose[:, asked.parties], what[:, :1]], axis=1))
        return np.asarray(found / found.sum(axis=1, keepdims=True), np.float32)


def masked(logits: Floats, allowed: list[int]) -> Floats:
    """Logarithms of shares among the allowed columns; the others get -30."""
    mask = np.full(logits.shape[1], -1e9, np.float32)
    mask[allowed] = 0
    logits = logits + mask
    top = logits.max(axis=1, keepdims=True)
    return np.asarray(
        np.maximum(logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True)), -30), np.float32
    )


def look_up(model: Labeller, tokens: Tokens) -> Floats:
    """(n, INPUTS): the words themselves, those near, the mean of each span, the numbers."""
    count = len(tokens.words)
    own = model.words[tokens.words] + model.words[tokens.heads] + model.shapes[tokens.shapes]
    padded = np.concatenate([own, model.words[-1:]])
    sums = np.concatenate([np.zeros((1, WIDTH), np.float32), np.cumsum(own, axis=0)])
    parts = [own, padded[tokens.near].reshape(count, -1)]
    parts.append(((sums[tokens.spans[:, :, 1]] - sums[tokens.spans[:, :, 0]]) * scale_of(tokens)).reshape(count, -1))
    return np.concatenate([*parts, tokens.dense], axis=1).astype(np.float32)


def scale_of(tokens: Tokens) -> Floats:
    """What the sum of each span is multiplied by."""
    lengths = np.maximum(tokens.spans[:, :, 1] - tokens.spans[:, :, 0], 1)
    return np.asarray(1 / np.sqrt(lengths), np.float32)[:, :, None]


def with_neighbours(hidden: Floats, tokens: Tokens) -> Floats:
    """(n, 5 HIDDEN): each word with the two before and the two behind it on its row; nought where there is none."""
    padded = np.concatenate([hidden, np.zeros((1, hidden.shape[1]), np.float32)])
    near = padded[tokens.near[:, [1, 2, 3, 4]]]
    return np.concatenate([hidden, near.reshape(len(hidden), -1)], axis=1)


def pack(model: Labeller) -> bytes:
    """The model as a file, weights rounded to 255 steps a column; the same model gives the same bytes."""
    parts = []
    for one in fields(model):
        weights: Floats = getattr(model, one.name)
        largest = np.maximum(np.abs(weights).max(axis=0), 1e-9).astype(np.float32)
        parts += [largest.tobytes(), np.round(weights / largest * STEPS).astype(np.int8).tobytes()]
    return zlib.compress(b"".join(parts), 9)


def shapes_of() -> dict[str, tuple[int, int]]:
    """The shape of each table."""
    return {
        "words": (BUCKETS + 1, WIDTH), "shapes": (SHAPES, WIDTH), "kinds": (len(KINDS), HIDDEN),
        "first": (INPUTS, HIDDEN), "second": (5 * HIDDEN + 1, HIDDEN), "what": (HIDDEN + 1, len(CONCEPTS)),
        "whose": (HIDDEN + 1, len(PARTIES)),
    }  # fmt: skip


def unpack(packed: bytes) -> Labeller:
    """A model from its file.

    Raises:
        ValueError: it was made for other kinds, fields or features.
    """
    body, at, tables = zlib.decompress(packed), 0, {}
    wanted = sum(4 * columns + rows * columns for rows, columns in shapes_of().values())
    if len(body) != wanted:
        raise ValueError("a labeller of other kinds, fields or features")
    for name, (rows, columns) in shapes_of().items():
        largest = np.frombuffer(body, np.float32, columns, at)
        whole = np.frombuffer(body, np.int8, rows * columns, at + 4 * columns).reshape(rows, columns)
        tables[name] = (whole.astype(np.float32) * largest / STEPS).astype(np.float32)
        at += 4 * columns + rows * columns
    return Labeller(**tables)


@cache
def shipped_labeller() -> Labeller:
    """The model that comes with the product."""
    return unpack((files("services.extract") / "labeller.bin").read_bytes())
