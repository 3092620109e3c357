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


@dataclass(frozen=True, slots=True)
class Times:
    """A unit's mean days in all, and how wide its bar is for the office and for the citizen."""

    unit: str
    days: float
    office: float
    citizen: float


def times_of(rows: Sequence[tuple[str, int, float, float]]) -> tuple[Times, ...]:
    """Bars of `spent_query`: (unit, dossiers, mean days with the office, mean days with the citizen)."""
    scale = WIDTH / max((office + citizen for _, _, office, citizen in rows), default=0) if rows else 0.0
    return tuple(
        Times(unit, office + citizen, round(office * scale, 2), round(citizen * scale, 2))
        for unit, _, office, citizen in rows
    )


HIGH, LEFT, RIGHT = 120.0, 34.0, 336.0
"""The drawing of a trend: rates go from 0 at `HIGH` to 1 at 0, the first day stands at `LEFT`, the last at `RIGHT`."""
MARKS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One day or month of a trend that has a rate."""

    x: float
    y: float
    group: str
    rate: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A line in pieces: where a day has nothing to judge the line ends, and goes on after it; `marks` name the axis."""

    pieces: tuple[tuple[Point, ...], ...]
    marks: tuple[tuple[float, str], ...]


def trend_of(groups: Sequence[Mapping[str, Any]], slots: Sequence[str]) -> Trend:
    """The line of on-time rates over `slots` (days or months, in order); what has no group or no rate is a gap."""
    rates = {group["group"]: group["on_time_rate"] for group in groups}
    step = (RIGHT - LEFT) / max(len(slots) - 1, 1)
    pieces: list[list[Point]] = [[]]
    for at, slot in enumerate(slots):
        rate = rates.get(slot)
        if rate is None:
            pieces.append([])
        else:
            pieces[-1].append(Point(round(LEFT + at * step, 1), round((1 - rate) * HIGH, 1), slot, rate))
    every = max(1, -(-len(slots) // MARKS))
    # counted from the newest, which is always named
    named = [at for at in range(len(slots)) if (len(slots) - 1 - at) % every == 0]
    marks = tuple((round(LEFT + at * step, 1), slots[at]) for at in named)
    return Trend(tuple(tuple(piece) for piece in pieces if piece), marks)
