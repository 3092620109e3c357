"""Dates of open dossiers after their calendar changed: each is computed anew, and what moved is kept with the reason.

Whatever interrupts it, a dossier whose `calendar_version` is behind is found again; a finished one keeps the calendar
it was judged by.
"""

from dataclasses import dataclass
from datetime import datetime

from services.clock import in_vietnam
from services.storage.calendars import UnitCalendar, calendar_of
from services.storage.database import Connection
from services.storage.events import note_event
from services.storage.projection import project

BATCH = 200


@dataclass(frozen=True, slots=True)
class Reprojected:
    """How many open dossiers were looked at, and how many got another date."""

    looked_at: int
    moved: int


def reproject_stale(connection: Connection, at: datetime) -> Reprojected:
    """Bring every open dossier to the calendar its unit has now.

    Raises:
        CannotProceed: a calendar does not reach far enough.
    """
    units = connection.execute(
        "SELECT DISTINCT unit FROM dossier WHERE result_at IS NULL AND due_at IS NOT NULL"
    ).fetchall()
    looked_at = moved = 0
    for (unit,) in units:
        calendar = calendar_of(connection, unit)
        last = BATCH
        while last == BATCH:
            batch = _move_batch(connection, unit, calendar, at)
            looked_at, moved, last = looked_at + batch.looked_at, moved + batch.moved, batch.looked_at
    return Reprojected(looked_at, moved)


def _move_batch(connection: Connection, unit: str, calendar: UnitCalendar, at: datetime) -> Reprojected:
    with connection.transaction():
        rows = connection.execute(
            """SELECT id, due_at FROM dossier WHERE unit = %s AND calendar_version < %s AND result_at IS NULL
               AND due_at IS NOT NULL ORDER BY id LIMIT %s FOR UPDATE""",
            (unit, calendar.version, BATCH),
        ).fetchall()
        moved = sum(_move(connection, id_, due_at, calendar.version, at) for id_, due_at in rows)
        connection.execute(
            "UPDATE dossier SET calendar_version = %s WHERE id = ANY(%s)", (calendar.version, [row[0] for row in rows])
        )
    return Reprojected(len(rows), moved)


def _move(connection: Connection, dossier_id: int, old: datetime, version: int, at: datetime) -> bool:
    due = project(connection, dossier_id).due
    if due is None or due.at == old:
        return False
    connection.execute(
        """INSERT INTO due_change (dossier_id, calendar_version, at, old_due_at, new_due_at)
           VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
        (dossier_id, version, at, old, due.at),
    )
    told = {"old_due_at": in_vietnam(old).isoformat(), "new_due_at": in_vietnam(due.at).isoformat(),
            "calendar_change": version}  # fmt: skip
    note_event(connection, dossier_id, at, "due_moved", told)
    return True


def list_moves(connection: Connection, dossier_id: int) -> list[tuple[datetime, datetime, datetime, str, str]]:
    """When a dossier's date was moved, by a calendar or with it to another unit: moment, old, new, reason, by whom."""
    return connection.execute(
        """SELECT m.at, m.old_due_at, m.new_due_at, coalesce(m.reason, c.reason), coalesce(m.actor, c.actor)
           FROM due_change m LEFT JOIN calendar_change c ON c.id = m.calendar_version
           WHERE m.dossier_id = %s ORDER BY m.at, m.id""",
        (dossier_id,),
    ).fetchall()
