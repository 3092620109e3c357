"""Accounts: who may sign in, with what roles, for which units; a password is shown once."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from services.access.roles import Role
from services.access.units import walk_tree
from services.api import accounts as api
from services.api.database import Resources, resources_of
from services.portal.admin.frame import FAULTS, Fault, go, show
from services.storage.units import list_units

router = APIRouter(prefix="/quan-tri")

OurResources = Annotated[Resources, Depends(resources_of)]
Chosen = Annotated[list[str], Form(default_factory=list)]
ROWS = 50
STATES = ("active", "unready", "locked", "shut")
ROLES = tuple(role for role in Role if role is not Role.CITIZEN)
DEEDS = {
    "khoa": (api.disable, "disabled"),
    "mo": (api.enable, "enabled"),
    "bo-khoa-tam": (api.unlock, "unlocked"),
    "bo-dien-thoai": (api.reset_second_factor, "phone_taken"),
}


@router.get("/tai-khoan")
def list_all(
    request: Request, resources: OurResources, q: Annotated[str, Query(max_length=100)] = "", role: str = "",
    state: str = "", after: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:  # fmt: skip
    """Search and filters, then the rows."""
    found = api.list_all(
        resources, q=q, role=Role(role) if role in set(Role) else None,
        state=state if state in STATES else None, limit=ROWS, offset=after,  # type: ignore[arg-type] # one of the states
    )  # fmt: skip
    return show(
        request, "accounts.html", found=found, q=q, role=role, state=state, after=after, rows=ROWS, roles=ROLES,
        states=STATES,
    )  # fmt: skip


@router.get("/tai-khoan-moi")
def ask(request: Request, resources: OurResources) -> HTMLResponse:
    """The form of a new account."""
    return _form(request, resources, {"roles": [], "units": [], "display": "", "name": ""})


@router.post("/tai-khoan-moi")
def add(
    request: Request, resources: OurResources, roles: Chosen, units: Chosen, name: Annotated[str, Form()] = "",
    display: Annotated[str, Form()] = "",
) -> HTMLResponse:  # fmt: skip
    """The new account with its first password, which nobody sees again."""
    typed = {"name": name.strip(), "display": display.strip(), "roles": roles, "units": units}
    try:
        made = api.add(api.AccountIn.model_validate(typed), resources)
    except FAULTS as fault:
        return _form(request, resources, typed, fault)
    return show(request, "password.html", account=made, fresh=True)


@router.get("/tai-khoan/{name}")
def read(request: Request, name: str, resources: OurResources) -> HTMLResponse:
    """One account, and what may be done with it."""
    return _one(request, resources, name)


@router.post("/tai-khoan/{name}/quyen")
def change(
    request: Request, name: str, resources: OurResources, roles: Chosen, units: Chosen,
    display: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Other roles and units."""
    try:
        typed = api.RightsIn.model_validate({"display": display.strip(), "roles": roles, "units": units})
        api.change(name, typed, resources)
    except FAULTS as fault:
        return _one(request, resources, name, fault)
    return go(f"/quan-tri/tai-khoan/{name}", "account_changed")


@router.post("/tai-khoan/{name}/mat-khau")
def reset(request: Request, name: str, resources: OurResources) -> HTMLResponse:
    """A first password again, shown once."""
    return show(request, "password.html", account=api.reset(name, resources), fresh=False)


@router.post("/tai-khoan/{name}/viec/{deed}")
def do(request: Request, name: str, deed: str, resources: OurResources) -> Response:
    """Shut, open, unlock, take the phone away."""
    act, done = DEEDS.get(deed, (api.enable, "enabled"))
    try:
        act(name, resources)
    except FAULTS as fault:
        return _one(request, resources, name, fault)
    return go(f"/quan-tri/tai-khoan/{name}", f"account_{done}")


def _form(
    request: Request, resources: Resources, typed: dict[str, Any], fault: Fault | None = None
) -> HTMLResponse:  # fmt: skip
    return show(
        request, "account_new.html", fault=fault, typed=typed, roles=ROLES, tree=_own_tree(resources)
    )  # fmt: skip


def _one(request: Request, resources: Resources, name: str, fault: Fault | None = None) -> HTMLResponse:
    account = api.read(name, resources)
    return show(
        request, "account.html", fault=fault, account=account, roles=ROLES, tree=_own_tree(resources),
        oneself=name == resources.principal.name,
    )  # fmt: skip


def _own_tree(resources: Resources) -> list[Any]:
    with resources.writing.connection() as connection:
        units = list_units(connection)
    return walk_tree([unit for unit in units if resources.principal.covers(unit.id)])
