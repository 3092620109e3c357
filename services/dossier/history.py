"""What happened to a dossier, in order: the log from which its standing and its clock are recomputed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """Facts, in the past tense."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    NOT_RECEIVED = "not_received"
    TIME_CASE_CHOSEN = "time_case_chosen"
    HANDED_OVER = "handed_over"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    SUPPLEMENT_COMPLETED = "supplement_completed"
    PAYMENT_REQUESTED = "payment_requested"
    PAYMENT_MADE = "payment_made"
    CLOCK_PAUSED = "clock_paused"
    CLOCK_RESUMED = "clock_resumed"
    EXTENDED = "extended"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REFUSED = "refused"
    RESULT_SIGNED = "result_signed"
    RESULT_ANNOUNCED = "result_announced"
    RESULT_SENT = "result_sent"
    RESULT_RETURNED = "result_returned"
    SYNCHRONISED = "synchronised"
    SYNCHRONISATION_FAILED = "synchronisation_failed"


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One fact of a dossier's history; values that a kind does not have stay empty.

    `at` is aware; `step` and `step_days` (working days) belong to a hand-over; `items` are the papers asked for or the
    fees due; `restarts` says whether a supplement starts the clock from zero, `answer_by` until when the citizen may
    answer; `new_due_at` belongs to an extension; `result_code` to a result; `time_case` is the name of the lead time
    that was chosen at reception or later (None: none was); `unit` is where a move brought it; `lacks` are
    the required papers that were missing when it was taken as complete all the same.
    """

    kind: EventKind
    at: datetime
    actor: str = ""
    reason: str = ""
    step: str = ""
    step_days: int = 0
    items: tuple[str, ...] = ()
    restarts: bool = False
    answer_by: datetime | None = None
    amount_vnd: int = 0
    new_due_at: datetime | None = None
    result_code: str = ""
    time_case: str | None = None
    unit: str = ""
    lacks: tuple[str, ...] = ()
