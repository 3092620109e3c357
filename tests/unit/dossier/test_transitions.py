"""The state machine: every row of the law's table, every guard, and what no history may do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import VIETNAM
from services.deadline.calendar import build_calendar
from services.deadline.lead import LeadTime, LeadUnit
from services.dossier.commands import Action, Command, Rules
from services.dossier.errors import Refused
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.standing import FINAL, Delivery, Finance, Standing, Synchronisation, apply_event, stand
from services.dossier.status import DossierStatus as S
from services.dossier.transitions import TRANSITIONS, ClockEffect, Form, decide
from services.wording import Language, sentence
from tests.builders.histories import walk_history

CALENDAR = build_calendar()
MORNING = datetime(2026, 6, 8, 9, tzinfo=VIETNAM)
DUE = datetime(2026, 6, 15, 17, tzinfo=VIETNAM)


def later(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def ask(action: Action, hours: float = 1, **more: object) -> Command:
    command = Command(
        action, later(hours), actor="an officer", reason="why", items=("Giấy chứng sinh",), step="Tư pháp"
    )
    return replace(command, **more)  # type: ignore[arg-type]


def after(*actions: Action, rules: Rules | None = None) -> Standing:
    standing, rules = Standing(), rules or Rules()
    for number, action in enumerate(actions):
        command = ask(action, number / 10, amount_vnd=8000)
        standing = apply_event(standing, decide(standing, command, rules))
    return standing


RECEIVED = (Action.SUBMIT, Action.RECEIVE)
PROCESSING = (*RECEIVED, Action.HAND_OVER)
ASKED = (*PROCESSING, Action.REQUEST_SUPPLEMENT)
OWING = (*PROCESSING, Action.REQUEST_PAYMENT)
DONE = (*PROCESSING, Action.SIGN_RESULT)

LAW = [
    ((), Action.SUBMIT, S.NEW, ClockEffect.NONE, None),
    ((Action.SUBMIT,), Action.RECEIVE, S.RECEIVED, ClockEffect.STARTS, Form.RECEIPT),
    ((Action.SUBMIT,), Action.REQUEST_SUPPLEMENT, S.SUPPLEMENT_REQUESTED, ClockEffect.PAUSES, Form.SUPPLEMENT),
    ((Action.SUBMIT,), Action.REFUSE_RECEPTION, S.NOT_RECEIVED, ClockEffect.NONE, Form.REFUSAL),
    (RECEIVED, Action.HAND_OVER, S.PROCESSING, ClockEffect.NONE, Form.CONTROL_SHEET),
    (PROCESSING, Action.CHOOSE_TIME_CASE, S.PROCESSING, ClockEffect.RECOUNTS, None),
    (PROCESSING, Action.REQUEST_SUPPLEMENT, S.SUPPLEMENT_REQUESTED, ClockEffect.PAUSES, Form.SUPPLEMENT),
    (ASKED, Action.COMPLETE_SUPPLEMENT, S.PROCESSING, ClockEffect.RESUMES, None),
    (PROCESSING, Action.REQUEST_PAYMENT, S.PAYMENT_REQUESTED, ClockEffect.PAUSES, None),
    (OWING, Action.RECORD_PAYMENT, S.PROCESSING, ClockEffect.RESUMES, None),
    (PROCESSING, Action.REFUSE, S.DONE, ClockEffect.STOPS, Form.REFUSAL),
    (PROCESSING, Action.SIGN_RESULT, S.DONE, ClockEffect.STOPS, None),
    (DONE, Action.RETURN_RESULT, S.RETURNED, ClockEffect.NONE, Form.REGISTER),
    *((one, Action.WITHDRAW, S.WITHDRAWN, ClockEffect.STOPS, None) for one in (RECEIVED, PROCESSING, ASKED, OWING)),
]  # fmt: skip


@pytest.mark.parametrize(("before", "action", "to", "clock", "form"), LAW)
def test_the_table_of_the_law(
    before: tuple[Action, ...], action: Action, to: S, clock: ClockEffect, form: Form | None
) -> None:
    standing = after(*before)
    event = decide(standing, ask(action, amount_vnd=8000), Rules())
    assert apply_event(standing, event).status is to
    assert (TRANSITIONS[action].clock, TRANSITIONS[action].form) == (clock, form)


@pytest.mark.parametrize(
    ("before", "command", "rules", "said"),
    [
        ((Action.SUBMIT,), ask(Action.SIGN_RESULT), Rules(), "newly registered"),
        (PROCESSING, ask(Action.REFUSE, reason=" "), Rules(), "Give a reason"),
        (PROCESSING, ask(Action.REQUEST_SUPPLEMENT, items=(" ",)), Rules(), "in one go"),
        (RECEIVED, ask(Action.HAND_OVER, step=""), Rules(), "Name the step"),
        (PROCESSING, ask(Action.REQUEST_PAYMENT), Rules(), "amount due"),
        (PROCESSING, ask(Action.RECORD_PAYMENT), Rules(), "Nothing is due"),
        (PROCESSING, ask(Action.RESUME), Rules(), "nothing to resume"),
        ((*PROCESSING, Action.PAUSE), ask(Action.PAUSE), Rules(), "Resume it first"),
        ((*PROCESSING, Action.PAUSE), ask(Action.EXTEND, new_due_at=DUE), Rules(), "Resume it first"),
        (ASKED, ask(Action.STOP, 999), Rules(), "no days for the citizen"),
        (PROCESSING, ask(Action.REQUEST_SUPPLEMENT, -1), Rules(), "after the last event"),
        (PROCESSING, ask(Action.REQUEST_SUPPLEMENT, 100), Rules(None, later(90)), "3 working days"),
        ((*ASKED, Action.COMPLETE_SUPPLEMENT), ask(Action.REQUEST_SUPPLEMENT), Rules(), "index 766"),
    ],
)
def test_a_guard_says_what_to_do(before: tuple[Action, ...], command: Command, rules: Rules, said: str) -> None:
    with pytest.raises(Refused, match=said):
        decide(after(*before), command, rules)


def test_a_second_request_for_papers_must_be_meant() -> None:
    standing = after(*ASKED, Action.COMPLETE_SUPPLEMENT)
    event = decide(standing, ask(Action.REQUEST_SUPPLEMENT, deliberate=True), Rules())
    assert apply_event(standing, event).supplements == 2


def test_not_taken_after_papers_were_asked_for_ends_what_was_received() -> None:
    """Status 3 can follow a reception: the office's work is over then, and the clock stands for good."""
    standing = after(*ASKED, Action.REFUSE_RECEPTION)
    assert (standing.status, standing.paused) == (S.NOT_RECEIVED, False)
    assert standing.ended_at is not None
    assert after(Action.SUBMIT, Action.REFUSE_RECEPTION).ended_at is None


def test_papers_asked_for_before_reception_touch_no_clock_and_go_back_to_new() -> None:
    standing = after(Action.SUBMIT, Action.REQUEST_SUPPLEMENT)
    assert (standing.paused, standing.supplements) == (False, 0)
    standing = apply_event(standing, decide(standing, ask(Action.COMPLETE_SUPPLEMENT), Rules()))
    assert standing.status is S.NEW


def test_a_dossier_is_closed_only_after_the_citizens_days() -> None:
    rules = Rules(answer_days=10)
    standing = after(*ASKED, rules=rules)
    assert standing.answer_by == later(0.3) + timedelta(days=10)
    with pytest.raises(Refused, match="18/06/2026 09:18"):
        decide(standing, ask(Action.STOP, 24 * 10), rules)
    event = decide(standing, ask(Action.STOP, 24 * 10 + 1), rules)
    assert apply_event(standing, event).status is S.STOPPED


@pytest.mark.parametrize(
    ("at", "new", "said"),
    [
        (DUE - timedelta(days=1), DUE, "later than the present one"),
        (DUE - timedelta(hours=8), DUE + timedelta(days=2), "one day before"),
        (DUE - timedelta(days=1), None, "later than the present one"),
    ],
)
def test_an_extension_comes_a_day_before_and_goes_later(at: datetime, new: datetime | None, said: str) -> None:
    with pytest.raises(Refused, match=said):
        decide(after(*PROCESSING), ask(Action.EXTEND, at=at, new_due_at=new), Rules(DUE))


def test_an_extension_comes_once() -> None:
    standing = after(*PROCESSING)
    command = ask(Action.EXTEND, at=DUE - timedelta(days=1), new_due_at=DUE + timedelta(days=2))
    standing = apply_event(standing, decide(standing, command, Rules(DUE)))
    assert standing.status is S.PROCESSING
    with pytest.raises(Refused, match="already moved once"):
        decide(standing, command, Rules(DUE))


def test_the_four_dimensions_move_on_their_own() -> None:
    standing = after(*DONE)
    assert standing.delivery is Delivery.READY
    standing = apply_event(standing, HistoryEvent(EventKind.SYNCHRONISED, later(2)))
    assert standing.synchronisation is Synchronisation.SYNCHRONISED
    announced = apply_event(standing, decide(standing, ask(Action.ANNOUNCE_RESULT, 3), Rules()))
    assert (announced.status, announced.delivery) == (S.DONE, Delivery.ANNOUNCED)
    assert announced.synchronisation is Synchronisation.PENDING
    assert announced.finance is Finance.NOTHING_DUE


def test_on_time_is_fixed_when_the_result_is_ready() -> None:
    ready = after(*DONE)
    collected = apply_event(ready, decide(ready, ask(Action.RETURN_RESULT, 500), Rules()))
    assert collected.ended_at == ready.ended_at


def test_every_action_and_state_has_its_words() -> None:
    for name in [f"action_{action}" for action in Action] + [f"status_{number}" for number in (0, *S)]:
        said = sentence(f"dossier.{name}")
        assert said.say(Language.VI) != said.say(Language.EN)


@given(st.integers(0, 10**9), st.booleans())
def test_no_history_does_the_impossible(seed: int, restarts: bool) -> None:
    events = walk_history(seed, LeadTime(5, LeadUnit.WORKING_DAYS), CALENDAR, restarts=restarts)
    standing = Standing()
    for event in events:
        assert standing.status not in FINAL or event.kind in {EventKind.SYNCHRONISED, EventKind.SYNCHRONISATION_FAILED}
        transition = next(one for one in TRANSITIONS.values() if one.event is event.kind)
        before, standing = standing, apply_event(standing, event)
        back_to_new = event.kind is EventKind.SUPPLEMENT_COMPLETED and before.received_at is None
        paid = event.kind is EventKind.PAYMENT_MADE
        assert back_to_new or paid or standing.status is (transition.to or before.status)
        assert before.ended_at is None or standing.ended_at == before.ended_at
    assert sum(event.kind is EventKind.EXTENDED for event in events) <= 1
    assert standing == stand(events)


def test_a_lead_time_is_chosen_among_those_published_and_not_when_late() -> None:
    rules = Rules(due_at=DUE, time_cases=("thông thường", "vùng khó khăn"))
    received = decide(after(Action.SUBMIT), ask(Action.RECEIVE, time_case="vùng khó khăn"), rules)
    assert apply_event(after(Action.SUBMIT), received).time_case == "vùng khó khăn"
    back = decide(after(*PROCESSING), ask(Action.CHOOSE_TIME_CASE), rules)
    assert apply_event(after(*PROCESSING), back).time_case is None
    for action, state in ((Action.RECEIVE, after(Action.SUBMIT)), (Action.CHOOSE_TIME_CASE, after(*PROCESSING))):
        with pytest.raises(Refused, match="vùng khó khăn"):
            decide(state, ask(action, time_case="một năm"), rules)
    with pytest.raises(Refused, match="late"):
        decide(after(*PROCESSING), ask(Action.CHOOSE_TIME_CASE, 24 * 8, time_case="vùng khó khăn"), rules)
    with pytest.raises(Refused):
        decide(after(*PROCESSING), ask(Action.CHOOSE_TIME_CASE, reason=""), rules)
    # what takes no lead time keeps none
    assert decide(after(*PROCESSING), ask(Action.SIGN_RESULT, time_case="vùng khó khăn"), rules).time_case is None
