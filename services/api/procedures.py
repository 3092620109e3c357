"""The catalogue: what is offered, in the version in force."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import TypeAdapter

from services import clock
from services.api.answers import json_answer
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.catalogue.procedure import Procedure
from services.storage.procedures import cached_procedures
from services.wording import sentence

router = APIRouter(tags=["catalogue"])

_PROCEDURE: TypeAdapter[Procedure] = TypeAdapter(Procedure)


def _in_force(resources: Resources) -> tuple[Procedure, ...]:
    with resources.writing.connection() as connection:
        return cached_procedures(connection, clock.in_vietnam(clock.now()).date())


@router.get("/v1/procedures", summary="Procedures in force")
def list_procedures(
    resources: Annotated[Resources, Depends(resources_of)],
    field: str | None = None,
    limit: Annotated[int, Query(ge=1, le=5000)] = 200,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Code, name, field, level and ordinary lead time of each, by code."""
    found = [p for p in _in_force(resources) if field is None or p.field == field]
    return json_answer({"total": len(found), "items": [_row(p) for p in found[offset : offset + limit]]})


def _row(procedure: Procedure) -> dict[str, Any]:
    lead = procedure.times[0].lead if procedure.times else None
    return {
        "code": procedure.code,
        "version": procedure.version,
        "name": procedure.name_vi,
        "name_en": procedure.name_en,
        "field": procedure.field,
        "level": procedure.level,
        "lead": {"amount": lead.amount, "unit": lead.unit} if lead else None,
    }


@router.get("/v1/procedures/{code}", responses={404: {"model": Problem422}}, summary="A procedure whole")
def read_procedure(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Papers, times, fees, steps and legal basis of the version in force."""
    for procedure in _in_force(resources):
        if procedure.code == code:
            return json_answer(_PROCEDURE.dump_python(procedure, mode="json"))
    raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_procedure", code=code))
