"""`motcua due`: a due date with every line of why."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

import psycopg
import typer

from services.catalogue.procedure import Procedure
from services.catalogue.shipped import load_shipped
from services.catalogue.versions import in_force
from services.cli import app
from services.cli.output import stop, write_json
from services.clock import VIETNAM, now
from services.deadline.calendar import WorkingCalendar, build_calendar
from services.deadline.due import DueDate, due_date
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.phrase import parse_lead
from services.deadline.suspension import Suspension
from services.dossier.errors import CannotProceed, Refused
from services.stack.running import settings_here
from services.storage.calendars import calendar_of
from services.storage.database import connect
from services.storage.procedures import find_procedure
from services.storage.units import list_units
from services.wording import Language, sentence

_EXAMPLE = (
    'Example: motcua due --lead "3 working days" --received 2026-08-21T10:00 '
    "--suspend 2026-08-24T09:00/2026-08-26T14:00"
)


@app.command("due", epilog=_EXAMPLE)
def show_due(
    *,
    received: Annotated[
        str,
        typer.Option(help="When it was received: 2026-08-21T10:00 or 21/08/2026 10:00; without a zone: Viet Nam time."),
    ],
    procedure: Annotated[str, typer.Option(help="Code of the procedure, such as 1.001193.")] = "",
    lead: Annotated[str, typer.Option(help="Limit in words: 3 working days, 15 ngày, 8 giờ làm việc, same day.")] = "",
    suspend: Annotated[list[str] | None, typer.Option(help="A pause START/END, written likewise; repeat it.")] = None,
    unit: Annotated[str, typer.Option(help="Unit whose calendar counts.")] = "",
    at: Annotated[str, typer.Option(help="Moment at which the used budget is measured; default: now.")] = "",
    json_file: Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")] = "",
) -> None:
    """When a dossier is due, counted line by line / Hạn trả kết quả và từng bước tính."""
    try:
        filed = read_moment(received)
        chosen = choose_lead(procedure, lead, filed.astimezone(VIETNAM).date())
        pauses = [read_pause(pause) for pause in suspend or ()]
        found = due_date(chosen, filed, find_calendar(unit), pauses, as_of=read_moment(at) if at else now())
        write_json(json_file, describe(found))
    except (Refused, CannotProceed) as error:
        stop(error)
    if json_file != "-":
        _print(found)


def find_calendar(unit: str) -> WorkingCalendar:
    """The calendar that the running system keeps for a unit; the standard one where none is reached or named.

    Raises:
        Refused: the running system does not know the unit.
    """
    if not unit:
        return build_calendar()
    try:
        with connect(settings_here().database_url) as connection:
            if all(known.id != unit for known in list_units(connection)):
                raise Refused(sentence("deadline.unknown_unit", unit=unit))
            return calendar_of(connection, unit).calendar
    except psycopg.Error:
        typer.echo(sentence("deadline.standard_calendar").say(), err=True)
        typer.echo(sentence("deadline.standard_calendar").say(Language.EN), err=True)
        return build_calendar(unit)


def read_moment(text: str) -> datetime:
    """An ISO 8601 moment, or one as Viet Nam writes it (24/11/2026 08:30); without a zone it is Viet Nam time.

    Raises:
        Refused: it is neither.
    """
    for read in (datetime.fromisoformat, *_WRITTEN):
        try:
            moment = read(text.strip())
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    raise Refused(sentence("deadline.unreadable_moment", text=text))


def _as(form: str) -> Callable[[str], datetime]:
    # naive on purpose: the caller gives it Viet Nam's zone
    return lambda text: datetime.strptime(text, form)  # noqa: DTZ007


_WRITTEN = (_as("%d/%m/%Y %H:%M"), _as("%d/%m/%Y"))
"""How the command itself writes a moment, with its hour and without."""


def read_pause(text: str) -> Suspension:
    """A pause `START/END`; where a moment has slashes of its own, the one in the middle parts them.

    Raises:
        Refused: it is no such pair, or ends before it starts.
    """
    parts = text.split("/")
    middle = len(parts) // 2
    if len(parts) % 2:
        raise Refused(sentence("deadline.unreadable_pause", text=text))
    return Suspension(read_moment("/".join(parts[:middle])), read_moment("/".join(parts[middle:])))


def choose_lead(code: str, lead: str, day: date) -> LeadTime:
    """The limit: what was said in words, else that of the procedure's ordinary case on the day of reception.

    Raises:
        Refused: neither or both were given, the words cannot be read, or there is no such procedure.
        CannotProceed: the procedure is not in force that day, or it has no established time.
    """
    if bool(code) == bool(lead):
        raise Refused(sentence("deadline.one_of_two"))
    if lead:
        return parse_lead(lead)
    procedure = _find_stored(code, day) or _find_shipped(code, day)
    if not procedure.times:
        raise CannotProceed(sentence("catalogue.no_time", code=code))
    return procedure.times[0].lead


def _find_stored(code: str, day: date) -> Procedure | None:
    """The version of the running system, whose times the province may have changed; None where none is reached."""
    try:
        with connect(settings_here().database_url) as connection:
            return find_procedure(connection, code, on=day)
    except psycopg.Error:
        return None


def _find_shipped(code: str, day: date) -> Procedure:
    if all(procedure.code != code for procedure in load_shipped()):
        raise Refused(sentence("catalogue.unknown_code", code=code))
    return in_force(load_shipped(), code, day)


def describe(found: DueDate) -> dict[str, object]:
    """A due date in the shape of `motcua due --json`; moments in Viet Nam time."""
    unit = LeadUnit.WORKING_DAYS if found.budget.unit is LeadUnit.SAME_DAY else found.budget.unit
    return {
        "due_at": found.due_at.astimezone(VIETNAM).isoformat(),
        "lines": [{"text_vi": line.say(Language.VI), "text_en": line.say(Language.EN)} for line in found.lines],
        "budget": {"amount": found.budget.amount, "unit": found.budget.unit.value},
        "used": {"amount": found.used, "unit": unit.value},
        "received_at": found.received_at.astimezone(VIETNAM).isoformat(),
    }


def _print(found: DueDate) -> None:
    for line in found.lines:
        typer.echo(line.say(Language.VI))
        typer.echo(f"    {line.say(Language.EN)}")
