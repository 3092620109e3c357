"""An officer says what a field is: confirmed as read, or corrected. Never the machine by itself."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.masking import mask_field
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.sort_papers import is_being_read
from services.dossier.naming import is_field, name_field
from services.extract.candidates import normalise
from services.pipeline.route import Stage
from services.storage.confirmations import confirm_field, confirmed_value
from services.storage.database import Connection
from services.storage.dossiers import DossierRow, find_dossier, lock_dossier
from services.storage.events import note_event
from services.storage.runs import Subject, open_again
from services.wording import Language, sentence

router = APIRouter(tags=["dossiers"])


class ConfirmIn(BaseModel):
    """What the officer says; without a value the machine's own is confirmed."""

    value: str | None = Field(None, max_length=2000, examples=["Nông Thị Hoa"])


class ConfirmedOut(BaseModel):
    """The field as it holds from now on."""

    name: str = Field(examples=["full_name"])
    value: str
    machine_value: str = Field(description="what the machine had read")
    corrected: bool
    at: datetime


@router.put(
    "/v1/dossiers/{code}/papers/{paper}/fields/{name}",
    response_model=ConfirmedOut,
    responses={404: {"model": Problem422}, 422: {"model": Problem422}},
    summary="Confirm or correct a field",
)
def confirm(
    code: str, paper: int, name: str, asked: ConfirmIn, resources: Annotated[Resources, Depends(resources_of)]
) -> dict[str, Any]:
    """The newest confirmation holds; the machine's value and where it stood are kept beside it, as an example."""
    with resources.writing.connection() as connection:
        return confirm_value(connection, code, paper, name, asked.value, by=resources.principal.name)


def confirm_value(
    connection: Connection, code: str, paper: int, name: str, value: str | None, *, by: str
) -> dict[str, Any]:
    """One field confirmed or corrected; a date may be typed as it is printed.

    Raises:
        Problem: 404 when there is no such field, 422 when the value is none of its format.
    """
    now = clock.now()
    missing = Problem(HTTPStatus.NOT_FOUND, sentence("api.no_field", code=code, paper=paper, name=name))
    dossier = find_dossier(connection, code)
    if dossier is None or not is_field(name):
        raise missing
    with connection.transaction():
        lock_dossier(connection, dossier.id)
        before = confirmed_value(connection, dossier.id, paper, name)
        kept = confirm_field(
            connection, code=code, paper=paper, name=name, value=_read(name, value), by=by, at=now
        )  # fmt: skip
        if kept is None:
            raise missing
        corrected = kept.value != kept.was
        note_event(
            connection, kept.dossier_id, now, "field_confirmed", {"paper": paper, "name": name, "corrected": corrected}
        )
        if kept.value != (kept.was if before is None else before):
            _check_anew(connection, dossier)
    return {
        "name": name,
        "value": mask_field(name, kept.value),
        "machine_value": mask_field(name, kept.was),
        "corrected": corrected,
        "at": moment(now),
    }


def _check_anew(connection: Connection, dossier: DossierRow) -> None:
    """What two papers disagreed on may agree now; where the machine is still reading, the check comes anyway."""
    if is_being_read(connection, dossier.id):
        return
    open_again(connection, dossier.id, dossier.lane, Stage.CHECK, [Subject()])


def _read(name: str, typed: str | None) -> str | None:
    if typed is None or not typed.strip():
        return None
    value = normalise(name, typed.strip())
    if value is None:
        names = {f"field_{language}": name_field(name).say(language) for language in Language}
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.field_format", **names))
    return value
