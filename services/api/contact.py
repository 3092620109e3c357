"""`PUT /v1/dossiers/{code}/contact`: where the applicant wants to be told, and whether."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from psycopg.types.json import Jsonb
from pydantic import BaseModel, Field

from services.access.addresses import EMAIL_OR_NONE, MAX_EMAIL, check_phone
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.storage.readers import CONSENT
from services.wording import sentence

router = APIRouter(tags=["dossiers"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (401, 403, 404, 422)}


class ContactIn(BaseModel):
    """An address that is left out stays as it was; an empty one is forgotten."""

    email: str | None = Field(None, max_length=MAX_EMAIL, pattern=EMAIL_OR_NONE)
    phone: str | None = Field(None, max_length=20)
    consent: bool = Field(strict=True, description="agrees to be told by e-mail or text message")


@router.put(
    "/v1/dossiers/{code}/contact", status_code=HTTPStatus.NO_CONTENT, responses=PROBLEMS,
    summary="Where the applicant is told",
)  # fmt: skip
def change(code: str, asked: ContactIn, resources: Annotated[Resources, Depends(resources_of)]) -> None:
    """By whoever holds the receipt, or an officer. Without consent nothing more is sent, not even what waits."""
    phone = None if asked.phone is None else check_phone(asked.phone)
    given = {"email": asked.email, "phone": phone, CONSENT: "yes" if asked.consent else ""}
    kept = {name: value for name, value in given.items() if value}
    gone = [name for name, value in given.items() if value is not None and not value]
    with resources.writing.connection() as connection:
        done = connection.execute(
            "UPDATE dossier SET applicant = (applicant - %s::text[]) || %s WHERE code = %s", (gone, Jsonb(kept), code)
        )
    if done.rowcount != 1:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    note(resources, "contact_changed", code, consent=asked.consent)
