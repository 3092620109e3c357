"""What a change of a calendar would do to the dates of open dossiers, found out without writing anything.

The same clock as `services.storage.reprojection`, over the calendar as it would be; a test holds the two to each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.catalogue.procedure import Procedure
from services.deadline.calendar import WorkingCalendar
from services.deadline.edits import CalendarChange, apply_changes
from services.storage.calendars import list_changes
from services.storage.database import Connection
from services.storage.history import read_histories
from services.storage.procedures import find_procedure
from services.storage.projection import find_due_of
from services.storage.units import units_above

BATCH = 500
EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Move:
    """A dossier and its date before and after."""

    code: str
    old: datetime
    new: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """How many open dossiers were looked at, how many would be due earlier and later, and some of them."""

    looked_at: int
    earlier: int
    later: int
    examples: tuple[Move, ...]

    @property
    def moved(self) -> int:
        """How many would get another date."""
        return self.earlier + self.later


def preview_change(connection: Connection, unit: str, change: CalendarChange) -> Preview:
    """What the change would move in the unit and all below it.

    Raises:
        CannotProceed: the calendar does not reach far enough.
    """
    looked_at = earlier = later = 0
    examples: list[Move] = []
    for whose, calendar in _calendars_after(connection, unit, change):
        for code, old, new in _dates(connection, whose, calendar):
            looked_at += 1
            if new is None or new == old:
                continue
            earlier, later = earlier + (new < old), later + (new > old)
            if len(examples) < EXAMPLES:
                examples.append(Move(code, old, new))
    return Preview(looked_at, earlier, later, tuple(examples))


def _calendars_after(
    connection: Connection, unit: str, change: CalendarChange
) -> Iterator[tuple[str, WorkingCalendar]]:  # fmt: skip
    units = connection.execute(
        "SELECT DISTINCT unit FROM dossier WHERE result_at IS NULL AND due_at IS NOT NULL ORDER BY 1"
    ).fetchall()
    built: dict[tuple[CalendarChange, ...], WorkingCalendar] = {}
    for (whose,) in units:
        above = units_above(connection, whose)
        if unit not in above:
            continue
        # the new change is the last word of its own level, and those below still have theirs
        before = set(above[: above.index(unit) + 1])
        known = list_changes(connection, whose)
        first = [one.change for one in known if one.unit in before]
        changes = (*first, change, *(one.change for one in known if one.unit not in before))
        if changes not in built:
            built[changes] = apply_changes(whose, changes)
        yield whose, built[changes]


def _dates(
    connection: Connection, unit: str, calendar: WorkingCalendar
) -> Iterator[tuple[str, datetime, datetime | None]]:  # fmt: skip
    procedures: dict[tuple[str, int], Procedure | None] = {}
    last = 0
    while rows := connection.execute(
        """SELECT id, code, due_at, procedure, procedure_version FROM dossier
           WHERE unit = %s AND result_at IS NULL AND due_at IS NOT NULL AND id > %s ORDER BY id LIMIT %s""",
        (unit, last, BATCH),
    ).fetchall():
        last = rows[-1][0]
        yield from _dates_of(connection, rows, calendar, procedures)


def _dates_of(
    connection: Connection, rows: Sequence[tuple[Any, ...]], calendar: WorkingCalendar,
    procedures: dict[tuple[str, int], Procedure | None],
) -> Iterator[tuple[str, datetime, datetime | None]]:  # fmt: skip
    histories = read_histories(connection, [row[0] for row in rows])
    for id_, code, old, procedure, version in rows:
        key = (procedure, version)
        if key not in procedures:
            procedures[key] = None if procedure is None else find_procedure(connection, procedure, version=version)
        due = find_due_of(histories.get(id_, ()), procedures[key], calendar)
        yield code, old, due.at if due else None
