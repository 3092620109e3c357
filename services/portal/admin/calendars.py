"""Calendars of units: a year at a glance, edits with a reason, and what they move before anything is written."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from services import clock
from services.access.units import walk_tree
from services.api import calendars as api
from services.api.database import Resources, resources_of
from services.api.units import existing_unit
from services.portal.admin.calendar_form import FORMS, read_form
from services.portal.admin.calendar_year import months_of
from services.portal.admin.frame import FAULTS, Fault, go, show
from services.storage.calendars import calendar_of, count_changes, list_changes, rules_of, week_of
from services.storage.units import list_units

router = APIRouter(prefix="/quan-tri/lich")

OurResources = Annotated[Resources, Depends(resources_of)]
Year = Annotated[int | None, Query(ge=2018, le=2040)]


@router.get("")
def list_all(request: Request, resources: OurResources) -> HTMLResponse:
    """The units, and how many changes each has of its own."""
    with resources.writing.connection() as connection:
        units, counts = list_units(connection), count_changes(connection)
    own = [unit for unit in units if resources.principal.covers(unit.id)]
    return show(request, "calendars.html", tree=walk_tree(own), counts=counts)


@router.get("/{unit}")
def read(request: Request, unit: str, resources: OurResources, year: Year = None) -> HTMLResponse:
    """The calendar of a unit in a year, and the forms that change it."""
    return _one(request, resources, unit, year)


@router.post("/{unit}/xem-truoc")
async def preview(request: Request, unit: str, resources: OurResources) -> HTMLResponse:
    """What an edit would move, and its confirmation."""
    sent = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_preview, request, unit, resources, sent)


@router.post("/{unit}")
def edit(request: Request, unit: str, resources: OurResources, change: Annotated[str, Form()] = "") -> Response:
    """The edit that was previewed."""
    try:
        api.edit(unit, api.CalendarIn.model_validate_json(change), resources)
    except FAULTS as fault:
        return _one(request, resources, unit, None, fault)
    return go(f"/quan-tri/lich/{unit}", "calendar_changed")


def _preview(request: Request, unit: str, resources: Resources, sent: dict[str, str]) -> HTMLResponse:
    with resources.writing.connection() as connection:
        found, week = existing_unit(connection, unit), week_of(list_changes(connection, unit))
    try:
        asked = read_form(sent, week)
        moves = api.preview(unit, asked, resources)
    except FAULTS as fault:
        return _one(request, resources, unit, None, fault, sent)
    return show(
        request, "calendar_preview.html", unit=found, asked=asked.model_dump(mode="json"), moves=moves,
        change=asked.model_dump_json(exclude_none=True),
    )  # fmt: skip


def _one(
    request: Request, resources: Resources, unit: str, year: int | None, fault: Fault | None = None,
    sent: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    today = clock.in_vietnam(clock.now()).date()
    with resources.writing.connection() as connection:
        found = existing_unit(connection, unit)
        calendar, changes = calendar_of(connection, unit).calendar, list_changes(connection, unit)
        told = api.read_calendar(unit, resources, year or today.year)
    cutoff, reception = rules_of(changes)
    return show(
        request, "calendar.html", fault=fault, unit=found, told=told, year=told["year"], today=today,
        months=months_of(calendar, told["year"]), cutoff=cutoff, reception=str(reception), forms=FORMS,
        sent=_Typed(sent or {}),
    )  # fmt: skip


class _Typed(dict[str, Any]):
    """What was typed into the form that was not right; nothing elsewhere."""

    def __missing__(self, key: str) -> str:
        return ""
