"""Trees as arrays decide as the nested nodes they were made of."""

import numpy as np

from services.assistant.training.fit import flatten
from services.assistant.trees import pack_trees, unpack_trees

NESTED = {
    "split_feature": 0,
    "threshold": 0.5,
    "left_child": {"leaf_value": -1.0},
    "right_child": {
        "split_feature": 1,
        "threshold": 2.0,
        "left_child": {"leaf_value": 3.0},
        "right_child": {"leaf_value": 4.0},
    },
}


def test_every_path_ends_in_its_leaf() -> None:
    trees = flatten([NESTED, {"leaf_value": 10.0}])
    lines = np.array([[0.5, 9], [0.6, 2.0], [0.6, 2.1]], np.float32)
    assert trees.score(lines).tolist() == [9.0, 13.0, 14.0]


def test_trees_survive_packing() -> None:
    trees = flatten([NESTED])
    again = unpack_trees({f"x.{name}": value for name, value in pack_trees(trees).items()}, "x.")
    lines = np.array([[1, 1]], np.float32)
    assert again.score(lines).tolist() == trees.score(lines).tolist()
