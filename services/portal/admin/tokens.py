"""Tokens for programs: what each may do, for which units, until when; a token is shown once."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from services import clock
from services.access.roles import Permit
from services.access.units import walk_tree
from services.api import tokens as api
from services.api.database import Resources, resources_of
from services.portal.admin.frame import FAULTS, Fault, go, show
from services.storage.units import list_units

router = APIRouter(prefix="/quan-tri/ma-truy-cap")

OurResources = Annotated[Resources, Depends(resources_of)]
Chosen = Annotated[list[str], Form(default_factory=list)]
# what a program without a person behind it asks for; everything else stays with accounts
OFFERED = (
    Permit.HAND_IN, Permit.HAND_IN_COUNTER, Permit.FOLLOW, Permit.READ, Permit.SYNCHRONISE, Permit.FIGURES,
    Permit.LEAD, Permit.RUNS, Permit.METRICS, Permit.AUDIT,
)  # fmt: skip
DAYS = (30, 90, 180, 366)


@router.get("")
def list_all(request: Request, resources: OurResources) -> HTMLResponse:
    """Every token, and the form of a new one."""
    return _show(request, resources)


@router.post("")
def make(
    request: Request, resources: OurResources, permits: Chosen, units: Chosen, name: Annotated[str, Form()] = "",
    days: Annotated[str, Form()] = "90",
) -> HTMLResponse:  # fmt: skip
    """The new token, which nobody sees again."""
    typed = {"name": name.strip(), "permits": permits, "units": units, "days": days}
    try:
        made = api.make(api.TokenIn.model_validate(typed), resources)
    except FAULTS as fault:
        return _show(request, resources, typed, fault)
    return show(request, "token.html", made=made, name=typed["name"])


@router.post("/{token_id}/thu-hoi")
def revoke(request: Request, token_id: str, resources: OurResources) -> Response:
    """It is refused from now on."""
    try:
        api.revoke(token_id, resources)
    except FAULTS as fault:
        return _show(request, resources, fault=fault)
    return go("/quan-tri/ma-truy-cap", "token_revoked")


def _show(
    request: Request, resources: Resources, typed: dict[str, Any] | None = None, fault: Fault | None = None
) -> HTMLResponse:  # fmt: skip
    with resources.writing.connection() as connection:
        units = [unit for unit in list_units(connection) if resources.principal.covers(unit.id)]
    return show(
        request, "tokens.html", fault=fault, tokens=api.list_every(resources)["items"], offered=OFFERED, days=DAYS,
        tree=walk_tree(units), now=clock.now().isoformat(),
        typed=typed or {"name": "", "permits": [], "units": [], "days": "90"},
    )  # fmt: skip
