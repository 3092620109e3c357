"""Bars of a chart, measured here and drawn as SVG by the template: no script, and a table says the same beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.storage.on_time import Verdict

WIDTH = 600
ORDER = (
    Verdict.EARLY, Verdict.ON_TIME, Verdict.IN_PROGRESS_IN_TIME, Verdict.PAUSED, Verdict.UNDATED,
    Verdict.IN_PROGRESS_OVERDUE, Verdict.LATE,
)  # fmt: skip
MOST = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar in units of the drawing: where it begins, how wide it is, what it counts."""

    verdict: Verdict
    x: float
    width: float
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One group's bar; its length is its share of the longest."""

    group: str
    received: int
    pieces: tuple[Piece, ...]


def bars_of(groups: Sequence[Mapping[str, Any]]) -> tuple[Bar, ...]:
    """Bars of the largest groups, in the order the groups came."""
    largest = sorted(groups, key=lambda group: -group["received"])[:MOST]
    longest = max((group["received"] for group in largest), default=0)
    return tuple(_bar(group, WIDTH / longest) for group in groups if group in largest and group["received"])


def _bar(group: Mapping[str, Any], scale: float) -> Bar:
    pieces, x = [], 0.0
    for verdict in ORDER:
        if count := group[verdict]:
            pieces.append(Piece(verdict, round(x, 2), round(count * scale, 2), count))
            x += count * scale
    return Bar(group["group"], group["received"], tuple(pieces))


HIGH = 120
WIDE = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A month's column: its rate as a height in units of the drawing, None where nothing was judged."""

    group: str
    x: float
    height: float | None
    received: int


def columns_of(groups: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """Columns of on-time rates, in the order the groups came; a full column is everything on time."""
    return tuple(
        Column(group["group"], at * WIDE, _height(group["on_time_rate"]), group["received"])
        for at, group in enumerate(groups)
    )


def _height(rate: float | None) -> float | None:
    return None if rate is None else round(rate * HIGH, 1)
