"""`POST /v1/dossiers/{code}/reveal`: one masked value in full, for a reason that is kept."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.wording import sentence

router = APIRouter(tags=["dossiers"])

APPLICANT = "SELECT applicant ->> %(name)s FROM dossier WHERE code = %(code)s"
FIELD = """SELECT coalesce((SELECT c.value FROM confirmation c WHERE c.dossier_id = f.dossier_id AND c.paper = f.paper
                            AND c.name = f.name ORDER BY c.id DESC LIMIT 1), f.value)
           FROM field f JOIN dossier d ON d.id = f.dossier_id
           WHERE d.code = %(code)s AND f.paper = %(paper)s AND f.name = %(name)s"""


class RevealIn(BaseModel):
    """Which value, and why it must be seen."""

    name: str = Field(max_length=100, examples=["citizen_id"])
    paper: int | None = Field(None, ge=1, le=100_000, description="number of the paper; without it the applicant's own")
    reason: str = Field(min_length=3, max_length=500)


class RevealedOut(BaseModel):
    """The value in full."""

    name: str
    value: str


@router.post(
    "/v1/dossiers/{code}/reveal",
    response_model=RevealedOut,
    responses={404: {"model": Problem422}, 422: {"model": Problem422}},
    summary="Show a masked value",
)
def reveal(code: str, asked: RevealIn, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Who saw it, when and why is written to the audit log first; the value itself never is."""
    query = APPLICANT if asked.paper is None else FIELD
    with resources.writing.connection() as connection:
        row = connection.execute(query.encode(), {"code": code, "paper": asked.paper, "name": asked.name}).fetchone()
    if row is None or row[0] is None:
        raise Problem(
            HTTPStatus.NOT_FOUND, sentence("api.no_field", code=code, paper=asked.paper or 0, name=asked.name)
        )
    note(resources, "value_revealed", code, name=asked.name, paper=asked.paper, reason=asked.reason)
    return {"name": asked.name, "value": str(row[0])}
