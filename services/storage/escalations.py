"""The sweep that brings late dossiers before the next rung: claimed once, silent while paused, apart by unit.

A dossier is looked at when its call has come, found by an index: open dossiers that are not due cost nothing, and those
that are alike (unit, date, lead time, rungs already told) are thought about once. A unit that fails (its calendar ends,
its dates cannot be read) is told in the log and left out; the other units are served.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from services.clock import in_vietnam
from services.deadline.escalation import Ladder, Rung, due_calls, next_call_at, plan_calls
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.verdict import draw_lines
from services.dossier.errors import MotcuaError
from services.logs import get_logger
from services.storage.calendars import UnitCalendar, calendar_of
from services.storage.database import Connection
from services.storage.events import note_events
from services.storage.notices import flatten

log = get_logger(__name__)

BATCH = 5000


@dataclass(frozen=True, slots=True)
class Swept:
    """How many dossiers were looked at, how many rungs were told, and the units that could not be served."""

    looked_at: int
    told: int
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """Dossiers that are alike, looked at: the rungs to tell now, and when to look again."""

    ids: Sequence[int]
    due_at: datetime
    now: tuple[Rung, ...]
    next_at: datetime | None


def sweep_escalations(
    connection: Connection, at: datetime, ladder: Ladder = Ladder(), most: int | None = None  # noqa: B008 - a frozen record
) -> Swept:  # fmt: skip
    """Tell every rung that is due; any number of sweeps may run at once.

    `most`: about how many dossiers to look at; the next sweep goes on with the others.
    """
    looked_at = told = 0
    failed: set[str] = set()
    count = BATCH
    while count == BATCH and (most is None or looked_at < most):
        with connection.transaction():
            rows = _take(connection, at, failed)
            looked: list[Looked] = []
            for unit, of_unit in groupby(rows, key=lambda row: str(row[0])):
                try:
                    looked += _look_at_unit(calendar_of(connection, unit), of_unit, at, ladder)
                except (MotcuaError, ValueError, LookupError) as error:
                    why = error.sentence.id if isinstance(error, MotcuaError) else type(error).__name__
                    log.warning("escalation_failed", unit=unit, why=why)
                    failed.add(unit)
            _write(connection, looked, at)
        count = sum(len(row[-1]) for row in rows)
        looked_at += sum(len(one.ids) for one in looked)
        told += sum(len(one.ids) * len(one.now) for one in looked)
    return Swept(looked_at, told, tuple(sorted(failed)))


def plan_look(connection: Connection, dossier_id: int, at: datetime | None) -> None:
    """When the sweep looks at a dossier again; None: not at all, until something happens to it."""
    if at is None:
        connection.execute("DELETE FROM escalation_call WHERE dossier_id = %s", (dossier_id,))
    else:
        connection.execute(
            """INSERT INTO escalation_call AS c (dossier_id, at) VALUES (%s, %s)
               ON CONFLICT (dossier_id) DO UPDATE SET at = excluded.at WHERE c.at <> excluded.at""",
            (dossier_id, at),
        )


def list_escalations(connection: Connection, dossier_id: int) -> Sequence[tuple[str, datetime, datetime]]:
    """The rungs a dossier was brought before: rung, moment, and the due date that was running out."""
    return connection.execute(
        "SELECT rung, at, due_at FROM escalation WHERE dossier_id = %s ORDER BY at, due_at", (dossier_id,)
    ).fetchall()


def _take(connection: Connection, at: datetime, failed: Collection[str]) -> list[tuple[Any, ...]]:
    """Dossiers to look at, alike ones in a row, by unit. Both rows are held: whoever acts writes the call anew."""
    return connection.execute(
        """SELECT unit, due_at, amount, lead, claimed, array_agg(id) FROM (
               SELECT d.unit, d.id, d.due_at, d.due ->> 'amount' AS amount, d.due ->> 'unit' AS lead,
                      (SELECT coalesce(array_agg(e.rung ORDER BY e.rung), '{}') FROM escalation e
                       WHERE e.dossier_id = d.id AND e.due_at = d.due_at) AS claimed
               FROM escalation_call c JOIN dossier d ON d.id = c.dossier_id
               WHERE c.at <= %s AND d.due_at IS NOT NULL AND d.unit <> ALL(%s)
               ORDER BY c.at LIMIT %s FOR UPDATE OF c, d SKIP LOCKED) taken
           GROUP BY unit, due_at, amount, lead, claimed ORDER BY unit""",
        (at, list(failed), BATCH),
    ).fetchall()


def _look_at_unit(calendar: UnitCalendar, rows: Iterable[Sequence[Any]], at: datetime, ladder: Ladder) -> list[Looked]:
    looked = []
    for _, due_at, amount, unit, claimed, ids in rows:
        lead = LeadTime(int(amount), LeadUnit(unit)) if unit else LeadTime(0, LeadUnit.WORKING_DAYS)
        calls = plan_calls(draw_lines(due_at, lead, calendar.calendar), calendar.calendar, ladder)
        now = tuple(call.rung for call in due_calls(calls, at, claimed, paused=False))
        looked.append(Looked(ids, due_at, now, next_call_at(calls, {*claimed, *now}, paused=False)))
    return looked


def _write(connection: Connection, looked: Sequence[Looked], at: datetime) -> None:
    """The rungs of a batch, told at once: a statement for all of them, where one each would take a minute a morning."""
    told = [(one, rung) for one in looked for rung in one.now]
    ids, numbers = flatten([one.ids for one, _ in told])
    connection.execute(
        """INSERT INTO escalation (dossier_id, due_at, rung, at)
           SELECT one.id, alike.due_at, alike.rung, %s FROM unnest(%s::bigint[], %s::int[]) AS one (id, n)
           JOIN unnest(%s::timestamptz[], %s::text[]) WITH ORDINALITY AS alike (due_at, rung, n) USING (n)
           ON CONFLICT DO NOTHING""",
        (at, ids, numbers, [one.due_at for one, _ in told], [rung for _, rung in told]),
    )
    events = [({"rung": rung, "due_at": in_vietnam(one.due_at).isoformat()}, one.ids) for one, rung in told]
    note_events(connection, at, "escalated", events)
    ids, numbers = flatten([one.ids for one in looked])
    connection.execute(
        """WITH looked AS (SELECT id, at FROM unnest(%s::bigint[], %s::int[]) AS one (id, n)
                           JOIN unnest(%s::timestamptz[]) WITH ORDINALITY AS alike (at, n) USING (n)),
                over AS (DELETE FROM escalation_call c USING looked l WHERE c.dossier_id = l.id AND l.at IS NULL)
           UPDATE escalation_call c SET at = l.at FROM looked l WHERE c.dossier_id = l.id AND l.at IS NOT NULL""",
        (ids, numbers, [one.next_at for one in looked]),
    )
