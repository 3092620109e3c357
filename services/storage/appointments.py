"""The procedure of a dossier, written when it is known; its due date follows from it and the history."""

from psycopg.types.json import Jsonb

from services.catalogue.procedure import Procedure
from services.deadline.lead import LeadUnit
from services.dossier.paper import ProcedureGuess
from services.storage.database import Connection
from services.storage.projection import Projection, project


def is_same_day(procedure: Procedure) -> bool:
    """Whether the ordinary case of the procedure is due on the day it is received."""
    return bool(procedure.times) and procedure.times[0].lead.unit is LeadUnit.SAME_DAY


def appoint(connection: Connection, dossier_id: int, procedure: Procedure, lane: str) -> Projection:
    """Write procedure, version and lane of a dossier, and the due date they give.

    `lane` only changes towards more urgent: the caller says which.

    Raises:
        CannotProceed: the working calendar does not reach that far.
    """
    connection.execute(
        "UPDATE dossier SET procedure = %s, procedure_version = %s, field = %s, lane = %s WHERE id = %s",
        (procedure.code, procedure.version, procedure.field, lane, dossier_id),
    )
    return project(connection, dossier_id)


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
