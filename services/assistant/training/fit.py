"""Fits the ranker (LambdaMART, Burges 2010, by LightGBM) and turns it into plain arrays."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from services.assistant.features import directions
from services.assistant.sparse import Numbers
from services.assistant.trees import Trees

ROUNDS = 240
PARAMS: Mapping[str, Any] = {
    "objective": "lambdarank",
    "metric": "ndcg",
    "eval_at": [1],
    "lambdarank_truncation_level": 5,
    "learning_rate": 0.08,
    "num_leaves": 24,
    "max_depth": 8,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "seed": 11,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


def fit_ranker(values: Numbers, grades: Sequence[int], sizes: Sequence[int], weights: Sequence[float]) -> Trees:
    """Trees that put the right candidate of each question first; `sizes`: how many candidates each question has."""
    import lightgbm  # noqa: PLC0415 -- the product runs without it: extra `train`

    data = lightgbm.Dataset(values, label=np.array(grades), group=list(sizes), weight=np.array(weights))
    params = {**PARAMS, "monotone_constraints": directions(values.shape[1])}
    model = lightgbm.train(params, data, num_boost_round=ROUNDS)
    return flatten([tree["tree_structure"] for tree in model.dump_model()["tree_info"]])


def flatten(structures: Sequence[Mapping[str, Any]]) -> Trees:
    """Nested nodes (LightGBM's dump) as arrays."""
    tables = [_walk(structure) for structure in structures]
    width = max(len(table) for table in tables)
    packed = np.zeros((len(tables), width, 5))
    packed[:, :, 0] = -1
    for at, table in enumerate(tables):
        packed[at, : len(table)] = table
    return Trees(
        packed[:, :, 0].astype(np.int16),
        packed[:, :, 1].astype(np.float32),
        packed[:, :, 2].astype(np.int16),
        packed[:, :, 3].astype(np.int16),
        packed[:, :, 4].astype(np.float32),
        max(map(_depth, structures)),
    )


def _walk(structure: Mapping[str, Any]) -> list[list[float]]:
    table: list[list[float]] = []
    waiting = [(structure, -1, 0)]
    while waiting:
        node, parent, side = waiting.pop()
        here = len(table)
        if parent >= 0:
            table[parent][side] = here
        if "leaf_value" in node:
            table.append([-1, 0, 0, 0, node["leaf_value"]])
            continue
        table.append([node["split_feature"], node["threshold"], 0, 0, 0])
        waiting += [(node["left_child"], here, 2), (node["right_child"], here, 3)]
    return table


def _depth(node: Mapping[str, Any]) -> int:
    if "leaf_value" in node:
        return 0
    return 1 + max(_depth(node["left_child"]), _depth(node["right_child"]))
