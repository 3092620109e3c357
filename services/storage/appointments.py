"""When a dossier is due, as rows: computed from its procedure's lead time and kept with every line of why."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Jsonb

from services.catalogue.procedure import Procedure
from services.deadline.calendar import WorkingCalendar
from services.deadline.due import DueDate, due_date
from services.deadline.lead import LeadUnit
from services.deadline.suspension import Suspension
from services.dossier.paper import ProcedureGuess
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.storage.procedures import find_procedure


@dataclass(frozen=True, slots=True)
class Appointment:
    """What is written when the procedure of a dossier is known; `lane` only changes towards more urgent."""

    dossier_id: int
    received_at: datetime
    lane: str


def is_same_day(procedure: Procedure) -> bool:
    """Whether the ordinary case of the procedure is due on the day it is received."""
    return bool(procedure.times) and procedure.times[0].lead.unit is LeadUnit.SAME_DAY


def appoint(
    connection: Connection, appointment: Appointment, procedure: Procedure, calendar: WorkingCalendar
) -> DueDate | None:
    """Write procedure, version, lane and due date of a dossier; None where the law's time is unknown.

    Raises:
        CannotProceed: the working calendar does not reach that far.
    """
    time_case = procedure.times[0] if procedure.times else None
    pauses = _suspensions(connection, appointment.dossier_id)
    due = None if time_case is None else due_date(time_case.lead, appointment.received_at, calendar, pauses)
    why = None
    if due is not None and time_case is not None:
        why = Jsonb({
            "lines": [{"id": line.id, "params": dict(line.params)} for line in due.lines],
            "amount": time_case.lead.amount,
            "unit": time_case.lead.unit,
            "case": time_case.case,
        })  # fmt: skip
    connection.execute(
        """UPDATE dossier SET procedure = %s, procedure_version = %s, field = %s, lane = %s, due_at = %s, due = %s
           WHERE id = %s""",
        (procedure.code, procedure.version, procedure.field, appointment.lane, due.due_at if due else None, why,
         appointment.dossier_id),
    )  # fmt: skip
    return due


def reappoint(connection: Connection, dossier_id: int) -> DueDate | None:
    """Compute the due date of a dossier anew from its procedure and its ledger of pauses."""
    row = connection.execute(
        "SELECT procedure, procedure_version, received_at, lane, unit FROM dossier WHERE id = %s", (dossier_id,)
    ).fetchone()
    if row is None or row[0] is None or row[2] is None:
        return None
    procedure = find_procedure(connection, row[0], version=row[1])
    if procedure is None:
        return None
    return appoint(connection, Appointment(dossier_id, row[2], row[3]), procedure, calendar_of(connection, row[4]))


def _suspensions(connection: Connection, dossier_id: int) -> list[Suspension]:
    rows = connection.execute(
        "SELECT started_at, ended_at, why FROM suspension WHERE dossier_id = %s AND ended_at IS NOT NULL", (dossier_id,)
    ).fetchall()
    return [Suspension(start, end, why) for start, end, why in rows]


def store_guess(connection: Connection, dossier_id: int, guess: ProcedureGuess) -> None:
    """Write which procedure the machine takes it for, with its best three and why."""
    connection.execute(
        "UPDATE dossier SET guess = %s WHERE id = %s",
        (
            Jsonb({
                "code": guess.code,
                "confidence": round(guess.confidence, 4),
                "alternatives": [[code, round(p, 4)] for code, p in guess.alternatives],
                "reasons": list(guess.reasons),
            }),
            dossier_id,
        ),
    )  # fmt: skip
