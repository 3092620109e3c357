"""The units of the province: a tree that administrators keep, each within his own part of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services.access.roles import Principal
from services.access.units import Unit
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.models import Problem422
from services.api.problems import Problem
from services.dossier.errors import Refused
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.storage.units import add_unit, change_unit, close_unit, find_unit, list_units, units_below
from services.wording import sentence

router = APIRouter(tags=["units"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (403, 404, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]
Kind = Literal["province", "centre", "department", "commune"]


class UnitIn(BaseModel):
    """What a unit is called, where it hangs, and the code that heads its dossiers' codes."""

    name: str = Field(min_length=1, max_length=200, examples=["Phường Đông Kinh"])
    parent: str | None = Field(None, max_length=64, description="null only for the province itself")
    kind: Kind = "commune"
    agency: str = Field("", max_length=40, pattern=r"^[A-Za-z0-9.]*$", examples=["H37.05"])


class NewUnitIn(UnitIn):
    """A unit that is not there yet."""

    id: str = Field(min_length=1, max_length=40, examples=["05977"])


class CloseIn(BaseModel):
    """From when on, and why."""

    on: Day
    reason: str = Field(min_length=1, max_length=1000)


@router.get("/v1/units", summary="Units of the province")
def list_all(resources: OurResources) -> dict[str, Any]:
    """Every unit with its place in the tree."""
    with resources.writing.connection() as connection:
        return {"items": [_tell(unit) for unit in list_units(connection)]}


@router.post("/v1/units", status_code=HTTPStatus.CREATED, responses=PROBLEMS, summary="Add a unit")
def add(asked: NewUnitIn, resources: OurResources) -> dict[str, Any]:
    """It hangs below a unit of whoever adds it, and has the calendar of that one until it gets changes of its own."""
    unit = Unit(asked.id.strip(), asked.name.strip(), asked.parent, asked.kind, asked.agency)
    with resources.trusted.connection() as connection:
        check_within(connection, resources.principal, [asked.parent] if asked.parent else [])
        if not asked.parent:
            raise Refused(sentence("access.unit_without_parent"))
        add_unit(connection, unit)
    note(resources, "unit_added", unit.id, name=unit.name, parent=unit.parent, agency=unit.agency)
    return _tell(unit)


@router.put("/v1/units/{unit}", responses=PROBLEMS, summary="Change a unit")
def change(unit: str, asked: UnitIn, resources: OurResources) -> dict[str, Any]:
    """Another name, place, kind or agency code. It moves only to where the same calendar holds for its dossiers."""
    with resources.trusted.connection() as connection, connection.transaction():
        before = existing_unit(connection, unit)
        if asked.parent != before.parent:
            check_within(connection, resources.principal, [one for one in (asked.parent, before.parent) if one])
            if not asked.parent or before.parent is None:
                raise Refused(sentence("access.unit_without_parent"))
        after = replace(
            before, name=asked.name.strip(), parent=asked.parent, kind=asked.kind, agency=asked.agency
        )  # fmt: skip
        _move(connection, before, after)
    note(
        resources, "unit_changed", unit, name=after.name, parent=after.parent, agency=after.agency,
        name_before=before.name, parent_before=before.parent, agency_before=before.agency,
    )  # fmt: skip
    return _tell(after)


@router.post("/v1/units/{unit}/close", responses=PROBLEMS, summary="Close a unit")
def close(unit: str, asked: CloseIn, resources: OurResources) -> dict[str, Any]:
    """It takes no dossiers in from a day on; those it has are finished, and nothing of it is deleted."""
    return _close(unit, asked.on, resources, "unit_closed", on=asked.on.isoformat(), reason=asked.reason)


@router.post("/v1/units/{unit}/open", responses=PROBLEMS, summary="Open a unit again")
def open_again(unit: str, resources: OurResources) -> dict[str, Any]:
    """It takes dossiers in again."""
    return _close(unit, None, resources, "unit_opened")


def _close(unit: str, day: date | None, resources: Resources, deed: str, **why: str) -> dict[str, Any]:
    with resources.trusted.connection() as connection:
        found = existing_unit(connection, unit)
        close_unit(connection, unit, day)
    note(resources, deed, unit, **why)
    return _tell(replace(found, closed_on=day))


def check_within(
    connection: Connection, principal: Principal, units: Sequence[str], *, whole_when_none: bool = False
) -> None:
    """Let pass units that are there and that somebody acts for.

    Raises:
        Problem: 403, one is beyond his own (or none is named, which stands for the whole province).
        Refused: one does not exist.
    """
    beyond = any(not principal.covers(unit) for unit in units) or (whole_when_none and not units)
    if beyond and principal.units is not None:
        raise Problem(HTTPStatus.FORBIDDEN, sentence("access.other_unit"))
    known = {unit.id for unit in list_units(connection)}
    for unit in units:
        if unit not in known:
            raise Refused(sentence("deadline.unknown_unit", unit=unit))


def existing_unit(connection: Connection, unit: str) -> Unit:
    """The unit of an address.

    Raises:
        Problem: 404, there is none.
    """
    found = find_unit(connection, unit)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_unit", unit=unit))
    return found


def _move(connection: Connection, before: Unit, after: Unit) -> None:
    below = units_below(connection, [before.id])
    old = {unit: calendar_of(connection, unit).calendar for unit in below}
    change_unit(connection, after)
    # a date is moved by a change of a calendar, which has its reason; never by the way
    if any(calendar_of(connection, unit).calendar != old[unit] for unit in below):
        raise Refused(sentence("access.unit_other_calendar", unit=before.name))


def _tell(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id, "name": unit.name, "parent": unit.parent, "kind": unit.kind, "agency": unit.agency,
        "closed_on": unit.closed_on.isoformat() if unit.closed_on else None,
    }  # fmt: skip
