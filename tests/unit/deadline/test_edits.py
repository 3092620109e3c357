"""Changes of a calendar, folded from the province down."""

from datetime import date, datetime, time

import pytest

from services.clock import VIETNAM
from services.deadline.calendar import place
from services.deadline.due import find_due
from services.deadline.edits import CalendarChange, apply_changes, close_day, swap_days
from services.deadline.hours import CLOSED, MORNING, STANDARD_WEEK, DayEdit, DayHours
from services.deadline.lead import LeadTime, LeadUnit

THREE = LeadTime(3, LeadUnit.WORKING_DAYS)
MONDAY = datetime(2026, 12, 7, 9, tzinfo=VIETNAM)


def due_day(*changes: CalendarChange) -> date:
    return find_due(THREE, MONDAY, apply_changes("x", changes)).astimezone(VIETNAM).date()


def test_a_closure_moves_the_date_and_taking_it_back_restores_it() -> None:
    closed = close_day(date(2026, 12, 9), "Mất điện", "No power")
    assert due_day() == date(2026, 12, 10)
    assert due_day(closed) == date(2026, 12, 11)
    assert due_day(closed, CalendarChange(removed=(date(2026, 12, 9),))) == date(2026, 12, 10)


def test_days_are_swapped_both_ways() -> None:
    later, earlier = date(2026, 12, 12), date(2026, 12, 5)
    assert due_day(swap_days(date(2026, 12, 9), later)) == date(2026, 12, 11)
    assert due_day(swap_days(date(2026, 12, 9), earlier)) == date(2026, 12, 11)
    assert due_day(swap_days(date(2026, 12, 14), later)) == date(2026, 12, 10)


def test_the_unit_has_the_last_word() -> None:
    province = close_day(date(2026, 12, 9), "Nghỉ", "Off")
    unit = CalendarChange((DayEdit(date(2026, 12, 9), MORNING, "Trực buổi sáng", "Morning duty"),))
    assert due_day(province, unit) == date(2026, 12, 11)
    worked = CalendarChange((DayEdit(date(2026, 11, 24), STANDARD_WEEK[0], "Vẫn làm", "Worked"),))
    culture_day = place(datetime(2026, 11, 24, 9, tzinfo=VIETNAM))
    assert [apply_changes("x", made).is_working(culture_day) for made in ([], [worked])] == [False, True]


def test_a_week_of_half_days_counts_half() -> None:
    assert due_day(CalendarChange(week=(*(MORNING,) * 5, CLOSED, CLOSED))) == date(2026, 12, 15)


@pytest.mark.parametrize("week", [(CLOSED,) * 7, STANDARD_WEEK[:6]])
def test_a_week_without_work_is_none(week: tuple[DayHours, ...]) -> None:
    with pytest.raises(ValueError, match="seven days"):
        CalendarChange(week=week)
    with pytest.raises(ValueError, match="2018"):
        close_day(date(2050, 1, 1), "x", "x")
    assert CalendarChange(cutoff=time(14)).week is None
