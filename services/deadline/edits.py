"""Changes of a unit's calendar, and the calendar they make together: a fold, so that any day's calendar can be rebuilt.

Changes are given from the province down to the unit, each in the order it was made: the unit has the last word.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from services.deadline.calendar import FIRST_YEAR, LAST_YEAR, ReceptionRule, WorkingCalendar, build_calendar
from services.deadline.hours import CLOSED, FULL_DAY, STANDARD_WEEK, DayEdit, DayHours

DAYS_A_WEEK = 7
CUTOFF = time(15)
"""The hour after which a same-day procedure is due the next day, until a unit has another."""


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What one decision changes: single days, days that go back to the week, the week itself, the same-day hour, the
    rule of reception out of hours.

    Raises:
        ValueError: a day beyond the years of the calendar, or a week that is not seven days with one of them open.
    """

    days: tuple[DayEdit, ...] = ()
    removed: tuple[date, ...] = ()
    week: tuple[DayHours, ...] | None = None
    cutoff: time | None = None
    reception: ReceptionRule | None = None

    def __post_init__(self) -> None:
        if self.week is not None and (len(self.week) != DAYS_A_WEEK or not any(day.sessions for day in self.week)):
            raise ValueError("a week has seven days, at least one of them open")
        for day in (*(edit.day for edit in self.days), *self.removed):
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise ValueError(f"{day} is outside {FIRST_YEAR}–{LAST_YEAR}")


def close_day(day: date, name_vi: str, name_en: str) -> CalendarChange:
    """A local closure."""
    return CalendarChange((DayEdit(day, CLOSED, name_vi, name_en),))


def swap_days(off: date, worked: date, hours: DayHours = FULL_DAY) -> CalendarChange:
    """A working day off, made up for on another day; either may come first."""
    return CalendarChange((
        DayEdit(off, CLOSED, f"nghỉ hoán đổi với {worked:%d/%m/%Y}", f"off, swapped with {worked:%d/%m/%Y}"),
        DayEdit(worked, hours, f"làm bù cho {off:%d/%m/%Y}", f"worked instead of {off:%d/%m/%Y}"),
    ))  # fmt: skip


def apply_changes(unit: str, changes: Iterable[CalendarChange]) -> WorkingCalendar:
    """The calendar that changes make, in their order, of the standard week and the country's days."""
    week, cutoff, reception = STANDARD_WEEK, CUTOFF, ReceptionRule.NEXT_OPENING
    days: dict[date, DayEdit] = {}
    for change in changes:
        days |= {edit.day: edit for edit in change.days}
        for day in change.removed:
            days.pop(day, None)
        week = change.week or week
        cutoff = change.cutoff or cutoff
        reception = change.reception or reception
    return build_calendar(unit, week=week, edits=days.values(), cutoff=cutoff, reception=reception)
