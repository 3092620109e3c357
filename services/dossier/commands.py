"""What may be asked of a dossier, and what a decision needs to know."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What an officer, the citizen or the system asks for."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    CHOOSE_TIME_CASE = "choose_time_case"
    REFUSE_RECEPTION = "refuse_reception"
    HAND_OVER = "hand_over"
    REQUEST_SUPPLEMENT = "request_supplement"
    COMPLETE_SUPPLEMENT = "complete_supplement"
    REQUEST_PAYMENT = "request_payment"
    RECORD_PAYMENT = "record_payment"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    WITHDRAW = "withdraw"
    STOP = "stop"
    REFUSE = "refuse"
    SIGN_RESULT = "sign_result"
    ANNOUNCE_RESULT = "announce_result"
    SEND_RESULT = "send_result"
    RETURN_RESULT = "return_result"
    NOTE_SYNCHRONISED = "note_synchronised"
    NOTE_SYNCHRONISATION_FAILED = "note_synchronisation_failed"


@dataclass(frozen=True, slots=True)
class Command:
    """An action with what it needs; `deliberate` confirms a warned one (a second request for papers); `time_case` names
    one of the procedure's lead times (None: the ordinary one, or the one chosen before)."""

    action: Action
    at: datetime
    actor: str = ""
    reason: str = ""
    step: str = ""
    step_days: int = 0
    items: tuple[str, ...] = ()
    deliberate: bool = False
    amount_vnd: int = 0
    new_due_at: datetime | None = None
    result_code: str = ""
    time_case: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the procedure and the clock say.

    `due_at` is the present due moment; `supplement_until` the end of the third working day from reception, after which
    papers may no longer be asked for lightly (art. 19.4); `supplement_restarts` and `answer_days` come from the
    procedure's supplement rule; `time_cases` names its lead times; `missing` the required papers that nobody has found.
    """

    due_at: datetime | None = None
    supplement_until: datetime | None = None
    supplement_restarts: bool = True
    answer_days: int | None = None
    time_cases: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
