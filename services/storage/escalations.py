"""The sweep that brings late dossiers before the next rung: claimed once, silent while paused, apart by unit.

A dossier is looked at when its `call_at` has come, found by an index: open dossiers that are not due cost nothing. A
unit that fails (its calendar ends) is told in the log and left out; the other units are served.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from services.clock import in_vietnam
from services.deadline.escalation import Call, Ladder, Rung, due_calls, next_call_at, plan_calls
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.verdict import draw_lines
from services.dossier.errors import MotcuaError
from services.logs import get_logger
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.storage.events import note_events

log = get_logger(__name__)

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Swept:
    """How many dossiers were looked at, how many rungs were told, and the units that could not be served."""

    looked_at: int
    told: int
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A dossier that was looked at: the rungs to tell now, and when to look again."""

    id: int
    due_at: datetime
    now: tuple[Rung, ...]
    next_at: datetime | None


Plan = Callable[[datetime, LeadTime], tuple[Call, ...]]


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
            for unit, of_unit in _by_unit(rows).items():
                try:
                    looked += _look_at_unit(connection, unit, of_unit, at, ladder)
                except MotcuaError as error:
                    log.warning("escalation_failed", unit=unit, why=error.sentence.id)
                    failed.add(unit)
            _write(connection, looked, at)
        count = len(rows)
        looked_at, told = looked_at + len(looked), told + sum(len(one.now) for one in looked)
    return Swept(looked_at, told, tuple(sorted(failed)))


def list_escalations(connection: Connection, dossier_id: int) -> Sequence[tuple[str, datetime, datetime]]:
    """The rungs a dossier was brought before: rung, moment, and the due date that was running out."""
    return connection.execute(
        "SELECT rung, at, due_at FROM escalation WHERE dossier_id = %s ORDER BY at, due_at", (dossier_id,)
    ).fetchall()


def _take(connection: Connection, at: datetime, failed: Collection[str]) -> list[tuple[Any, ...]]:
    return connection.execute(
        """SELECT d.unit, d.id, d.due_at, d.due ->> 'amount', d.due ->> 'unit',
                  (SELECT coalesce(array_agg(e.rung), '{}') FROM escalation e
                   WHERE e.dossier_id = d.id AND e.due_at = d.due_at)
           FROM dossier d WHERE d.call_at <= %s AND d.due_at IS NOT NULL AND d.unit <> ALL(%s)
           ORDER BY d.call_at LIMIT %s FOR UPDATE OF d SKIP LOCKED""",
        (at, list(failed), BATCH),
    ).fetchall()


def _by_unit(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for unit, *rest in rows:
        found.setdefault(unit, []).append(tuple(rest))
    return found


def _look_at_unit(
    connection: Connection, unit: str, rows: Sequence[tuple[Any, ...]], at: datetime, ladder: Ladder
) -> list[Looked]:  # fmt: skip
    calendar = calendar_of(connection, unit).calendar
    # a morning's dossiers are due at few different moments
    plan = cache(lambda due_at, lead: plan_calls(draw_lines(due_at, lead, calendar), calendar, ladder))
    return [_look(row, plan, at) for row in rows]


def _look(row: Sequence[Any], plan: Plan, at: datetime) -> Looked:
    id_, due_at, amount, unit, claimed = row
    lead = LeadTime(int(amount), LeadUnit(unit)) if unit else LeadTime(0, LeadUnit.WORKING_DAYS)
    calls = plan(due_at, lead)
    now = tuple(call.rung for call in due_calls(calls, at, claimed, paused=False))
    return Looked(id_, due_at, now, next_call_at(calls, {*claimed, *now}, paused=False))


def _write(connection: Connection, looked: Sequence[Looked], at: datetime) -> None:
    """The rungs of a batch, told at once: a statement for all of them, where one each would take a minute a morning."""
    told = [(one, rung) for one in looked for rung in one.now]
    connection.execute(
        """INSERT INTO escalation (dossier_id, due_at, rung, at)
           SELECT *, %s FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[]) ON CONFLICT DO NOTHING""",
        (at, [one.id for one, _ in told], [one.due_at for one, _ in told], [rung for _, rung in told]),
    )
    events = [(one.id, {"rung": rung, "due_at": in_vietnam(one.due_at).isoformat()}) for one, rung in told]
    note_events(connection, at, "escalated", events)
    connection.execute(
        """UPDATE dossier d SET call_at = t.call_at FROM unnest(%s::bigint[], %s::timestamptz[]) AS t (id, call_at)
           WHERE d.id = t.id""",
        ([one.id for one in looked], [one.next_at for one in looked]),
    )
