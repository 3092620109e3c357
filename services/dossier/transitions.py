"""What may happen to a dossier: each transition a command with its guard, form, effect on the clock, and event.

Decree 61/2018 art. 17–20 as replaced by Decree 118/2025; forms of Circular 03/2025/TT-VPCP; national status codes.
A guard that fails raises `Refused` with a sentence that says what to do instead.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from services.dossier import guards
from services.dossier.commands import Action, Command, Rules
from services.dossier.errors import Conflict, Refused
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.standing import Standing
from services.dossier.status import DossierStatus as S
from services.wording import Language, sentence


class Form(StrEnum):
    """The forms 01–07 of Circular 03/2025/TT-VPCP that a transition prints."""

    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL_SHEET = "06"
    REGISTER = "07"


class ClockEffect(StrEnum):
    """What a transition does to the clock."""

    NONE = "none"
    STARTS = "starts"
    PAUSES = "pauses"
    RESUMES = "resumes"
    EXTENDS = "extends"
    RECOUNTS = "recounts"
    STOPS = "stops"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the state machine; `to` is None where the business state stays."""

    action: Action
    sources: frozenset[S | None]
    to: S | None
    event: EventKind
    clock: ClockEffect = ClockEffect.NONE
    form: Form | None = None
    required: tuple[guards.Guard, ...] = ()


def decide(standing: Standing, command: Command, rules: Rules) -> HistoryEvent:
    """The fact that a command makes of a dossier.

    Raises:
        Conflict: the action does not fit the state.
        NeedsConfirmation: it is a warned one; ask again with `deliberate`.
        Refused: its guard does not hold; the sentence says what to do.
    """
    transition = TRANSITIONS[command.action]
    if standing.status not in transition.sources:
        raise Conflict(sentence("dossier.wrong_state", **_name_both(command.action, standing.status)))
    for guard in (guards.follows_in_time, *transition.required):
        guard(standing, command, rules)
    supplement = transition.event is EventKind.SUPPLEMENT_REQUESTED
    return HistoryEvent(
        kind=transition.event,
        at=command.at,
        actor=command.actor,
        reason=command.reason.strip(),
        step=command.step,
        step_days=command.step_days,
        items=command.items,
        restarts=supplement and standing.received_at is not None and rules.supplement_restarts,
        answer_by=_answer_by(command.at, rules) if supplement else None,
        amount_vnd=command.amount_vnd,
        new_due_at=command.new_due_at,
        result_code=command.result_code,
        time_case=command.time_case if transition.event in _CHOOSES else None,
        lacks=rules.missing if guards.whole_or_deliberate in transition.required else (),
    )


_CHOOSES = frozenset({EventKind.RECEIVED, EventKind.TIME_CASE_CHOSEN})


def allowed_actions(standing: Standing) -> tuple[Action, ...]:
    """The actions that the state admits; guards that look at what is sent along, or at the clock, may still refuse."""
    return tuple(
        action for action, row in TRANSITIONS.items() if standing.status in row.sources and _fits(row, standing)
    )


def _fits(transition: Transition, standing: Standing) -> bool:
    command = Command(transition.action, standing.last_at or datetime.min.replace(tzinfo=UTC))
    try:
        for guard in transition.required:
            if guard in guards.OF_STATE:
                guard(standing, command, Rules())
    except Refused:
        return False
    return True


def _name_both(action: Action, status: S | None) -> dict[str, str]:
    state = f"dossier.status_{0 if status is None else int(status)}"
    names = {"action": sentence(f"dossier.action_{action}"), "status": sentence(state)}
    return {f"{key}_{language}": name.say(language) for key, name in names.items() for language in Language}


def _answer_by(at: datetime, rules: Rules) -> datetime | None:
    return None if rules.answer_days is None else at + timedelta(days=rules.answer_days)


def _from(*sources: S | None) -> frozenset[S | None]:
    return frozenset(sources)


_OPEN = (S.NEW, S.RECEIVED, S.PROCESSING, S.SUPPLEMENT_REQUESTED, S.PAYMENT_REQUESTED)
_ANY = _from(*S)

_TABLE = (
    Transition(Action.SUBMIT, _from(None), S.NEW, EventKind.SUBMITTED),
    Transition(Action.RECEIVE, _from(S.NEW), S.RECEIVED, EventKind.RECEIVED, ClockEffect.STARTS, Form.RECEIPT,
               (guards.knows_case, guards.whole_or_deliberate)),
    Transition(
        Action.CHOOSE_TIME_CASE, _from(S.RECEIVED, S.PROCESSING), None, EventKind.TIME_CASE_CHOSEN,
        ClockEffect.RECOUNTS, required=(guards.has_reason, guards.knows_case, guards.not_due_yet),
    ),
    Transition(
        Action.REFUSE_RECEPTION, _from(S.NEW, S.SUPPLEMENT_REQUESTED), S.NOT_RECEIVED, EventKind.NOT_RECEIVED,
        form=Form.REFUSAL, required=(guards.has_reason,),
    ),
    Transition(
        Action.HAND_OVER, _from(S.RECEIVED, S.PROCESSING), S.PROCESSING, EventKind.HANDED_OVER,
        form=Form.CONTROL_SHEET, required=(guards.has_step,),
    ),
    Transition(
        Action.REQUEST_SUPPLEMENT, _from(S.NEW, S.RECEIVED, S.PROCESSING), S.SUPPLEMENT_REQUESTED,
        EventKind.SUPPLEMENT_REQUESTED, ClockEffect.PAUSES, Form.SUPPLEMENT,
        (guards.has_items, guards.has_reason, guards.is_running, guards.first_or_deliberate,
         guards.in_time_or_deliberate),
    ),
    Transition(
        Action.COMPLETE_SUPPLEMENT, _from(S.SUPPLEMENT_REQUESTED), S.PROCESSING, EventKind.SUPPLEMENT_COMPLETED,
        ClockEffect.RESUMES, required=(guards.whole_or_deliberate,),
    ),
    Transition(
        Action.REQUEST_PAYMENT, _from(S.RECEIVED, S.PROCESSING), S.PAYMENT_REQUESTED, EventKind.PAYMENT_REQUESTED,
        ClockEffect.PAUSES, required=(guards.has_amount, guards.is_running),
    ),
    Transition(
        Action.RECORD_PAYMENT, _from(*_OPEN, S.DONE), None, EventKind.PAYMENT_MADE, ClockEffect.RESUMES,
        required=(guards.owes,),
    ),
    Transition(
        Action.PAUSE, _from(S.RECEIVED, S.PROCESSING), None, EventKind.CLOCK_PAUSED, ClockEffect.PAUSES,
        required=(guards.has_reason, guards.is_running),
    ),
    Transition(
        Action.RESUME, _from(S.RECEIVED, S.PROCESSING), None, EventKind.CLOCK_RESUMED, ClockEffect.RESUMES,
        required=(guards.is_paused_alone,),
    ),
    Transition(
        Action.EXTEND, _from(S.RECEIVED, S.PROCESSING), None, EventKind.EXTENDED, ClockEffect.EXTENDS, Form.APOLOGY,
        (guards.has_reason, guards.is_running, guards.not_extended, guards.extends_in_time),
    ),
    Transition(Action.WITHDRAW, _from(*_OPEN), S.WITHDRAWN, EventKind.WITHDRAWN, ClockEffect.STOPS),
    Transition(
        Action.STOP, _from(S.PROCESSING, S.SUPPLEMENT_REQUESTED), S.STOPPED, EventKind.STOPPED, ClockEffect.STOPS,
        Form.STOP, (guards.has_reason, guards.answer_is_overdue),
    ),
    Transition(
        Action.REFUSE, _from(S.RECEIVED, S.PROCESSING), S.DONE, EventKind.REFUSED, ClockEffect.STOPS, Form.REFUSAL,
        (guards.has_reason,),
    ),
    Transition(
        Action.SIGN_RESULT, _from(S.RECEIVED, S.PROCESSING), S.DONE, EventKind.RESULT_SIGNED, ClockEffect.STOPS,
        required=(guards.whole_or_deliberate,),
    ),
    Transition(
        Action.ANNOUNCE_RESULT, _from(S.DONE), None, EventKind.RESULT_ANNOUNCED, required=(guards.not_returned,),
    ),
    Transition(
        Action.SEND_RESULT, _from(S.DONE), None, EventKind.RESULT_SENT,
        required=(guards.is_paid, guards.not_returned),
    ),
    Transition(
        Action.RETURN_RESULT, _from(S.DONE), S.RETURNED, EventKind.RESULT_RETURNED, form=Form.REGISTER,
        required=(guards.is_paid,),
    ),
    Transition(Action.NOTE_SYNCHRONISED, _ANY, None, EventKind.SYNCHRONISED),
    Transition(Action.NOTE_SYNCHRONISATION_FAILED, _ANY, None, EventKind.SYNCHRONISATION_FAILED),
)  # fmt: skip

TRANSITIONS: dict[Action, Transition] = {transition.action: transition for transition in _TABLE}
"""The whole state machine; a test holds the table of the documentation to it."""
