"""What is read from a dossier's history, written beside the dossier: standing, due date and why, ledger of pauses.

Nothing here decides anything: the same history, procedure and calendar always give the same rows, so any stored date
can be recomputed (a test does, on random histories).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.catalogue.procedure import Procedure, TimeCase
from services.deadline.calendar import WorkingCalendar
from services.deadline.clock import read_clock
from services.deadline.due import due_date
from services.deadline.ledger import Ledger, read_ledger
from services.deadline.verdict import draw_lines, judge_steps
from services.dossier.history import HistoryEvent
from services.dossier.standing import Standing, stand
from services.storage.calendars import UnitCalendar, calendar_of
from services.storage.database import Connection
from services.storage.escalations import plan_look
from services.storage.history import read_history
from services.storage.procedures import find_procedure
from services.wording import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Due:
    """A due date as it is stored; `original_at` is the one before an extension, `near_from` when it comes near."""

    at: datetime
    original_at: datetime
    near_from: datetime
    lines: tuple[Sentence, ...]
    time_case: TimeCase


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything that a history says of a dossier; `due` is None where the procedure or its time is unknown."""

    standing: Standing
    ledger: Ledger
    due: Due | None


def find_due_of(events: Sequence[HistoryEvent], procedure: Procedure | None, calendar: WorkingCalendar) -> Due | None:
    """The due date a history gives; before reception the one it would have, received as it was submitted.

    Raises:
        CannotProceed: the calendar does not reach that far.
    """
    case = None if procedure is None or not events else procedure.time_of(stand(events).time_case)
    if case is None:
        return None
    ledger = read_ledger(events)
    reading = read_clock(ledger, case.lead, calendar, events[-1].at)
    if reading is None:
        expected = due_date(case.lead, events[0].at, calendar)
        at = original = expected.due_at
        lines = (sentence("deadline.expected"), *expected.lines)
    else:
        at, original, lines = reading.due_at, reading.original_due_at, reading.lines
    return Due(at, original, draw_lines(at, case.lead, calendar).near_from, lines, case)


def project(connection: Connection, dossier_id: int) -> Projection:
    """Write what the history says of a dossier.

    Raises:
        CannotProceed: the working calendar does not reach that far.
    """
    row = connection.execute(
        """SELECT procedure, procedure_version, coalesce(judged_by, unit), result_at, calendar_version FROM dossier
           WHERE id = %s""",
        (dossier_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"no dossier {dossier_id}")
    procedure = None if row[0] is None else find_procedure(connection, row[0], version=row[1])
    # what is finished stays judged by the calendar it was finished under
    calendar = calendar_of(connection, row[2], None if row[3] is None else row[4])
    return write_projection(connection, dossier_id, read_history(connection, dossier_id), procedure, calendar)


def write_projection(
    connection: Connection, dossier_id: int, events: Sequence[HistoryEvent], procedure: Procedure | None,
    calendar: UnitCalendar,
) -> Projection:  # fmt: skip
    """The same, for a caller that has read everything already."""
    found = Projection(stand(events), read_ledger(events), find_due_of(events, procedure, calendar.calendar))
    if found.standing.status is None:
        return found
    values = {
        **_standing_values(found, calendar.calendar),
        **_due_values(found.due),
        "version": len(events),
        "calendar_version": calendar.version,
        "paused_at": found.ledger.rows[-1].start if found.ledger.paused else None,
    }
    assignments = ", ".join(f"{name} = %({name})s" for name in values)
    connection.execute(f"UPDATE dossier SET {assignments} WHERE id = %(id)s".encode(), values | {"id": dossier_id})
    _write_ledger(connection, dossier_id, found.ledger)
    plan_look(connection, dossier_id, found.due.near_from if found.due and _runs(found) else None)
    return found


def _runs(found: Projection) -> bool:
    """Whether the clock runs: the escalation sweep looks at such dossiers alone, and finds which rungs were told."""
    ledger = found.ledger
    return ledger.received_at is not None and ledger.ended_at is None and not ledger.paused


def _standing_values(found: Projection, calendar: WorkingCalendar) -> dict[str, Any]:
    standing = found.standing
    step = standing.steps[-1] if standing.steps else None
    # its date does not depend on the moment it is judged at
    judged = judge_steps(standing.steps[-1:], found.ledger, calendar, standing.last_at) if standing.last_at else ()
    return {
        "status": int(standing.status or 0),
        "finance": standing.finance,
        "delivery": standing.delivery,
        "synchronisation": standing.synchronisation,
        "supplements": standing.supplements,
        "extended": standing.extended,
        "negative": standing.negative,
        "answer_by": standing.answer_by,
        "received_at": standing.received_at,
        "result_at": standing.ended_at,
        "result_code": standing.result_code,
        "officer": standing.officer,
        "step": step.name if step else "",
        "step_due_at": judged[0].due_at if judged else None,
    }


def _due_values(due: Due | None) -> dict[str, Any]:
    if due is None:
        return dict.fromkeys(("due_at", "original_due_at", "near_from", "due"))
    why = {
        "lines": [as_row(line) for line in due.lines],
        "amount": due.time_case.lead.amount,
        "unit": due.time_case.lead.unit,
        "case": due.time_case.case,
    }
    return {"due_at": due.at, "original_due_at": due.original_at, "near_from": due.near_from, "due": Jsonb(why)}


def as_row(said: Sentence) -> dict[str, Any]:
    """A sentence as it is kept in JSON."""
    return {"id": said.id, "params": dict(said.params)}


def _write_ledger(connection: Connection, dossier_id: int, ledger: Ledger) -> None:
    kept = connection.execute(
        "SELECT started_at, ended_at, cause, restarts, why FROM suspension WHERE dossier_id = %s ORDER BY started_at",
        (dossier_id,),
    ).fetchall()
    rows = [(row.start, row.end, row.cause, row.restarts, row.why) for row in _lasting(ledger)]
    if kept == rows:
        return
    connection.execute("DELETE FROM suspension WHERE dossier_id = %s", (dossier_id,))
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO suspension (dossier_id, started_at, ended_at, cause, restarts, why)
               VALUES (%s, %s, %s, %s, %s, %s)""",
            [(dossier_id, *row) for row in rows],
        )


def _lasting(ledger: Ledger) -> Iterable[Any]:
    """The pauses that took time; one that ended in its first moment is no row."""
    return (row for row in ledger.rows if row.end is None or row.end > row.start)
