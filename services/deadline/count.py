"""Counting a lead time on a calendar, around pauses.

Civil Code 91/2015: the first day is not counted (art. 147); a period that ends on a day off ends on the next working
day (art. 148). A period in days ends with the working hours of its last day; one in hours at the minute. A pause takes
from the count exactly the working time (calendar time for plain days) that it covers, so it can be cut anywhere.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from services.deadline.calendar import DAY, SECOND, ReceptionRule, Spans, WorkingCalendar
from services.deadline.hours import HALVES_A_DAY
from services.deadline.lead import LeadTime, LeadUnit

HOUR = 3600 * SECOND

Lost = int | Fraction


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that counted: its span and what it took, in the measure of its count."""

    start: int
    end: int
    lost: Lost


@dataclass(frozen=True, slots=True)
class Count:
    """How a lead time ran out: received, counting began, due (placed moments), and the pauses on the way."""

    received: int
    begin: int
    due: int
    pauses: tuple[Pause, ...]


def find_reception(filed: int, calendar: WorkingCalendar) -> int:
    """When a dossier filed at a moment counts as received: within hours at once, else at the next opening."""
    index = calendar.index_of(filed)
    if calendar.reception is ReceptionRule.AS_FILED:
        return filed
    if calendar.weight_of(index) == 0 or filed > calendar.closing_of(index):
        index = calendar.next_working(index + 1)
    return max(filed, calendar.start_of(index) + calendar.spans[index][0][0])


def count_lead(lead: LeadTime, received: int, calendar: WorkingCalendar, pauses: Spans) -> Count:
    """The count of a lead time from reception to due moment.

    Raises:
        CannotProceed: the calendar does not reach that far.
    """
    return _COUNTERS[lead.unit](lead.amount, received, calendar, pauses)


def _count_working_days(amount: int, received: int, calendar: WorkingCalendar, pauses: Spans) -> Count:
    day = calendar.index_of(received)
    target = calendar.halves[day] + HALVES_A_DAY * amount

    def reach(lost: Lost) -> int:
        return calendar.next_working(max(day, bisect_left(calendar.halves, target + lost)))

    return _count_days(received, calendar.start_of(day + 1), calendar, pauses, reach=reach, lose=lose_working_days)


def _count_calendar_days(amount: int, received: int, calendar: WorkingCalendar, pauses: Spans) -> Count:
    day = calendar.index_of(received)

    def reach(lost: Lost) -> int:
        return calendar.next_working(day + amount + -(-int(lost) // DAY))

    def lose(_: WorkingCalendar, start: int, end: int) -> Lost:
        return end - start

    return _count_days(received, calendar.start_of(day + 1), calendar, pauses, reach=reach, lose=lose)


def _count_same_day(_: int, received: int, calendar: WorkingCalendar, pauses: Spans) -> Count:
    day = calendar.index_of(received)
    late = received > calendar.start_of(day) + calendar.cutoff
    last = calendar.next_working(day + 1 if late else day)
    closing = calendar.closing_of(last)
    opened = calendar.open_before(received)
    # what the 15:00 rule leaves the office at least, so a pause cannot leave it less
    floor = calendar.open_before(closing) - max(opened, calendar.open_before(calendar.start_of(last) + calendar.cutoff))

    def reach(lost: Lost) -> int:
        return calendar.next_working(max(last, bisect_left(calendar.opened, opened + floor + int(lost)) - 1))

    return _count_days(received, received, calendar, pauses, reach=reach, lose=lose_working_time)


def _count_working_hours(amount: int, received: int, calendar: WorkingCalendar, pauses: Spans) -> Count:
    return count_working_time(amount * HOUR, received, calendar, pauses)


def count_working_time(budget: int, received: int, calendar: WorkingCalendar, pauses: Spans) -> Count:
    """The count of working microseconds from a moment on.

    Raises:
        CannotProceed: the calendar does not reach that far.
    """
    total = calendar.open_before(received) + budget
    due = calendar.find_open(total)
    counted: list[Pause] = []
    for start, end in _after(received, pauses):
        if start >= due:
            break
        counted.append(Pause(start, end, lose_working_time(calendar, start, end)))
        total += int(counted[-1].lost)
        due = calendar.find_open(total)
    return Count(received, received, due, tuple(counted))


def _count_days(
    received: int,
    begin: int,
    calendar: WorkingCalendar,
    pauses: Spans,
    *,
    reach: Callable[[Lost], int],
    lose: Callable[[WorkingCalendar, int, int], Lost],
) -> Count:
    """Push the last day out pause by pause; `reach` gives the last day for what was lost so far."""
    lost: Lost = 0
    last = reach(lost)
    counted: list[Pause] = []
    for start, end in _after(begin, pauses):
        if start >= calendar.closing_of(last):
            break
        counted.append(Pause(start, end, lose(calendar, start, end)))
        lost += counted[-1].lost
        last = max(reach(lost), _running_day(calendar, last, start, end))
    return Count(received, begin, calendar.closing_of(last), tuple(counted))


def _running_day(calendar: WorkingCalendar, last: int, start: int, end: int) -> int:
    """The first working day from `last` on whose closing hour is outside a pause: nothing is due while it is paused."""
    while start < calendar.closing_of(last) <= end:
        last = calendar.next_working(max(last + 1, calendar.index_of(end)))
    return last


def lose_working_time(calendar: WorkingCalendar, start: int, end: int) -> int:
    """Working microseconds between two moments."""
    return calendar.open_before(end) - calendar.open_before(start)


def lose_working_days(calendar: WorkingCalendar, start: int, end: int) -> Fraction:
    """Half working days between two moments; part of a day counts as its share of that day's hours."""
    return _position(calendar, end) - _position(calendar, start)


def _position(calendar: WorkingCalendar, moment: int) -> Fraction:
    index = calendar.index_of(moment)
    before, weight = calendar.halves[index - 1], calendar.weight_of(index)
    if not weight:
        return Fraction(before)
    length = calendar.opened[index + 1] - calendar.opened[index]
    return before + Fraction(weight * (calendar.open_before(moment) - calendar.opened[index]), length)


def _after(begin: int, pauses: Spans) -> Spans:
    return tuple((max(start, begin), end) for start, end in pauses if end > begin)


_COUNTERS: dict[LeadUnit, Callable[[int, int, WorkingCalendar, Spans], Count]] = {
    LeadUnit.WORKING_DAYS: _count_working_days,
    LeadUnit.CALENDAR_DAYS: _count_calendar_days,
    LeadUnit.WORKING_HOURS: _count_working_hours,
    LeadUnit.SAME_DAY: _count_same_day,
}
