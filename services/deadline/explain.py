"""Why a due date is what it is: one sentence a step, each in both languages."""

from bisect import bisect_left
from collections.abc import Iterator

from services.deadline.calendar import (
    DAY,
    SECOND,
    WorkingCalendar,
    day_of,
    say_day,
    say_moment,
)
from services.deadline.count import HOUR, Count, Pause
from services.deadline.hours import HALVES_A_DAY, DayEdit
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.vietnam import last_official_year
from services.wording import Sentence, sentence

_WEEKDAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def explain_count(lead: LeadTime, filed: int, count: Count, calendar: WorkingCalendar) -> tuple[Sentence, ...]:
    """The steps from reception to due moment, in the order a person would count."""
    return (
        _say_reception(filed, count.received, calendar),
        *_say_rule(lead, count, calendar),
        *_say_special_days(count, calendar),
        *_say_weekends(lead.unit, count, calendar),
        *(_say_pause(lead.unit, pause) for pause in count.pauses),
        *_say_move(lead, count, calendar),
        sentence("deadline.due", due=say_moment(count.due), **_name_day(count.due)),
        *_say_forecast(count.due),
    )


def _say_reception(filed: int, received: int, calendar: WorkingCalendar) -> Sentence:
    if filed == received:
        return sentence("deadline.received", moment=say_moment(received))
    off = next((edit for day, edit in calendar.special if day == filed // DAY and not edit.hours.sessions), None)
    if off is not None:
        names = {"name_vi": off.name_vi, "name_en": off.name_en}
        return sentence("deadline.filed_on_day_off", filed=say_moment(filed), moment=say_moment(received), **names)
    return sentence("deadline.filed_when_closed", filed=say_moment(filed), moment=say_moment(received))


def _say_rule(lead: LeadTime, count: Count, calendar: WorkingCalendar) -> Iterator[Sentence]:
    if lead.unit is LeadUnit.SAME_DAY:
        cutoff = f"{calendar.cutoff // HOUR:02d}:{calendar.cutoff % HOUR // (60 * SECOND):02d}"
        late = count.received % DAY > calendar.cutoff
        yield sentence("deadline.same_day_after" if late else "deadline.same_day_before", cutoff=cutoff)
        return
    if lead.unit is not LeadUnit.WORKING_HOURS:
        yield sentence("deadline.first_day", **_name_day(count.begin))
    yield sentence(f"deadline.lead_{lead.unit}", amount=lead.amount)


def _say_special_days(count: Count, calendar: WorkingCalendar) -> Iterator[Sentence]:
    """Holidays in runs, make-up days and local edits one by one."""
    run: list[tuple[int, DayEdit]] = []
    for day, edit in _special_between(count, calendar):
        if run and (edit.hours.sessions or day != run[-1][0] + 1):
            yield _say_days_off(run)
            run = []
        if edit.hours.sessions:
            yield sentence("deadline.day_worked", name_vi=edit.name_vi, name_en=edit.name_en, **_name_day(day * DAY))
        else:
            run.append((day, edit))
    if run:
        yield _say_days_off(run)


def _special_between(count: Count, calendar: WorkingCalendar) -> tuple[tuple[int, DayEdit], ...]:
    first = bisect_left(calendar.special, count.begin // DAY, key=lambda item: item[0])
    last = bisect_left(calendar.special, count.due // DAY + 1, key=lambda item: item[0])
    return calendar.special[first:last]


def _say_days_off(run: list[tuple[int, DayEdit]]) -> Sentence:
    names = {
        "name_vi": ", ".join(dict.fromkeys(edit.name_vi for _, edit in run)),
        "name_en": ", ".join(dict.fromkeys(edit.name_en for _, edit in run)),
    }
    if len(run) == 1:
        return sentence("deadline.day_off", **names, **_name_day(run[0][0] * DAY))
    return sentence("deadline.days_off", first=say_day(run[0][0] * DAY), last=say_day(run[-1][0] * DAY), **names)


def _say_weekends(unit: LeadUnit, count: Count, calendar: WorkingCalendar) -> Iterator[Sentence]:
    if unit is LeadUnit.CALENDAR_DAYS:
        return
    first, last = calendar.index_of(count.begin), calendar.index_of(count.due)
    holidays = sum(1 for _, edit in _special_between(count, calendar) if not edit.hours.sessions)
    resting = sum(1 for index in range(first, last + 1) if not calendar.spans[index])
    if resting > holidays:
        yield sentence("deadline.weekly_days_off", count=resting - holidays)


def _say_pause(unit: LeadUnit, pause: Pause) -> Sentence:
    spoken = {"start": say_moment(pause.start), "end": say_moment(pause.end)}
    if unit is LeadUnit.CALENDAR_DAYS:
        return sentence("deadline.pause_calendar_days", amount=_say_amount(float(pause.lost) / DAY), **spoken)
    if unit is LeadUnit.WORKING_DAYS:
        return sentence("deadline.pause_working_days", amount=_say_amount(float(pause.lost) / HALVES_A_DAY), **spoken)
    return sentence("deadline.pause_working_hours", amount=_say_amount(float(pause.lost) / HOUR), **spoken)


def _say_move(lead: LeadTime, count: Count, calendar: WorkingCalendar) -> Iterator[Sentence]:
    """A period in plain days that would end on a day off."""
    if lead.unit is not LeadUnit.CALENDAR_DAYS:
        return
    lost = sum(int(pause.lost) for pause in count.pauses)
    nominal = calendar.index_of(count.begin) - 1 + lead.amount + -(-lost // DAY)
    if not calendar.spans[nominal]:
        yield sentence("deadline.moved", **_name_day(calendar.start_of(nominal)))


def _say_forecast(due: int) -> Iterator[Sentence]:
    if day_of(due).year > last_official_year():
        yield sentence("deadline.forecast", year=day_of(due).year)


def _say_amount(amount: float) -> str:
    return f"{round(amount, 2):g}"


def _name_day(placed: int) -> dict[str, str]:
    day = day_of(placed)
    return {
        "day_vi": f"{_WEEKDAYS_VI[day.weekday()]} {day:%d/%m/%Y}",
        "day_en": f"{_WEEKDAYS_EN[day.weekday()]} {day:%d/%m/%Y}",
    }
