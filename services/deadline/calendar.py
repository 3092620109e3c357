"""The working calendar of one unit, laid out once so that a due date is two look-ups.

Inside, a moment is a whole number of microseconds of Viet Nam time since 1/1/1970 00:00: a day is a division, and a
pause can be cut anywhere without rounding. Viet Nam keeps UTC+7 all year.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from itertools import accumulate

from services.deadline.hours import CLOSED, STANDARD_WEEK, DayEdit, DayHours
from services.deadline.vietnam import find_national_days
from services.dossier.errors import CannotProceed, Refused
from services.wording import sentence

SECOND = 1_000_000
DAY = 86_400 * SECOND
FIRST_YEAR, LAST_YEAR = 2018, 2040

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=7)))
_EPOCH_DAY = date(1970, 1, 1).toordinal()

Spans = tuple[tuple[int, int], ...]


class ReceptionRule(StrEnum):
    """What counts as the moment of reception when the office was closed."""

    NEXT_OPENING = "next_opening"
    AS_FILED = "as_filed"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When a unit works, as running totals by day; `first` is the number of the first day laid out.

    `halves[i]` counts half working days up to the end of day `first + i`; `opened[i]` the working microseconds before
    it; `spans[i]` its sessions from midnight; `special` the days that differ from their week, by day number.
    `cutoff` is the hour after which a same-day procedure moves to the next working day.
    """

    unit: str
    first: int
    halves: tuple[int, ...]
    opened: tuple[int, ...]
    spans: tuple[Spans, ...]
    special: tuple[tuple[int, DayEdit], ...]
    cutoff: int
    reception: ReceptionRule

    def index_of(self, moment: int) -> int:
        """The place of a moment's day in the tables.

        Raises:
            CannotProceed: the calendar does not reach that day.
        """
        index = moment // DAY - self.first
        if not 0 < index < len(self.halves) - 1:
            raise _beyond(say_day(moment))
        return index

    def start_of(self, index: int) -> int:
        """Midnight at which a day begins."""
        return (self.first + index) * DAY

    def closing_of(self, index: int) -> int:
        """The end of working hours of a working day."""
        return self.start_of(index) + self.spans[index][-1][1]

    def weight_of(self, index: int) -> int:
        """What a day counts for, in half working days."""
        return self.halves[index] - self.halves[index - 1]

    def open_before(self, moment: int) -> int:
        """Working microseconds from the beginning of the tables to a moment."""
        index = self.index_of(moment)
        within = moment - self.start_of(index)
        return self.opened[index] + sum(min(within, end) - start for start, end in self.spans[index] if within > start)

    def find_open(self, total: int) -> int:
        """The first moment before which `total` working microseconds have passed.

        Raises:
            CannotProceed: the calendar ends before.
        """
        if total > self.opened[-1]:
            raise _beyond(say_day(self.start_of(len(self.halves))))
        index = bisect_left(self.opened, total) - 1
        left = total - self.opened[index]
        for start, end in self.spans[index]:
            if left <= end - start:
                break
            left -= end - start
        return self.start_of(index) + start + left

    def next_working(self, index: int) -> int:
        """The first working day at or after a day.

        Raises:
            CannotProceed: the calendar ends before.
        """
        found = bisect_left(self.halves, self.halves[index - 1] + 1) if index < len(self.halves) else index
        if found >= len(self.halves) - 1:
            raise _beyond(say_day(self.start_of(found)))
        return found

    def last_working(self, index: int) -> int:
        """The last working day at or before a day."""
        return bisect_left(self.halves, self.halves[index])

    def is_working(self, moment: int) -> bool:
        """Whether the office is open at a moment; both ends of a session belong to it."""
        index = self.index_of(moment)
        within = moment - self.start_of(index)
        return any(start <= within <= end for start, end in self.spans[index])


def build_calendar(
    unit: str = "",
    *,
    week: tuple[DayHours, ...] = STANDARD_WEEK,
    edits: Iterable[DayEdit] = (),
    cutoff: time = time(15),
    reception: ReceptionRule = ReceptionRule.NEXT_OPENING,
    years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR),
) -> WorkingCalendar:
    """The calendar of a unit: its week, the country's days, then the unit's own edits (the last word).

    A national holiday closes the day; a make-up day gives it the hours of the unit's Monday. Both years are included.
    """
    worked = week[0]
    special = {_day_number(edit.day): _fit(edit, worked) for edit in find_national_days(*years)}
    special |= {_day_number(edit.day): edit for edit in edits}
    first, last = _day_number(date(years[0], 1, 1)), _day_number(date(years[1], 12, 31))
    hours = [special[day].hours if day in special else week[(day + 3) % 7] for day in range(first, last + 1)]
    spans = tuple(tuple((_in_day(start), _in_day(end)) for start, end in day.sessions) for day in hours)
    lengths = [sum(end - start for start, end in day) for day in spans]
    return WorkingCalendar(
        unit=unit,
        first=first,
        halves=tuple(accumulate(day.halves for day in hours)),
        opened=tuple(accumulate(lengths, initial=0))[:-1],
        spans=spans,
        special=tuple((day, special[day]) for day in sorted(special) if _matters(day, special[day], week)),
        cutoff=_in_day(cutoff),
        reception=reception,
    )


def place(moment: datetime) -> int:
    """A moment as microseconds of Viet Nam time.

    Raises:
        Refused: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise Refused(sentence("deadline.no_time_zone", moment=moment.isoformat()))
    since = moment - _EPOCH
    return since.days * DAY + since.seconds * SECOND + since.microseconds


def moment_at(placed: int) -> datetime:
    """The aware moment (UTC) of a number of microseconds of Viet Nam time."""
    return (_EPOCH + timedelta(microseconds=placed)).astimezone(UTC)


def day_of(placed: int) -> date:
    """The Viet Nam date of a placed moment."""
    return date.fromordinal(_EPOCH_DAY + placed // DAY)


def say_day(placed: int) -> str:
    """The Viet Nam date as people write it, day first."""
    return f"{day_of(placed):%d/%m/%Y}"


def say_moment(placed: int) -> str:
    """Date and hour as people write them."""
    return f"{_EPOCH + timedelta(microseconds=placed):%d/%m/%Y %H:%M}"


def _beyond(day: str) -> CannotProceed:
    return CannotProceed(sentence("deadline.beyond_calendar", day=day))


def _fit(edit: DayEdit, worked: DayHours) -> DayEdit:
    return edit if edit.hours == CLOSED else DayEdit(edit.day, worked, edit.name_vi, edit.name_en)


def _matters(day: int, edit: DayEdit, week: tuple[DayHours, ...]) -> bool:
    return edit.hours != week[(day + 3) % 7]


def _day_number(day: date) -> int:
    return day.toordinal() - _EPOCH_DAY


def _in_day(hour: time) -> int:
    return ((hour.hour * 60 + hour.minute) * 60 + hour.second) * SECOND
