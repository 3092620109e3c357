"""The working calendar of a unit: the standard week, the country's days, and every change from the province down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import orjson
from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from services.deadline.calendar import ReceptionRule, WorkingCalendar
from services.deadline.edits import CUTOFF, CalendarChange, apply_changes
from services.deadline.hours import STANDARD_WEEK, DayHours
from services.storage.database import Connection
from services.storage.units import units_above

_CHANGE: TypeAdapter[CalendarChange] = TypeAdapter(CalendarChange)
_cached: dict[tuple[CalendarChange, ...], WorkingCalendar] = {}
KEPT = 256


@dataclass(frozen=True, slots=True)
class UnitCalendar:
    """A calendar and the id of the last change in it (0: none)."""

    calendar: WorkingCalendar
    version: int


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change of a calendar: whose, when, by whom and why."""

    id: int
    unit: str
    at: datetime
    actor: str
    reason: str
    change: CalendarChange


def calendar_of(connection: Connection, unit: str, version: int | None = None) -> UnitCalendar:
    """The calendar of a unit; with `version` as it was after that change."""
    known = connection.execute("SELECT max(id) FROM calendar_change").fetchone()
    if known is None or known[0] is None:
        return UnitCalendar(_build(unit, ()), 0)
    changes = list_changes(connection, unit, version)
    return UnitCalendar(_build(unit, changes), max((change.id for change in changes), default=0))


def list_changes(connection: Connection, unit: str, version: int | None = None) -> list[StoredChange]:
    """The changes that make a unit's calendar, from the province down, each level in its order."""
    above = units_above(connection, unit)
    rows = connection.execute(
        """SELECT id, unit, at, actor, reason, body FROM calendar_change
           WHERE unit = ANY(%(units)s) AND (%(version)s::int IS NULL OR id <= %(version)s)
           ORDER BY array_position(%(units)s, unit), id""",
        {"units": above, "version": version},
    ).fetchall()
    return [
        StoredChange(id_, whose, at, actor, reason, _CHANGE.validate_json(orjson.dumps(body)))
        for id_, whose, at, actor, reason, body in rows
    ]


def week_of(changes: Sequence[StoredChange]) -> tuple[DayHours, ...]:
    """The week that a unit's changes leave it, Monday to Sunday."""
    weeks = [change.change.week for change in changes if change.change.week is not None]
    return weeks[-1] if weeks else STANDARD_WEEK


def rules_of(changes: Sequence[StoredChange]) -> tuple[time, ReceptionRule]:
    """The same-day hour and the rule of reception that a unit's changes leave it."""
    cutoffs = [change.change.cutoff for change in changes if change.change.cutoff is not None]
    receptions = [change.change.reception for change in changes if change.change.reception is not None]
    return (cutoffs or [CUTOFF])[-1], (receptions or [ReceptionRule.NEXT_OPENING])[-1]


def count_changes(connection: Connection) -> dict[str, int]:
    """How many changes each unit has of its own."""
    rows = connection.execute("SELECT unit, count(*) FROM calendar_change GROUP BY unit").fetchall()
    return dict(rows)


def add_change(
    connection: Connection, unit: str, change: CalendarChange, *, reason: str, actor: str, at: datetime
) -> int:
    """Write a change; its id. Dates of open dossiers follow by `services.storage.reprojection`."""
    row = connection.execute(
        "INSERT INTO calendar_change (unit, at, actor, reason, body) VALUES (%s, %s, %s, %s, %s) RETURNING id",
        (unit, at, actor, reason, Jsonb(as_json(change))),
    ).fetchone()
    assert row is not None  # noqa: S101 - RETURNING of an insert always gives a row
    return int(row[0])


def as_json(change: CalendarChange) -> Any:  # noqa: ANN401 - JSON
    """A change as JSON, what it leaves alone left out."""
    return _CHANGE.dump_python(change, mode="json", exclude_defaults=True)


def _build(unit: str, changes: Sequence[StoredChange]) -> WorkingCalendar:
    key = tuple(change.change for change in changes)
    found = _cached.get(key)
    if found is None:
        if len(_cached) >= KEPT:
            _cached.clear()
        found = _cached[key] = apply_changes(unit, key)
    return found
