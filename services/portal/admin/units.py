"""Units: the tree, and one unit to rename, move, close; what hangs on it is told before."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from services import clock
from services.access.units import walk_tree
from services.api import units as api
from services.api.database import Resources, resources_of
from services.portal.admin.frame import FAULTS, Fault, go, show
from services.storage.units import count_of_units, list_units

router = APIRouter(prefix="/quan-tri/don-vi")

OurResources = Annotated[Resources, Depends(resources_of)]
Text = Annotated[str, Form()]
KINDS = ("commune", "department", "centre", "province")


@router.get("")
def list_all(request: Request, resources: OurResources) -> HTMLResponse:
    """The tree with what hangs on each unit, and the form of a new one."""
    return _tree(request, resources)


@router.post("")
def add(
    request: Request, resources: OurResources, id: Text = "", name: Text = "", parent: Text = "",  # noqa: A002 - its name in the form
    kind: Text = "commune", agency: Text = "",
) -> Response:  # fmt: skip
    """A unit below another."""
    typed = {"id": id.strip(), "name": name.strip(), "parent": parent or None, "kind": kind, "agency": agency.strip()}
    try:
        api.add(api.NewUnitIn.model_validate(typed), resources)
    except FAULTS as fault:
        return _tree(request, resources, typed, fault)
    return go(f"/quan-tri/don-vi/{typed['id']}", "unit_added")


@router.get("/{unit}")
def read(request: Request, unit: str, resources: OurResources) -> HTMLResponse:
    """One unit."""
    return _one(request, resources, unit)


@router.post("/{unit}")
def change(
    request: Request, unit: str, resources: OurResources, name: Text = "", parent: Text = "", kind: Text = "commune",
    agency: Text = "",
) -> Response:  # fmt: skip
    """Another name, place, kind or code."""
    try:
        typed = {"name": name.strip(), "parent": parent or None, "kind": kind, "agency": agency.strip()}
        api.change(unit, api.UnitIn.model_validate(typed), resources)
    except FAULTS as fault:
        return _one(request, resources, unit, fault)
    return go(f"/quan-tri/don-vi/{unit}", "unit_changed")


@router.post("/{unit}/dong")
def close(request: Request, unit: str, resources: OurResources, on: Text = "", reason: Text = "") -> Response:
    """It takes no dossiers in from a day on."""
    try:
        api.close(unit, api.CloseIn.model_validate({"on": on, "reason": reason.strip()}), resources)
    except FAULTS as fault:
        return _one(request, resources, unit, fault)
    return go(f"/quan-tri/don-vi/{unit}", "unit_closed")


@router.post("/{unit}/mo")
def open_again(unit: str, resources: OurResources) -> Response:
    """It takes dossiers in again."""
    api.open_again(unit, resources)
    return go(f"/quan-tri/don-vi/{unit}", "unit_opened")


def _tree(
    request: Request, resources: Resources, typed: dict[str, Any] | None = None, fault: Fault | None = None
) -> HTMLResponse:  # fmt: skip
    with resources.trusted.connection() as connection:
        units, counts = list_units(connection), count_of_units(connection)
    own = walk_tree([unit for unit in units if resources.principal.covers(unit.id)])
    return show(
        request, "units.html", fault=fault, tree=own, counts=counts, kinds=KINDS, today=_today(),
        typed=typed or {"id": "", "name": "", "parent": own[0][1].id if own else "", "kind": "commune", "agency": ""},
    )  # fmt: skip


def _one(request: Request, resources: Resources, unit: str, fault: Fault | None = None) -> HTMLResponse:
    with resources.trusted.connection() as connection:
        found, units = api.existing_unit(connection, unit), list_units(connection)
        counts = count_of_units(connection)
    above = [one for one in units if resources.principal.covers(one.id) or one.id == found.parent]
    return show(
        request, "unit.html", fault=fault, unit=found, tree=walk_tree(above), kinds=KINDS, today=_today(),
        dossiers=counts[unit][0], accounts=counts[unit][1], closed=found.is_closed(_today()),
    )  # fmt: skip


def _today() -> Any:  # noqa: ANN401 - a date, for templates
    return clock.in_vietnam(clock.now()).date()
