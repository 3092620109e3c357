"""Foreseeing lateness: probabilities of those alike, drawn towards wider circles where they are few."""

import random
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.forecast import back_test, draw_history, draw_ways, score
from services.clock import VIETNAM
from services.deadline.calendar import build_calendar
from services.deadline.forecast import Circle, Kind, OpenStep, StepTime, foresee, learn, place_open, time_steps
from services.dossier.history import EventKind, HistoryEvent

CALENDAR = build_calendar()
KIND = Kind("1.000001", "Đất đai")
MONDAY = datetime(2026, 6, 8, 7, 30, tzinfo=VIETNAM)
DUE = datetime(2026, 6, 12, 17, tzinfo=VIETNAM)
LATE = datetime(2026, 6, 13, tzinfo=VIETNAM)


def at(days: int, hours: float = 0) -> datetime:
    return MONDAY + timedelta(days=days, hours=hours)


LIFE = (
    HistoryEvent(EventKind.SUBMITTED, at(0)),
    HistoryEvent(EventKind.RECEIVED, at(0)),
    HistoryEvent(EventKind.HANDED_OVER, at(1), step="Thụ lý"),
    HistoryEvent(EventKind.CLOCK_PAUSED, at(2), reason="niêm yết"),
    HistoryEvent(EventKind.CLOCK_RESUMED, at(3)),
    HistoryEvent(EventKind.RESULT_SIGNED, at(4)),
)


def test_step_times_are_shares_of_the_budget_without_pauses() -> None:
    """Five days from Monday; from Tuesday to Friday morning three days, one of them paused; the budget without it."""
    whole, step = time_steps(LIFE, KIND, DUE, CALENDAR)
    assert (whole.step, step.step) == ("", "Thụ lý")
    assert whole.share == 3 / 4
    assert step.share == 2 / 4
    assert time_steps(LIFE[:-1], KIND, DUE, CALENDAR) == []
    stopped = (*LIFE[:-1], HistoryEvent(EventKind.WITHDRAWN, at(4)))
    assert time_steps(stopped, KIND, DUE, CALENDAR) == []


def test_an_open_dossier_stands_where_its_pause_began() -> None:
    running = place_open(LIFE[:3], KIND, (DUE, LATE), CALENDAR, at(2))
    paused = place_open(LIFE[:4], KIND, (DUE, LATE), CALENDAR, at(3))
    assert running is not None
    assert paused is not None
    assert (running.spent, running.total, running.left, running.hours) == (1 / 5, 2 / 5, 3 / 5, 7.5)
    assert paused == running
    assert place_open(LIFE, KIND, (DUE, LATE), CALENDAR, at(5)) is None
    assert place_open(LIFE[:1], KIND, (DUE, LATE), CALENDAR, at(5)) is None
    over = place_open(LIFE[:3], KIND, (DUE, LATE), CALENDAR, LATE)
    assert over is not None
    assert foresee(learn([]), over).probability == 1


def test_many_alike_decide_few_are_drawn_to_the_wider_circle() -> None:
    quick = [StepTime("1.000001", "Đất đai", "Thụ lý", 0.3 + n / 1000) for n in range(90)]
    slow = [StepTime("1.000001", "Đất đai", "Thụ lý", 1.5 + n / 1000) for n in range(10)]
    others = [StepTime("2.000001", "Đất đai", "Thụ lý", 2.0) for _ in range(200)]
    model = learn([*quick, *slow, *others])
    here = OpenStep("1.000001", "Đất đai", "Thụ lý", spent=0.1, total=0.1, left=0.9, hours=1)
    known = foresee(model, here)
    assert (known.circle, known.like, known.late) == (Circle.PROCEDURE_STEP, 100, 10)
    assert 0.1 < known.probability < 0.2
    # as long in the step as the slow ones alone were
    stuck = foresee(model, OpenStep("1.000001", "Đất đai", "Thụ lý", spent=0.6, total=0.6, left=0.4, hours=5))
    assert (stuck.like, stuck.late) == (10, 10)
    assert stuck.probability > 0.9
    unknown = foresee(model, OpenStep("3.000001", "Đất đai", "Thụ lý", spent=0.1, total=0.1, left=0.9, hours=1))
    assert unknown.circle is Circle.FIELD_STEP
    assert 0.6 < unknown.probability < 0.72


shares = st.floats(0, 3)


@given(st.lists(st.builds(StepTime, st.sampled_from("ab"), st.just("f"), st.sampled_from(["", "s"]), shares)),
       shares, shares, shares)  # fmt: skip
def test_a_probability_it_is_and_less_time_left_never_makes_it_safer(
    times: list[StepTime], spent: float, left: float, more: float
) -> None:
    model = learn(times)
    near = foresee(model, OpenStep("a", "f", "s", spent, spent, left, 1)).probability
    far = foresee(model, OpenStep("a", "f", "s", spent, spent, left + more, 1)).probability
    assert 0 <= far <= near <= 1


def test_it_knows_more_than_a_constant_on_drawn_histories() -> None:
    chance = random.Random(3)
    ways = draw_ways(chance)
    drawn = [draw_history(chance, ways, CALENDAR) for _ in range(800)]
    figures = score(*back_test(drawn, CALENDAR))
    assert figures["judged"] > 100
    assert figures["brier"] < 0.9 * figures["brier_constant"]
    assert figures["late_among_first_tenth"] > figures["late_share"]
