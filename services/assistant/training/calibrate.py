"""Fits how sure a first candidate is: trees and a line over questions the ranker did not learn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.assistant.ranker import Calibration, Line, directions_of_marks
from services.assistant.sparse import Numbers
from services.assistant.training.fit import flatten
from services.assistant.trees import Trees

ASKED_WEIGHT = 10.0
"""How much a question that somebody asked counts in the trees beside one that was drawn."""

RIDGE, TINY = 100.0, 1e-6
STEPS, SMALLEST_STEP = 30, 1e-5
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


@dataclass(frozen=True, slots=True)
class Judged:
    """First candidates: a row of `marks` each, whether it was `right` (1 or 0), and how much it counts."""

    marks: Numbers
    right: Numbers
    weights: Numbers


def fit_calibration(drawn: Judged, asked: Judged | None = None) -> Calibration:
    """The chance that a first candidate is right.

    `drawn` from phrases and names teach the trees what a catalogue can be asked; `asked` by people who had not seen
    these teach trees and line what is really asked. Without any, the line learns from what was drawn.
    """
    people = asked or drawn
    trees = _fit_trees(drawn if asked is None else _join(drawn, asked))
    return Calibration(trees, fit_line(people))


def fit_line(judged: Judged) -> Line:
    """Logistic regression with a ridge, by Newton's method."""
    middle, spread = judged.marks.mean(axis=0), judged.marks.std(axis=0) + 1e-6
    table = np.hstack([(judged.marks - middle) / spread, np.ones((len(judged.marks), 1))]).astype(np.float64)
    weights = np.zeros(table.shape[1])
    ridge = np.full(len(weights), RIDGE)
    ridge[-1] = TINY
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (judged.weights * (chance - judged.right)) + ridge * weights
        bend = (table * (judged.weights * chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < SMALLEST_STEP:
            break
    return Line(middle.astype(np.float32), spread.astype(np.float32), weights.astype(np.float32))


def _join(drawn: Judged, asked: Judged) -> Judged:
    return Judged(
        np.vstack([drawn.marks, asked.marks]),
        np.concatenate([drawn.right, asked.right]),
        np.concatenate([drawn.weights, asked.weights * ASKED_WEIGHT]),
    )


def _fit_trees(judged: Judged) -> Trees:
    import lightgbm  # noqa: PLC0415 -- the product runs without it: extra `train`

    data = lightgbm.Dataset(judged.marks, label=judged.right, weight=judged.weights)
    directions = directions_of_marks()
    params = (
        {**PARAMS, "monotone_constraints": directions} if len(directions) == judged.marks.shape[1] else dict(PARAMS)
    )
    model = lightgbm.train(params, data, num_boost_round=ROUNDS)
    return flatten([tree["tree_structure"] for tree in model.dump_model()["tree_info"]])
