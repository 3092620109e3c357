"""Fits how sure a first candidate is: a logistic curve over questions the ranker did not learn from."""

import numpy as np

from services.assistant.ranker import Calibration
from services.assistant.sparse import Numbers

STEPS, RIDGE = 30, 3.0


def fit_calibration(marks: Numbers, right: Numbers) -> Calibration:
    """The curve through what first candidates looked like (`marks`) and whether they were right (1 or 0).

    Newton's method on the ridge-penalised log-likelihood; Platt (1999) moves the targets off 0 and 1.
    """
    middle, spread = marks.mean(axis=0), marks.std(axis=0) + 1e-6
    scaled = np.column_stack([(marks - middle) / spread, np.ones(len(marks))]).astype(np.float64)
    wins, losses = right.sum(), (1 - right).sum()
    target = np.where(right > 0, (wins + 1) / (wins + 2), 1 / (losses + 2))
    weights = np.zeros(scaled.shape[1])
    penalty = np.full(scaled.shape[1], RIDGE)
    penalty[-1] = 0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (target - chance) - penalty * weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty) + 1e-6 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return Calibration(
        middle.astype(np.float32), spread.astype(np.float32), weights[:-1].astype(np.float32), float(weights[-1])
    )
