"""`PUT /v1/dossiers/{code}/procedure`: which procedure a dossier is for; its check and its date follow."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.sort_papers import is_being_read
from services.catalogue.procedure import Procedure
from services.intake.supplement import UNDER_WAY
from services.pipeline.route import Lane, Stage
from services.storage.appointments import appoint, is_same_day
from services.storage.chosen import note_choice
from services.storage.database import Connection
from services.storage.desk import look
from services.storage.dossiers import DossierRow, find_dossier, lock_dossier
from services.storage.procedures import cached_procedures
from services.storage.runs import Subject, open_again
from services.wording import sentence

router = APIRouter(tags=["dossiers"])


class ProcedureIn(BaseModel):
    """The procedure a dossier is for."""

    procedure: str = Field(max_length=40, description="code in the catalogue", examples=["1.001193"])
    reason: str = Field("", max_length=500, description="why; needed to change that of a received dossier")


class ChosenOut(BaseModel):
    """What holds from now on."""

    code: str
    procedure: str = Field(examples=["1.001193"])
    before: str | None = Field(description="the procedure it was for until now", examples=["1.000894"])


@router.put(
    "/v1/dossiers/{code}/procedure",
    response_model=ChosenOut,
    responses={404: {"model": Problem422}, 409: {"model": Problem422}, 422: {"model": Problem422}},
    summary="Choose the procedure of a dossier",
)
def choose(code: str, asked: ProcedureIn, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """From now on it is for this procedure, whatever the machine takes it for: its papers are checked and its date is
    counted anew. The procedure that it is for already is confirmed by it: no reason is needed and nothing is counted
    anew. Either is kept beside the machine's guess, as an example.

    404 without such a dossier, 409 while the machine is still reading it or when it is closed, 422 for a procedure that
    is not in force, without a reason once it is received, or when its date has passed: what is late stays late.
    """
    with resources.writing.connection() as connection:
        before = choose_procedure(connection, code, asked.procedure, asked.reason, by=resources.principal.name)
    return {"code": code, "procedure": asked.procedure, "before": before}


def choose_procedure(connection: Connection, code: str, wanted: str, reason: str, *, by: str) -> str | None:
    """Write the procedure, and open the check by it; the procedure before.

    Raises:
        Problem: 404, 409 or 422.
        CannotProceed: the working calendar does not reach that far.
    """
    now = clock.now()
    found = find_dossier(connection, code)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    with connection.transaction():
        dossier = lock_dossier(connection, found.id)
        _check(connection, dossier, wanted, reason.strip())
        counted_from = clock.in_vietnam(dossier.received_at or now).date()
        offered = cached_procedures(connection, counted_from)
        procedure = next((one for one in offered if one.code == wanted), None)
        if procedure is None:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.no_procedure", code=wanted))
        # what was declared goes before what the machine guesses, also when more papers come
        connection.execute("UPDATE dossier SET declared_procedure = %s WHERE id = %s", (wanted, dossier.id))
        facts = {"by": by, "before": dossier.procedure, "procedure": wanted, "reason": reason.strip()}
        note_choice(connection, dossier.id, now, facts)
        if wanted != dossier.procedure:
            appoint(connection, dossier.id, procedure, _lane(dossier, procedure))
            open_again(connection, dossier.id, dossier.lane, Stage.CHECK, [Subject()])
    return dossier.procedure


def _check(connection: Connection, dossier: DossierRow, wanted: str, reason: str) -> None:
    if is_being_read(connection, dossier.id):
        raise Problem(HTTPStatus.CONFLICT, sentence("api.still_reading", code=dossier.code))
    case = look(connection, dossier.code)
    if case is None or case.standing.status not in UNDER_WAY:
        raise Problem(HTTPStatus.CONFLICT, sentence("intake.closed", code=dossier.code))
    # where none was known, none is changed; nor where the same is confirmed
    if dossier.received_at is None or dossier.procedure in {None, wanted}:
        return
    if not reason:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("dossier.reason_needed"))
    row = connection.execute("SELECT due_at FROM dossier WHERE id = %s", (dossier.id,)).fetchone()
    if row and row[0] and row[0] < clock.now():
        due = f"{clock.in_vietnam(row[0]):%d/%m/%Y %H:%M}"
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("dossier.case_too_late", due=due))


def _lane(dossier: DossierRow, procedure: Procedure) -> Lane:
    return Lane.EXPRESS if is_same_day(procedure) and dossier.lane == Lane.NORMAL else Lane(dossier.lane)
