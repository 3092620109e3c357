"""The sweep that brings late dossiers before the next rung: claimed once, silent while paused, apart by unit.

A dossier is looked at when its `call_at` has come, found by an index: open dossiers that are not due cost nothing. What
fails in one unit (a calendar that ends) is rolled back and told; the other units are served.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.clock import in_vietnam
from services.deadline.calendar import WorkingCalendar
from services.deadline.escalation import Ladder, due_calls, next_call_at, plan_calls
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.verdict import draw_lines
from services.dossier.errors import MotcuaError
from services.logs import get_logger
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.storage.events import note_event

log = get_logger(__name__)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many dossiers were looked at, how many rungs were told, and the units that could not be served."""

    looked_at: int
    told: int
    failed: tuple[str, ...] = ()


def sweep_escalations(connection: Connection, at: datetime, ladder: Ladder = Ladder()) -> Swept:  # noqa: B008 - a frozen record
    """Tell every rung that is due; any number of sweeps may run at once."""
    units = connection.execute("SELECT DISTINCT unit FROM dossier WHERE call_at <= %s", (at,)).fetchall()
    looked_at = told = 0
    failed: list[str] = []
    for (unit,) in units:
        try:
            count = BATCH
            while count == BATCH:
                count, calls = _sweep_batch(connection, unit, at, ladder)
                looked_at, told = looked_at + count, told + calls
        except MotcuaError as error:
            log.warning("escalation_failed", unit=unit, why=error.sentence.id)
            failed.append(unit)
    return Swept(looked_at, told, tuple(failed))


def list_escalations(connection: Connection, dossier_id: int) -> Sequence[tuple[str, datetime, datetime]]:
    """The rungs a dossier was brought before: rung, moment, and the due date that was running out."""
    return connection.execute(
        "SELECT rung, at, due_at FROM escalation WHERE dossier_id = %s ORDER BY at, due_at", (dossier_id,)
    ).fetchall()


def _sweep_batch(connection: Connection, unit: str, at: datetime, ladder: Ladder) -> tuple[int, int]:
    with connection.transaction():
        rows = connection.execute(
            """SELECT d.id, d.due_at, d.due, (SELECT coalesce(array_agg(e.rung), '{}') FROM escalation e
                                              WHERE e.dossier_id = d.id AND e.due_at = d.due_at)
               FROM dossier d WHERE d.unit = %s AND d.call_at <= %s AND d.due_at IS NOT NULL
               ORDER BY d.call_at LIMIT %s FOR UPDATE OF d SKIP LOCKED""",
            (unit, at, BATCH),
        ).fetchall()
        calendar = calendar_of(connection, unit).calendar
        # nothing of what is written is read back: the batch goes to the server without waiting for each answer
        with connection.pipeline():
            told = sum(_tell(connection, row, calendar, at, ladder) for row in rows)
    return len(rows), told


def _tell(connection: Connection, row: Sequence[Any], calendar: WorkingCalendar, at: datetime, ladder: Ladder) -> int:
    id_, due_at, due, claimed = row
    lead = LeadTime(due["amount"], LeadUnit(due["unit"])) if due else LeadTime(0, LeadUnit.WORKING_DAYS)
    calls = plan_calls(draw_lines(due_at, lead, calendar), calendar, ladder)
    now = due_calls(calls, at, claimed, paused=False)
    for call in now:
        connection.execute(
            "INSERT INTO escalation (dossier_id, due_at, rung, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (id_, due_at, call.rung, at),
        )
        note_event(connection, id_, at, "escalated", {"rung": call.rung, "due_at": in_vietnam(due_at).isoformat()})
    after = next_call_at(calls, {*claimed, *(call.rung for call in now)}, paused=False)
    connection.execute("UPDATE dossier SET call_at = %s WHERE id = %s", (after, id_))
    return len(now)
