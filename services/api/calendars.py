"""Units and their working calendars: what counts, and edits with a reason that move the dates of open dossiers."""

from datetime import date, datetime, time
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from services import clock
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem
from services.deadline.calendar import DAY, ReceptionRule, day_of
from services.deadline.edits import CalendarChange
from services.deadline.hours import DayHours
from services.dossier.errors import Refused
from services.storage.calendar_preview import preview_change
from services.storage.calendars import add_change, as_json, calendar_of, list_changes, week_of
from services.storage.database import Connection
from services.storage.reprojection import Reprojected, reproject_stale
from services.storage.units import list_units
from services.wording import sentence

router = APIRouter(tags=["units"])

PROBLEMS: dict[int | str, dict[str, Any]] = {404: {"model": Problem422}, 422: {"model": Problem422}}
_HOURS: TypeAdapter[DayHours] = TypeAdapter(DayHours)
_CHANGE: TypeAdapter[CalendarChange] = TypeAdapter(CalendarChange)


class HoursIn(BaseModel):
    """Opening hours of a day, Viet Nam time; none: closed."""

    sessions: list[tuple[time, time]] = Field([], max_length=6, examples=[[["07:30", "11:30"]]])
    half: bool = Field(False, description="counts as half a working day")


class DayIn(BaseModel):
    """A day that differs from its week, and why, to people."""

    day: Day
    hours: HoursIn
    name_vi: str = Field(min_length=1, max_length=200)
    name_en: str = Field(min_length=1, max_length=200)


class CalendarIn(BaseModel):
    """One decision about a calendar; what is left out stays."""

    reason: str = Field(min_length=1, max_length=1000)
    days: list[DayIn] = Field([], max_length=400)
    removed: list[date] = Field([], max_length=400, description="days that go back to the week")
    week: list[HoursIn] | None = Field(None, description="Monday to Sunday")
    cutoff: time | None = Field(None, description="hour after which a same-day procedure is due the next day")
    reception: ReceptionRule | None = None


@router.get("/v1/units/{unit}/calendar", responses=PROBLEMS, summary="Working calendar of a unit")
def read_calendar(
    unit: str,
    resources: Annotated[Resources, Depends(resources_of)],
    year: Annotated[int | None, Query(ge=2018, le=2040)] = None,
) -> dict[str, Any]:
    """Its week, every day of a year that differs from it, and the changes with their reasons."""
    chosen = year or clock.in_vietnam(clock.now()).year
    with resources.writing.connection() as connection:
        _check_unit(connection, unit)
        found, changes = calendar_of(connection, unit), list_changes(connection, unit)
    special = [(day_of(number * DAY), edit) for number, edit in found.calendar.special]
    return {
        "unit": unit,
        "year": chosen,
        "version": found.version,
        "week": [_HOURS.dump_python(day, mode="json") for day in week_of(changes)],
        "days": [
            {"day": day.isoformat(), **_HOURS.dump_python(edit.hours, mode="json"), "name_vi": edit.name_vi,
             "name_en": edit.name_en}
            for day, edit in special
            if day.year == chosen
        ],
        "changes": [
            {"version": change.id, "unit": change.unit, "at": moment(change.at), "actor": change.actor,
             "reason": change.reason, "change": as_json(change.change)}
            for change in changes
        ],
    }  # fmt: skip


@router.post("/v1/units/{unit}/calendar", responses=PROBLEMS, summary="Edit the working calendar of a unit")
def edit(unit: str, asked: CalendarIn, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Holidays, swapped days, closures, hours; open dossiers of the unit and those below get new dates at once."""
    with resources.writing.connection() as connection:
        _check_unit(connection, unit)
        version, done = change_calendar(connection, unit, asked, actor=resources.principal.name, at=clock.now())
    note(resources, "calendar_changed", unit, version=version, reason=asked.reason, moved=done.moved)
    return {"unit": unit, "version": version, "looked_at": done.looked_at, "moved": done.moved}


@router.post("/v1/units/{unit}/calendar/preview", responses=PROBLEMS, summary="What an edit of a calendar would move")
def preview(unit: str, asked: CalendarIn, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """How many open dossiers would be due earlier or later, and ten of them; nothing is written."""
    with resources.writing.connection() as connection:
        _check_unit(connection, unit)
        found = preview_change(connection, unit, _read(asked))
    return {
        "looked_at": found.looked_at, "moved": found.moved, "earlier": found.earlier, "later": found.later,
        "examples": [
            {"code": move.code, "old_due_at": moment(move.old), "new_due_at": moment(move.new)}
            for move in found.examples
        ],
    }  # fmt: skip


def change_calendar(
    connection: Connection, unit: str, asked: CalendarIn, *, actor: str, at: datetime
) -> tuple[int, Reprojected]:
    """Write a change and move the dates; its version, and what moved.

    Raises:
        Refused: the edit does not hold together.
        CannotProceed: the calendar does not reach far enough.
    """
    version = add_change(connection, unit, _read(asked), reason=asked.reason, actor=actor, at=at)
    return version, reproject_stale(connection, at)


def _read(asked: CalendarIn) -> CalendarChange:
    try:
        return _CHANGE.validate_python(asked.model_dump(exclude={"reason"}, exclude_none=True))
    except ValidationError as error:
        raise Refused(sentence("deadline.bad_calendar")) from error


def _check_unit(connection: Connection, unit: str) -> None:
    if all(known.id != unit for known in list_units(connection)):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_unit", unit=unit))
