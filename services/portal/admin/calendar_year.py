"""A year of a working calendar as twelve months of weeks, for the eye."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from services.deadline.calendar import DAY, WorkingCalendar, day_of

MONTHS = range(1, 13)
_WEIGHTS = ("off", "half", "open")


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: off, half or open; `why` names it where it differs from its week."""

    day: date
    weight: str
    why: str


def months_of(calendar: WorkingCalendar, year: int) -> list[list[list[Cell | None]]]:
    """Months of weeks of seven days, Monday first; None where a week reaches into another month."""
    special = {day_of(number * DAY): edit.name_vi for number, edit in calendar.special}
    first = day_of(calendar.first * DAY)

    def cell(day: date) -> Cell:
        return Cell(day, _WEIGHTS[calendar.weight_of((day - first).days)], special.get(day, ""))

    return [
        [
            [cell(day) if day.month == month else None for day in week]
            for week in Calendar().monthdatescalendar(year, month)
        ]
        for month in MONTHS
    ]
