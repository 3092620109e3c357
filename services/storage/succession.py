"""Dossiers of a closed unit go to its successor (communes merged on 1/7/2025): each with the reason in its history,
open ones with the date that the successor's calendar gives.

What is finished stays judged by the calendar it was finished under. An interrupted move is taken up by asking again:
what was moved is no longer there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.clock import in_vietnam
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.standing import FINAL
from services.storage.database import Connection
from services.storage.events import note_event
from services.storage.history import append_history
from services.storage.projection import project

BATCH = 200


@dataclass(frozen=True, slots=True)
class Move:
    """From one unit to another, by whom, when and why; `ended`: those too that nothing is left to do for."""

    source: str
    target: str
    actor: str
    at: datetime
    reason: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """How many dossiers went, and how many of them got another date."""

    moved: int
    dates: int


def move_dossiers(connection: Connection, move: Move) -> Moved:
    """Move them, in batches of a transaction each.

    Raises:
        CannotProceed: the successor's calendar does not reach far enough.
    """
    moved = dates = 0
    last = BATCH
    while last == BATCH:
        batch = _move_batch(connection, move)
        moved, dates, last = moved + batch.moved, dates + batch.dates, batch.moved
    return Moved(moved, dates)


def count_to_move(connection: Connection, unit: str) -> tuple[int, int]:
    """How many dossiers of a unit would go, and how many more for which nothing is left to do."""
    row = connection.execute(
        """SELECT count(*) FILTER (WHERE status <> ALL(%s)), count(*) FROM dossier WHERE unit = %s""",
        ([int(status) for status in FINAL], unit),
    ).fetchone()
    going, everything = row or (0, 0)
    return int(going), int(everything) - int(going)


def _move_batch(connection: Connection, move: Move) -> Moved:
    with connection.transaction():
        rows = connection.execute(
            """SELECT id, version, due_at, result_at IS NOT NULL,
                      (SELECT max(at) FROM history h WHERE h.dossier_id = dossier.id)
               FROM dossier WHERE unit = %s AND (%s OR status <> ALL(%s)) ORDER BY id LIMIT %s FOR UPDATE""",
            (move.source, move.ended, [int(status) for status in FINAL], BATCH),
        ).fetchall()
        return Moved(len(rows), sum(_move(connection, move, row) for row in rows))


def _move(connection: Connection, move: Move, row: Sequence[Any]) -> bool:
    id_, version, old_due_at, ended, last_at = row
    # no fact comes before the one it follows, whatever the clocks of two machines say
    at = max(move.at, last_at) if last_at else move.at
    fact = HistoryEvent(EventKind.MOVED, at, move.actor, move.reason, unit=move.target)
    append_history(connection, id_, [fact], after=version)
    connection.execute(
        "UPDATE dossier SET unit = %s, judged_by = CASE WHEN %s THEN coalesce(judged_by, unit) END WHERE id = %s",
        (move.target, ended, id_),
    )
    due = project(connection, id_).due
    note_event(connection, id_, at, EventKind.MOVED, {"unit": move.target, "version": version + 1})
    if due is None or old_due_at is None or due.at == old_due_at:
        return False
    connection.execute(
        """INSERT INTO due_change (dossier_id, at, old_due_at, new_due_at, reason, actor)
           VALUES (%s, %s, %s, %s, %s, %s)""",
        (id_, at, old_due_at, due.at, move.reason, move.actor),
    )
    told = {"old_due_at": in_vietnam(old_due_at).isoformat(), "new_due_at": in_vietnam(due.at).isoformat()}
    note_event(connection, id_, at, "due_moved", told)
    return True
