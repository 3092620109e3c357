"""`motcua calendar …`: the working calendar of a unit, shown and edited with a reason."""

from dataclasses import replace
from datetime import date, time
from typing import Annotated

import typer

from services.cli import app
from services.cli.here import open_database
from services.cli.output import stop, write_json
from services.clock import now
from services.deadline.calendar import DAY, day_of
from services.deadline.edits import CalendarChange, close_day, swap_days
from services.deadline.hours import DayHours
from services.dossier.errors import CannotProceed, Refused
from services.storage.calendars import add_change, calendar_of, list_changes, week_of
from services.storage.database import Connection
from services.storage.reprojection import reproject_stale
from services.storage.units import list_units
from services.wording import Language, sentence

calendar_app = typer.Typer(
    no_args_is_help=True,
    help="Working calendars of units / Lịch làm việc của đơn vị.",
    epilog="Example: motcua calendar show --unit tinh --year 2026",
)
app.add_typer(calendar_app, name="calendar")

UnitOption = Annotated[str, typer.Option(help="Unit; what hangs below it follows.")]
Reason = Annotated[str, typer.Option(help="Why; kept with every dossier whose date moves.")]
JsonFile = Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")]
ACTOR = "motcua calendar"


@calendar_app.command("units", epilog="Example: motcua calendar units")
def show_units(*, json_file: JsonFile = "") -> None:
    """The units of the province / Các đơn vị."""
    with open_database() as connection:
        units = list_units(connection)
    write_json(json_file, [{"id": unit.id, "name": unit.name, "parent": unit.parent} for unit in units])
    if json_file != "-":
        for unit in units:
            typer.echo(f"{unit.id:8} {unit.name}")


@calendar_app.command("show", epilog="Example: motcua calendar show --unit tinh --year 2026")
def show(
    *, unit: UnitOption, year: Annotated[int, typer.Option(help="Year.")] = 2026, json_file: JsonFile = ""
) -> None:
    """Every day that differs from its week / Những ngày khác tuần làm việc."""
    with open_database() as connection:
        _check(connection, unit)
        special = calendar_of(connection, unit).calendar.special
    days = [(day_of(number * DAY), edit) for number, edit in special]
    shown = [(day, edit, say_hours(edit.hours)) for day, edit in days if day.year == year]
    write_json(
        json_file,
        [{"day": f"{day}", "hours": hours, "vi": edit.name_vi, "en": edit.name_en} for day, edit, hours in shown],
    )
    if json_file != "-":
        for day, edit, hours in shown:
            typer.echo(f"{day:%d/%m/%Y}  {hours or '–':24} {edit.name_vi} / {edit.name_en}")


@calendar_app.command("close", epilog='Example: motcua calendar close 2026-12-24 --unit tinh --reason "Mất điện"')
def close(day: str, *, unit: UnitOption, reason: Reason, json_file: JsonFile = "") -> None:
    """A day off that the week does not know / Nghỉ một ngày."""
    _edit(unit, close_day(read_day(day), reason, reason), reason, json_file)


@calendar_app.command("swap", epilog='Example: motcua calendar swap 2026-12-31 2027-01-09 --unit 20 --reason "QĐ"')
def swap(off: str, worked: str, *, unit: UnitOption, reason: Reason, json_file: JsonFile = "") -> None:
    """A working day OFF made up for on WORKED / Hoán đổi ngày làm việc."""
    _edit(unit, swap_days(read_day(off), read_day(worked)), reason, json_file)


@calendar_app.command("reset", epilog='Example: motcua calendar reset 2026-12-24 --unit tinh --reason "Có điện lại"')
def reset(day: str, *, unit: UnitOption, reason: Reason, json_file: JsonFile = "") -> None:
    """A day back to its week / Trả một ngày về lịch tuần."""
    _edit(unit, CalendarChange(removed=(read_day(day),)), reason, json_file)


@calendar_app.command("hours", epilog="Example: motcua calendar hours 6 07:30-11:00 --half --unit tinh --reason QĐ")
def set_hours(
    weekday: Annotated[int, typer.Argument(min=1, max=7, help="1 Monday … 7 Sunday")],
    hours: Annotated[str, typer.Argument(help="07:30-11:30,13:30-17:00; empty for a day off")],
    *,
    unit: UnitOption,
    reason: Reason,
    half: Annotated[bool, typer.Option(help="Counts as half a working day.")] = False,
    json_file: JsonFile = "",
) -> None:
    """The hours of a day of the week / Giờ làm việc của một thứ trong tuần."""
    with open_database() as connection:
        _check(connection, unit)
        week = list(week_of(list_changes(connection, unit)))
    try:
        week[weekday - 1] = replace(read_hours(hours), half=half)
        change = CalendarChange(week=tuple(week))
    except ValueError:
        stop(Refused(sentence("deadline.bad_calendar")))
    _edit(unit, change, reason, json_file)


def read_day(text: str) -> date:
    """A day, ISO 8601; ends the command when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        stop(Refused(sentence("deadline.unreadable_day", text=text)))


def read_hours(text: str) -> DayHours:
    """Opening hours as people write them; ends the command when they cannot be read."""
    try:
        spans = [span.split("-") for span in text.replace(" ", "").split(",") if span]
        return DayHours(tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans))
    except ValueError:
        stop(Refused(sentence("deadline.unreadable_hours", text=text)))


def say_hours(hours: DayHours) -> str:
    """Opening hours as people write them."""
    return ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in hours.sessions)


def _edit(unit: str, change: CalendarChange, reason: str, json_file: str) -> None:
    if not reason.strip():
        stop(Refused(sentence("deadline.reason_for_edit")))
    try:
        with open_database() as connection:
            _check(connection, unit)
            version = add_change(connection, unit, change, reason=reason, actor=ACTOR, at=now())
            done = reproject_stale(connection, now())
        write_json(json_file, {"version": version, "looked_at": done.looked_at, "moved": done.moved})
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        told = sentence("deadline.calendar_moved", looked_at=done.looked_at, moved=done.moved)
        for language in Language:
            typer.echo(told.say(language))


def _check(connection: Connection, unit: str) -> None:
    if all(known.id != unit for known in list_units(connection)):
        stop(Refused(sentence("deadline.unknown_unit", unit=unit)))
