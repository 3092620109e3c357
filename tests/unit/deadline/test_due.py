"""Due dates: the vectors of law and calendar, and properties that hold for every dossier."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deadline.calendar import WorkingCalendar, build_calendar, place
from services.deadline.due import due_date, find_due
from services.deadline.hours import CLOSED, FULL_DAY, MORNING, STANDARD_WEEK, DayEdit
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.phrase import parse_lead
from services.deadline.suspension import Suspension
from services.dossier.errors import CannotProceed, Refused
from services.wording import Language

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = build_calendar()
POLICE = build_calendar("police", week=(*STANDARD_WEEK[:5], MORNING, CLOSED))

VECTORS = """
2024-04-26 10:00    3 working days        2024-05-04
2024-05-03 16:30    1 working days        2024-05-04
2025-01-23 09:00    5 working days        2025-02-06
2025-04-25 14:00    3 working days        2025-04-29
2025-08-29 09:00    3 working days        2025-09-05
2025-12-31 10:00    1 working days        2026-01-05
2026-01-08 09:00    3 working days        2026-01-12
2026-02-12 15:30    3 working days        2026-02-24
2026-04-24 09:00    2 working days        2026-04-29
2026-08-21 10:00    7 working days        2026-09-03
2026-11-23 14:00    1 working days        2026-11-25
2026-11-23 15:30    same day              2026-11-25
2026-11-21 09:00    3 working days        2026-11-27
2026-06-05 09:00    15 calendar days      2026-06-22
2026-08-03 09:00    30 calendar days      2026-09-03
2026-02-02 09:00    15 calendar days      2026-02-23
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("row", VECTORS.strip().splitlines())
def test_vectors_of_law(row: str) -> None:
    received, lead, due = row[:16], row[20:42].strip(), row[42:].strip()
    assert due_date(parse_lead(lead), at(received), CALENDAR).due_at == at(f"{due} 17:00")


@pytest.mark.parametrize(
    ("received", "lead", "due"),
    [
        ("2026-11-23 15:00", "same day", "2026-11-23 17:00"),
        ("2026-11-21 09:00", "same day", "2026-11-23 17:00"),
        ("2026-11-20 17:30", "same day", "2026-11-23 17:00"),
        ("2026-11-25 06:00", "1 working hour", "2026-11-25 08:30"),
        ("2026-11-25 10:30", "8 working hours", "2026-11-26 11:00"),
        ("2026-11-25 16:30", "1 working hours", "2026-11-26 08:00"),
        ("2026-11-25 12:00", "1 working hours", "2026-11-25 14:30"),
        ("2026-11-25 07:30", "4 giờ làm việc", "2026-11-25 11:30"),
    ],
)
def test_hours_and_same_day(received: str, lead: str, due: str) -> None:
    assert due_date(parse_lead(lead), at(received), CALENDAR).due_at == at(due)


def test_a_saturday_morning_counts_half_a_day() -> None:
    friday = at("2026-11-27 09:00")
    assert due_date(parse_lead("1 ngày làm việc"), friday, POLICE).due_at == at("2026-11-30 17:00")
    assert due_date(parse_lead("same day"), at("2026-11-28 09:00"), POLICE).due_at == at("2026-11-28 11:30")
    assert due_date(parse_lead("same day"), at("2026-11-28 12:00"), POLICE).due_at == at("2026-11-30 17:00")


def test_a_unit_has_its_own_closures_and_worked_days() -> None:
    flood = DayEdit(date(2026, 11, 26), CLOSED, "nghỉ do mưa lũ", "closed by flood")
    extra = DayEdit(date(2026, 11, 28), FULL_DAY, "làm bù", "make-up day")
    calendar = build_calendar("x", edits=[flood, extra])
    found = due_date(parse_lead("2 working days"), at("2026-11-25 09:00"), calendar)
    assert found.due_at == at("2026-11-28 17:00")
    assert [line.say(Language.EN) for line in found.lines][3:5] == [
        "Thursday 26/11/2026 is off (closed by flood).",
        "Saturday 28/11/2026 is worked (make-up day).",
    ]


def test_a_pause_costs_the_working_time_it_covers() -> None:
    pause = Suspension(at("2026-06-09 14:00"), at("2026-06-12 10:00"))
    found = due_date(parse_lead("10 working days"), at("2026-06-05 09:00"), CALENDAR, [pause])
    assert due_date(parse_lead("10 working days"), at("2026-06-05 09:00"), CALENDAR).due_at == at("2026-06-19 17:00")
    assert found.due_at == at("2026-06-24 17:00")
    assert found.used == pytest.approx(10 + 1 - (3 + 2.5) / 7.5, abs=1e-3)


def test_nothing_is_due_while_it_is_paused() -> None:
    pauses = [
        Suspension(at("2026-06-09 09:30"), at("2026-06-09 10:00")),
        Suspension(at("2026-06-12 10:00"), at("2026-06-15 08:00")),
    ]
    assert due_date(parse_lead("3 working days"), at("2026-06-08 09:00"), CALENDAR, pauses).due_at == at(
        "2026-06-15 17:00"
    )


def test_used_is_measured_at_the_moment_asked_for() -> None:
    lead, received = parse_lead("4 working days"), at("2026-06-08 09:00")
    assert due_date(lead, received, CALENDAR, as_of=at("2026-06-08 16:00")).used == 0
    assert due_date(lead, received, CALENDAR, as_of=at("2026-06-10 11:30")).used == pytest.approx(1 + 4 / 7.5, abs=1e-3)
    assert due_date(lead, received, CALENDAR).used == 4


def test_every_step_is_said_in_both_languages() -> None:
    found = due_date(parse_lead("7 working days"), at("2026-08-21 10:00"), CALENDAR)
    assert [line.say(Language.EN) for line in found.lines] == [
        "Received at 21/08/2026 10:00.",
        "The day of reception is not counted; counting begins on Saturday 22/08/2026.",
        "The limit is 7 working days: only days the office works are counted.",
        "Saturday 22/08/2026 is worked (worked instead of 31/08/2026).",
        "31/08/2026 to 02/09/2026 are off (off, swapped with 22/08/2026, National Day).",
        "Weekly days off, not counted: 3.",
        "Due at 03/09/2026 17:00 (Thursday 03/09/2026).",
    ]
    assert all(line.say(Language.VI) != line.say(Language.EN) for line in found.lines)


def test_next_year_is_said_to_be_a_forecast() -> None:
    found = due_date(parse_lead("30 working days"), at("2026-12-21 10:00"), CALENDAR)
    assert "not announced" in found.lines[-1].say(Language.EN)


def test_a_moment_without_zone_and_a_day_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(Refused):
        due_date(parse_lead("1 day"), datetime(2026, 1, 5, 9), CALENDAR)  # noqa: DTZ001 - the fault under test
    with pytest.raises(CannotProceed):
        due_date(parse_lead("1 day"), at("2050-01-05 09:00"), CALENDAR)
    with pytest.raises(CannotProceed):
        due_date(parse_lead("9999 working days"), at("2026-01-05 09:00"), CALENDAR)
    with pytest.raises(CannotProceed):
        due_date(parse_lead("9999 days"), at("2036-01-05 09:00"), CALENDAR)
    with pytest.raises(CannotProceed):
        due_date(parse_lead("9999 working hours"), at("2036-01-05 09:00"), CALENDAR)
    with pytest.raises(Refused):
        Suspension(at("2026-01-05 09:00"), at("2026-01-04 09:00"))


moments = st.integers(0, 1_246 * 86_400).map(
    lambda seconds: datetime(2024, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
)
leads = st.one_of(
    st.builds(LeadTime, st.integers(1, 60), st.sampled_from([u for u in LeadUnit if u is not LeadUnit.SAME_DAY])),
    st.just(LeadTime(0, LeadUnit.SAME_DAY)),
)
calendars = st.sampled_from([CALENDAR, POLICE])


@st.composite
def pauses(draw: st.DrawFn) -> Suspension:
    start = draw(moments)
    return Suspension(start, start + timedelta(microseconds=draw(st.integers(1, 40 * 86_400_000_000))))


@given(leads, moments, calendars, st.lists(pauses(), max_size=4))
def test_the_due_date_is_a_working_moment_after_reception(
    lead: LeadTime, received: datetime, calendar: WorkingCalendar, paused: list[Suspension]
) -> None:
    found = due_date(lead, received, calendar, paused)
    assert calendar.is_working(place(found.due_at))
    assert found.due_at > received
    assert found.due_at == find_due(lead, received, calendar, paused)


@given(leads, moments, calendars, st.lists(pauses(), max_size=3), pauses())
def test_a_pause_never_makes_it_due_earlier(
    lead: LeadTime, received: datetime, calendar: WorkingCalendar, paused: list[Suspension], another: Suspension
) -> None:
    before = find_due(lead, received, calendar, paused)
    assert find_due(lead, received, calendar, [*paused, another]) >= before


@given(leads, moments, st.lists(pauses(), max_size=2), pauses(), st.floats(0, 1))
def test_any_split_of_a_pause_gives_the_same_date(
    lead: LeadTime, received: datetime, others: list[Suspension], whole: Suspension, cut: float
) -> None:
    middle = whole.start + (whole.end - whole.start) * cut
    halves = [Suspension(middle, whole.end), *others, Suspension(whole.start, middle)]
    assert find_due(lead, received, POLICE, halves) == find_due(lead, received, POLICE, [whole, *others])


@given(st.integers(1, 25), moments, st.lists(pauses(), max_size=3))
def test_working_days_agree_with_counting_by_hand(amount: int, received: datetime, paused: list[Suspension]) -> None:
    """The oracle walks day by day, minute shares and all, with nothing of the product but the list of days."""
    found = find_due(LeadTime(amount, LeadUnit.WORKING_DAYS), received, CALENDAR, paused)
    assert found == _count_by_hand(amount, received, paused)


def _count_by_hand(amount: int, received: datetime, paused: list[Suspension]) -> datetime:
    local = received.astimezone(VIETNAM)
    day = local.date()
    if not _works(day) or local.time() > time(17):
        day = _next_working(day)
    left = timedelta(hours=7.5) * amount
    while True:
        day = _next_working(day)
        closing = datetime.combine(day, time(17), VIETNAM)
        left -= _running(day, paused)
        if left <= timedelta(0) and not any(p.start < closing <= p.end for p in paused):
            return closing


def _running(day: date, paused: list[Suspension]) -> timedelta:
    marks = sorted({mark for p in paused for mark in (p.start, p.end)})
    total = timedelta(0)
    for opens, closes in ((time(7, 30), time(11, 30)), (time(13, 30), time(17))):
        start, end = datetime.combine(day, opens, VIETNAM), datetime.combine(day, closes, VIETNAM)
        cuts = [start, *(mark for mark in marks if start < mark < end), end]
        for left, right in pairwise(cuts):
            if not any(p.start <= left and right <= p.end for p in paused):
                total += right - left
    return total


def _works(day: date) -> bool:
    index = day.toordinal() - date(1970, 1, 1).toordinal() - CALENDAR.first
    return bool(CALENDAR.spans[index])


def _next_working(day: date) -> date:
    day += timedelta(days=1)
    while not _works(day):
        day += timedelta(days=1)
    return day
