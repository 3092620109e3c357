"""Verdicts, steps, tallies and rungs."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import VIETNAM
from services.deadline.calendar import build_calendar, place
from services.deadline.due import find_due
from services.deadline.escalation import Ladder, Rung, due_calls, next_call_at, plan_calls
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.ledger import Ledger, LedgerRow, PauseCause, read_ledger
from services.deadline.verdict import FINISHED, Verdict, draw_lines, judge, judge_steps, tally
from services.dossier.standing import Step, stand
from tests.builders.histories import walk_history

CALENDAR = build_calendar()
DAYS = LeadTime(3, LeadUnit.WORKING_DAYS)
HOURS = LeadTime(4, LeadUnit.WORKING_HOURS)
SAME_DAY = LeadTime(0, LeadUnit.SAME_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("ended", "verdict"),
    [
        ("06-10 23:59", Verdict.EARLY),
        ("06-11 00:00", Verdict.ON_TIME),
        ("06-11 17:00", Verdict.ON_TIME),
        ("06-11 20:00", Verdict.ON_TIME),
        ("06-12 00:00", Verdict.LATE),
    ],
)
def test_index_766_judges_by_the_day(ended: str, verdict: Verdict) -> None:
    lines = draw_lines(at("06-11 17:00"), DAYS, CALENDAR)
    assert judge(lines, at("12-01 09:00"), ended_at=at(ended), paused=True) is verdict


@pytest.mark.parametrize(
    ("now", "paused", "verdict"),
    [
        ("06-09 16:00", False, Verdict.IN_TIME),
        ("06-10 07:30", False, Verdict.NEAR_DUE),
        ("06-11 18:00", False, Verdict.NEAR_DUE),
        ("06-12 00:00", False, Verdict.OVERDUE),
        ("06-12 00:00", True, Verdict.PAUSED),
    ],
)
def test_in_progress(now: str, paused: bool, verdict: Verdict) -> None:
    assert judge(draw_lines(at("06-11 17:00"), DAYS, CALENDAR), at(now), paused=paused) is verdict


def test_hours_are_judged_by_the_moment() -> None:
    lines = draw_lines(at("06-11 10:30"), HOURS, CALENDAR)
    assert judge(lines, at("06-12 09:00"), ended_at=at("06-11 10:30")) is Verdict.ON_TIME
    assert judge(lines, at("06-12 09:00"), ended_at=at("06-11 10:31")) is Verdict.LATE
    assert judge(lines, at("06-11 08:29")) is Verdict.IN_TIME
    assert judge(lines, at("06-11 08:30")) is Verdict.NEAR_DUE


def test_a_same_day_dossier_is_near_due_two_hours_before() -> None:
    lines = draw_lines(at("06-11 17:00"), SAME_DAY, CALENDAR)
    assert judge(lines, at("06-11 14:59")) is Verdict.IN_TIME
    assert judge(lines, at("06-11 15:00")) is Verdict.NEAR_DUE


def test_a_step_may_be_late_while_the_dossier_is_in_time() -> None:
    steps = [
        Step("Tư pháp", at("06-08 09:00"), 1),
        Step("Lãnh đạo", at("06-10 09:00"), 1),
        Step("Trả", at("06-11 09:00")),
    ]
    judged = judge_steps(steps, Ledger(), CALENDAR, at("06-11 10:00"))
    assert [(one.step.name, one.late) for one in judged] == [("Tư pháp", True), ("Lãnh đạo", False)]
    assert judge(draw_lines(at("06-11 17:00"), DAYS, CALENDAR), at("06-11 10:00")) is Verdict.NEAR_DUE
    assert judge_steps([], Ledger(), CALENDAR, at("06-11 10:00")) == ()


def pause(start: str, end: str | None, *, restarts: bool = False) -> LedgerRow:
    return LedgerRow(at(start), at(end) if end else None, PauseCause.SUPPLEMENT, restarts)


@pytest.mark.parametrize(
    ("rows", "due", "late"),
    [
        ([], "06-09 17:00", True),
        ([pause("06-09 09:00", None)], "06-09 17:00", False),
        ([pause("06-09 07:30", "06-11 07:30")], "06-11 17:00", False),
        ([pause("06-08 14:00", "06-10 14:00", restarts=True)], "06-11 17:00", False),
        ([pause("06-01 09:00", "06-05 09:00")], "06-09 17:00", True),
    ],
    ids=["none", "lasts", "moved", "restarted", "before"],
)
def test_a_step_keeps_time_as_its_dossier(rows: list[LedgerRow], due: str, late: bool) -> None:
    """Handed over on Monday 8/6 with one day; looked at on Wednesday at 15:00."""
    steps = [Step("Thẩm định", at("06-08 09:00"), 1)]
    (judged,) = judge_steps(steps, Ledger(rows=tuple(rows)), CALENDAR, at("06-10 15:00"))
    assert (judged.due_at, judged.late) == (at(due), late)


@given(st.integers(0, 10_000), st.booleans(), st.integers(0, 60 * 24 * 60))
def test_pauses_never_make_a_step_late(seed: int, restarts: bool, minutes: int) -> None:
    """On lives as the state machine admits them: no later verdict than without pauses, none at a desk while paused."""
    events = walk_history(seed, DAYS, CALENDAR, restarts=restarts)
    if not events:
        return
    standing, ledger = stand(events), read_ledger(events)
    now = events[-1].at + timedelta(minutes=minutes)
    bare = Ledger(ended_at=ledger.ended_at)
    judged = judge_steps(standing.steps, ledger, CALENDAR, now)
    for one, without in zip(judged, judge_steps(standing.steps, bare, CALENDAR, now), strict=True):
        assert one.due_at >= without.due_at
        assert without.late or not one.late
        assert not (one.late and one.ended_at is None and standing.paused)


@given(st.lists(st.sampled_from(list(Verdict))))
def test_a_tally_adds_up(verdicts: list[Verdict]) -> None:
    found = tally(verdicts)
    assert found.received == len(verdicts) == sum(found.counts.values())
    assert found.good == sum(verdict not in {Verdict.LATE, Verdict.OVERDUE} for verdict in verdicts)


leads = st.one_of(
    st.builds(LeadTime, st.integers(1, 30), st.sampled_from([u for u in LeadUnit if u is not LeadUnit.SAME_DAY])),
    st.just(SAME_DAY),
)
moments = st.integers(0, 60 * 24 * 700).map(lambda minutes: at("01-05 00:00") + timedelta(minutes=minutes))


@given(leads, moments, moments, moments)
def test_verdicts_never_go_back(lead: LeadTime, received: datetime, first: datetime, second: datetime) -> None:
    """A dossier that is overdue at a moment is late when it ends at or after it; one in time then is not."""
    lines = draw_lines(find_due(lead, received, CALENDAR), lead, CALENDAR)
    assert lines.early_until <= lines.late_from
    assert lines.near_from < lines.late_from
    now, end = min(first, second), max(first, second)
    progress, final = judge(lines, now), judge(lines, end, ended_at=end)
    assert final in FINISHED
    assert progress not in FINISHED
    assert progress is not Verdict.OVERDUE or final is Verdict.LATE
    assert judge(lines, end, ended_at=now) is Verdict.LATE if progress is Verdict.OVERDUE else True


def test_rungs_climb_by_working_days() -> None:
    calls = plan_calls(draw_lines(at("06-11 17:00"), DAYS, CALENDAR), CALENDAR)  # a Thursday
    assert [(call.rung, call.at) for call in calls] == [
        (Rung.HANDLER, at("06-10 07:30")),
        (Rung.HEAD, at("06-12 00:00")),
        (Rung.DIRECTOR, at("06-15 07:30")),
        (Rung.PROVINCE, at("06-17 07:30")),
    ]


def test_each_rung_is_called_once_and_none_while_paused() -> None:
    calls = plan_calls(draw_lines(at("06-11 17:00"), DAYS, CALENDAR), CALENDAR)
    now = at("06-15 08:00")
    assert [call.rung for call in due_calls(calls, now, [Rung.HANDLER], paused=False)] == [Rung.HEAD, Rung.DIRECTOR]
    assert due_calls(calls, now, [], paused=True) == ()
    assert next_call_at(calls, [], paused=True) is None
    assert next_call_at(calls, [Rung.HANDLER, Rung.HEAD], paused=False) == at("06-15 07:30")
    assert next_call_at(calls, list(Rung), paused=False) is None


@given(leads, moments, st.integers(1, 5), st.integers(0, 5))
def test_rungs_are_in_order_and_at_working_moments(lead: LeadTime, received: datetime, first: int, more: int) -> None:
    lines = draw_lines(find_due(lead, received, CALENDAR), lead, CALENDAR)
    calls = plan_calls(lines, CALENDAR, Ladder(first, first + more))
    assert [call.at for call in calls] == sorted(call.at for call in calls)
    assert all(CALENDAR.is_working(place(call.at)) for call in calls[2:])


def test_a_ladder_that_does_not_climb_is_refused() -> None:
    for days in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="climb"):
            Ladder(*days)
