"""What the forms of a calendar send, as one change of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from pydantic import TypeAdapter

from services.api.calendars import CalendarIn
from services.deadline.calendar import ReceptionRule
from services.deadline.edits import CalendarChange, swap_days
from services.deadline.hours import CLOSED, DayEdit, DayHours
from services.dossier.errors import Refused
from services.wording import sentence

Sent = Mapping[str, str]
Week = Sequence[DayHours]

FORMS = ("closure", "swap", "day", "week", "reset", "rules")
LONGEST_CLOSURE = 31
SESSIONS = (("morning_from", "morning_to"), ("afternoon_from", "afternoon_to"))
_CHANGE: TypeAdapter[CalendarChange] = TypeAdapter(CalendarChange)


def read_form(sent: Sent, week: Week) -> CalendarIn:
    """The change that a form asks for; `week` are the unit's days of the week now.

    Raises:
        Refused: a day or an hour is missing or does not hold together, or there is no reason.
        ValidationError: a value is too long.
    """
    reason = sent.get("reason", "").strip()
    if not reason:
        raise Refused(sentence("deadline.reason_for_edit"))
    try:
        change = _READERS[sent.get("form", "")](sent, week)
    except (KeyError, ValueError):
        raise Refused(sentence("deadline.bad_calendar")) from None
    told = _CHANGE.dump_python(change, mode="json", exclude_defaults=True)
    return CalendarIn.model_validate(told | {"reason": reason})


def _closure(sent: Sent, _: Week) -> CalendarChange:
    first = _day(sent["first"])
    last = _day(sent["last"]) if sent.get("last") else first
    if not 0 <= (last - first).days < LONGEST_CLOSURE:
        raise Refused(sentence("deadline.bad_closure", most=LONGEST_CLOSURE))
    name = _name(sent)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return CalendarChange(tuple(DayEdit(day, CLOSED, name, name) for day in days))


def _swap(sent: Sent, _: Week) -> CalendarChange:
    return swap_days(_day(sent["off"]), _day(sent["worked"]))


def _one_day(sent: Sent, _: Week) -> CalendarChange:
    name = _name(sent)
    return CalendarChange((DayEdit(_day(sent["day"]), _hours(sent), name, name),))


def _weekday(sent: Sent, week: Week) -> CalendarChange:
    days = list(week)
    days[int(sent["weekday"])] = _hours(sent)
    return CalendarChange(week=tuple(days))


def _reset(sent: Sent, _: Week) -> CalendarChange:
    return CalendarChange(removed=(_day(sent["day"]),))


def _rules(sent: Sent, _: Week) -> CalendarChange:
    return CalendarChange(cutoff=time.fromisoformat(sent["cutoff"]), reception=ReceptionRule(sent["reception"]))


_READERS: Mapping[str, Callable[[Sent, Week], CalendarChange]] = {
    "closure": _closure,
    "swap": _swap,
    "day": _one_day,
    "week": _weekday,
    "reset": _reset,
    "rules": _rules,
}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _name(sent: Sent) -> str:
    return sent.get("name", "").strip() or sent["reason"].strip()[:200]


def _hours(sent: Sent) -> DayHours:
    """Morning and afternoon, either left empty; both empty: closed."""
    sessions = tuple(
        (time.fromisoformat(sent[start]), time.fromisoformat(sent[end]))
        for start, end in SESSIONS
        if sent.get(start) or sent.get(end)
    )
    return replace(DayHours(sessions), half=bool(sent.get("half")) and bool(sessions))
