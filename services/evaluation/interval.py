"""Figures with 95 % intervals: Wilson's for shares of things, the bootstrap over dossiers for everything else."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Z = 1.959964  # 95 % of the normal distribution
ROUNDS = 1000
SEED = 20261124

Figure = dict[str, Any]
Formula = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def share(hits: int, of: int) -> Figure:
    """A share with Wilson's interval (Wilson 1927); `value` is None where there was nothing."""
    if not of:
        return {"value": None, "low": None, "high": None, "of": 0}
    rate, squared = hits / of, Z * Z / of
    middle = (rate + squared / 2) / (1 + squared)
    half = Z / (1 + squared) * math.sqrt(rate * (1 - rate) / of + squared / (4 * of))
    low, high = (0.0 if not hits else middle - half), (1.0 if hits == of else middle + half)
    return {"value": round(rate, 4), "low": round(low, 4), "high": round(high, 4), "of": of}


def resampled(counts: Sequence[Sequence[float]], formula: Formula, of: int) -> Figure:
    """A figure computed from sums over dossiers, with the percentile bootstrap (dossiers drawn with replacement).

    `counts` is one row a dossier; `formula` takes rows of sums (n, columns) and gives n figures, nan where undefined.
    """
    table = np.asarray(counts, float)
    value = float(formula(table.sum(axis=0, keepdims=True))[0]) if len(table) else math.nan
    if math.isnan(value):
        return {"value": None, "low": None, "high": None, "of": of}
    drawn = np.random.default_rng(SEED).multinomial(len(table), [1 / len(table)] * len(table), size=ROUNDS)
    figures = formula(drawn @ table)
    low, high = np.nanpercentile(figures, (2.5, 97.5))
    return {"value": round(value, 4), "low": round(float(low), 4), "high": round(float(high), 4), "of": of}


def ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """First column over the second."""
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient: NDArray[np.float64] = np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], np.nan)
    return quotient


def precision(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of columns right, extra, lost: right over right and extra."""
    return ratio(np.stack([sums[:, 0], sums[:, 0] + sums[:, 1]], axis=1))


def recall(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of columns right, extra, lost: right over right and lost."""
    return ratio(np.stack([sums[:, 0], sums[:, 0] + sums[:, 2]], axis=1))


def f1(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of columns right, extra, lost: the harmonic mean of precision and recall."""
    return ratio(np.stack([2 * sums[:, 0], 2 * sums[:, 0] + sums[:, 1] + sums[:, 2]], axis=1))
