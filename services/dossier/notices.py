"""What people and other systems are told of: which facts of a dossier are worth a message, and to whom.

The applicant hears of what changes for him (Decree 61/2018 art. 17–19: receipt, missing papers, apology with a new
date, end without result, result), officers of what runs late, subscribed systems of everything here.
"""

from collections.abc import Mapping
from enum import StrEnum

from services.dossier.history import EventKind


class NoticeKind(StrEnum):
    """What is told, in the past tense; `test` is sent by an administrator who tries an address."""

    HANDED_IN = "handed_in"
    RECEIVED = "received"
    NOT_RECEIVED = "not_received"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    PAYMENT_REQUESTED = "payment_requested"
    PROCESSING = "processing"
    DUE_MOVED = "due_moved"
    EXTENDED = "extended"
    STOPPED = "stopped"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RESULT_SIGNED = "result_signed"
    RESULT_READY = "result_ready"
    RESULT_RETURNED = "result_returned"
    PAPERS_ADDED = "papers_added"
    NEAR_DUE = "near_due"
    OVERDUE = "overdue"
    TICKET_ANSWERED = "ticket_answered"
    TEST = "test"


class Way(StrEnum):
    """How a message travels; `sms` is a text message or Zalo, whichever the gateway sends."""

    EMAIL = "email"
    SMS = "sms"
    WEBHOOK = "webhook"


class MessageState(StrEnum):
    """Where a message stands: `dead` means that nobody will try again by himself, `dropped` that it lost its reader."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


K = NoticeKind

NOTICE_OF_EVENT: Mapping[str, NoticeKind] = {
    "dossier_received": K.HANDED_IN,
    "due_moved": K.DUE_MOVED,
    "documents_added": K.PAPERS_ADDED,
    EventKind.RECEIVED: K.RECEIVED,
    EventKind.NOT_RECEIVED: K.NOT_RECEIVED,
    EventKind.SUPPLEMENT_REQUESTED: K.SUPPLEMENT_REQUESTED,
    EventKind.PAYMENT_REQUESTED: K.PAYMENT_REQUESTED,
    EventKind.SUPPLEMENT_COMPLETED: K.PROCESSING,
    EventKind.PAYMENT_MADE: K.PROCESSING,
    EventKind.HANDED_OVER: K.PROCESSING,
    EventKind.EXTENDED: K.EXTENDED,
    EventKind.STOPPED: K.STOPPED,
    EventKind.REFUSED: K.REFUSED,
    EventKind.WITHDRAWN: K.WITHDRAWN,
    EventKind.RESULT_SIGNED: K.RESULT_SIGNED,
    EventKind.RESULT_ANNOUNCED: K.RESULT_READY,
    EventKind.RESULT_RETURNED: K.RESULT_RETURNED,
}
"""Events as the log names them; what is not here is told to nobody. `escalated` depends on its rung."""

FOR_APPLICANT = frozenset({
    K.HANDED_IN, K.RECEIVED, K.NOT_RECEIVED, K.SUPPLEMENT_REQUESTED, K.PAYMENT_REQUESTED, K.DUE_MOVED, K.EXTENDED,
    K.STOPPED, K.REFUSED, K.WITHDRAWN, K.RESULT_READY,
})  # fmt: skip
"""What the applicant is told."""

FOR_OFFICERS = frozenset({K.NEAR_DUE, K.OVERDUE, K.PAPERS_ADDED})
"""What the rungs of the ladder are told, and whoever works on a dossier of papers that came for it."""

FIRST_RUNG = "handler"


def notice_of(event: str, data: Mapping[str, object]) -> NoticeKind | None:
    """What an event is told as; None when it is told to nobody."""
    if event == "escalated":
        return K.NEAR_DUE if data.get("rung") == FIRST_RUNG else K.OVERDUE
    found = NOTICE_OF_EVENT.get(event)
    if found is K.PAPERS_ADDED and data.get("by_officer"):
        return None
    # at the counter handing in and receiving are one act, and one message
    return K.RECEIVED if found is K.HANDED_IN and data.get("at_counter") else found
