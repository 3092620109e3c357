"""The Vietnamese calendar against the announced schedules of three years."""

from datetime import date, timedelta

import pytest

from services.deadline.calendar import build_calendar

CALENDAR = build_calendar()

OFF_WEEKDAYS = {
    2024: "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9",
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9",
    2026: "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
    2027: "1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11",
}
WORKED_WEEKENDS = {2024: "4/5", 2025: "26/4", 2026: "10/1 22/8", 2027: ""}


@pytest.mark.parametrize("year", OFF_WEEKDAYS)
def test_a_year_rests_and_works_as_announced(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    off = [day for day in days if day.weekday() < 5 and not _works(day)]
    worked = [day for day in days if day.weekday() >= 5 and _works(day)]
    assert off == _parse(OFF_WEEKDAYS[year], year)
    assert worked == _parse(WORKED_WEEKENDS[year], year)


def _works(day: date) -> bool:
    return bool(CALENDAR.spans[day.toordinal() - date(1970, 1, 1).toordinal() - CALENDAR.first])


def _parse(text: str, year: int) -> list[date]:
    return [date(year, int(month), int(day)) for day, month in (item.split("/") for item in text.split())]
