"""What a closed unit has goes to its successor: chosen, told what would go, then done."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from services import clock
from services.access.roles import Permit
from services.access.units import walk_tree
from services.api import succession as api
from services.api.database import Resources, resources_of
from services.api.units import existing_unit
from services.portal.admin.frame import FAULTS, Fault, show
from services.storage.units import list_units

router = APIRouter(prefix="/quan-tri/don-vi/{unit}/ke-thua")

OurResources = Annotated[Resources, Depends(resources_of)]
Text = Annotated[str, Form()]
Flag = Annotated[bool, Form()]


@router.get("")
def ask(request: Request, unit: str, resources: OurResources) -> HTMLResponse:
    """Which unit follows, and why."""
    return _ask(request, resources, unit, {"to": "", "reason": ""})


@router.post("")
def move(
    request: Request, unit: str, resources: OurResources, to: Text = "", reason: Text = "", sure: Flag = False,
    ended: Flag = False, accounts: Flag = False,
) -> Response:  # fmt: skip
    """What would go; and once that was seen, what went."""
    typed = {"to": to, "reason": reason.strip()}
    try:
        wanted = api.MoveIn(**typed, ended=ended)
        told = api.preview(unit, wanted, resources)
        if sure:
            done = api.move(unit, wanted, resources)
            moved = _move_accounts(unit, typed, resources) if accounts else []
            return _show(request, resources, unit, "succession_done.html", typed, went=done, moved=moved)
    except FAULTS as fault:
        return _ask(request, resources, unit, typed, fault)
    return _show(request, resources, unit, "succession_preview.html", typed, told=told)


def _move_accounts(unit: str, typed: dict[str, str], resources: Resources) -> list[str]:
    if not resources.principal.may(Permit.ACCOUNTS):
        return []
    moved: list[str] = api.move_accounts(unit, api.MoveAccountsIn(**typed), resources)["accounts"]
    return moved


def _ask(
    request: Request, resources: Resources, unit: str, typed: dict[str, str], fault: Fault | None = None
) -> HTMLResponse:  # fmt: skip
    with resources.trusted.connection() as connection:
        units = list_units(connection)
    today = clock.in_vietnam(clock.now()).date()
    ours = [one for one in units if resources.principal.covers(one.id) and not one.is_closed(today)]
    return _show(request, resources, unit, "succession.html", typed, fault, tree=walk_tree(ours))


def _show(
    request: Request, resources: Resources, unit: str, template: str, typed: dict[str, str],
    fault: Fault | None = None, **values: Any,  # noqa: ANN401 - for templates
) -> HTMLResponse:  # fmt: skip
    with resources.trusted.connection() as connection:
        found = existing_unit(connection, unit)
    return show(request, template, fault=fault, unit=found, typed=typed, **values)
