"""Fits how sure a first candidate is: boosted trees over questions the ranker did not learn from."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from services.assistant.ranker import Calibration
from services.assistant.sparse import Numbers
from services.assistant.training.fit import flatten

ROUNDS = 200
PARAMS: Mapping[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 12,
    "max_depth": 6,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 3,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


def fit_calibration(marks: Numbers, right: Numbers, weights: Sequence[float] | None = None) -> Calibration:
    """The chance that a first candidate is right, from what it looked like (`marks`) and whether it was (1 or 0)."""
    import lightgbm  # noqa: PLC0415 -- the product runs without it: extra `train`

    data = lightgbm.Dataset(marks, label=right, weight=None if weights is None else np.array(weights))
    model = lightgbm.train(dict(PARAMS), data, num_boost_round=ROUNDS)
    return Calibration(flatten([tree["tree_structure"] for tree in model.dump_model()["tree_info"]]))
