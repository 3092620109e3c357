"""Boosted regression trees as arrays: what a trained ranker needs to run with nothing but numpy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.assistant.sparse import Numbers


@dataclass(frozen=True, slots=True)
class Trees:
    """A row a tree, a column a node: `feature` (-1 in a leaf), `threshold`, children, a leaf's `value`."""

    feature: NDArray[np.int16]
    threshold: Numbers
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: Numbers
    depth: int

    def score(self, values: Numbers) -> Numbers:
        """The sum of the trees for every line of features; at a node, a value up to the threshold goes left."""
        lines = np.arange(len(values))[:, None]
        trees = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(values), len(self.feature)), np.int64)
        for _ in range(self.depth):
            feature = self.feature[trees, node]
            goes_left = values[lines, np.maximum(feature, 0)] <= self.threshold[trees, node]
            following = np.where(goes_left, self.left[trees, node], self.right[trees, node])
            node = np.where(feature < 0, node, following)
        return np.asarray(self.value[trees, node].sum(axis=1), np.float32)


def pack_trees(trees: Trees) -> dict[str, NDArray[Any]]:
    """The trees as plain arrays."""
    return {
        "feature": trees.feature,
        "threshold": trees.threshold,
        "left": trees.left,
        "right": trees.right,
        "value": trees.value,
        "depth": np.array(trees.depth),
    }


def unpack_trees(arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> Trees:
    """The trees of plain arrays whose names begin with `prefix`."""
    return Trees(
        arrays[f"{prefix}feature"],
        arrays[f"{prefix}threshold"].astype(np.float32),
        arrays[f"{prefix}left"],
        arrays[f"{prefix}right"],
        arrays[f"{prefix}value"].astype(np.float32),
        int(arrays[f"{prefix}depth"]),
    )
