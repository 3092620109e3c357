"""Whom a dossier is brought before as it runs late: a rule without memory; claiming a rung once is for storage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.deadline.calendar import WorkingCalendar, moment_at, place
from services.deadline.verdict import Lines


class Rung(StrEnum):
    """From the desk upwards."""

    HANDLER = "handler"
    HEAD = "head"
    DIRECTOR = "director"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Working days after the deadline at which the two upper rungs are told; the handler is told when near due, the
    head when overdue.

    Raises:
        ValueError: the director would be told at once, or the province before the director.
    """

    director_days: int = 1
    province_days: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.director_days <= self.province_days:
            raise ValueError(f"rungs must climb: {self}")


@dataclass(frozen=True, slots=True)
class Call:
    """A rung and the moment from which it is due."""

    rung: Rung
    at: datetime


def plan_calls(lines: Lines, calendar: WorkingCalendar, ladder: Ladder = Ladder()) -> tuple[Call, ...]:
    """The four calls of a dossier, earliest first; upper ones at the opening of their working day."""
    return (
        Call(Rung.HANDLER, lines.near_from),
        Call(Rung.HEAD, lines.late_from),
        Call(Rung.DIRECTOR, _opening_after(lines.late_from, ladder.director_days, calendar)),
        Call(Rung.PROVINCE, _opening_after(lines.late_from, ladder.province_days, calendar)),
    )


def due_calls(calls: Iterable[Call], now: datetime, claimed: Iterable[Rung], *, paused: bool) -> tuple[Call, ...]:
    """The calls to make now: due, not yet made, and none while the clock is paused."""
    if paused:
        return ()
    made = set(claimed)
    return tuple(call for call in calls if call.at <= now and call.rung not in made)


def next_call_at(calls: Iterable[Call], claimed: Iterable[Rung], *, paused: bool) -> datetime | None:
    """When to look at a dossier again: what a sweep is indexed by; None when nothing is left, or while paused."""
    if paused:
        return None
    made = set(claimed)
    return min((call.at for call in calls if call.rung not in made), default=None)


def _opening_after(late_from: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """The opening of the working day `days` after the last in-time day (the first late working day is day 1)."""
    index = calendar.next_working(calendar.index_of(place(late_from)))
    for _ in range(days):
        index = calendar.next_working(index + 1)
    return moment_at(calendar.start_of(index) + calendar.spans[index][0][0])
