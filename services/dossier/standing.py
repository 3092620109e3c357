"""Where a dossier stands, in four dimensions that move on their own: business, money, delivery, national portal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.dossier.history import EventKind, HistoryEvent
from services.dossier.status import DossierStatus


class Finance(StrEnum):
    """Whether the citizen owes something (`TrangThaiThanhToan`)."""

    NOTHING_DUE = "nothing_due"
    DUE = "due"
    PAID = "paid"


class Delivery(StrEnum):
    """How far the result is on its way to the citizen."""

    NO_RESULT = "no_result"
    READY = "ready"
    ANNOUNCED = "announced"
    SENT = "sent"
    RETURNED = "returned"


class Synchronisation(StrEnum):
    """Whether the national portal knows the present state."""

    PENDING = "pending"
    SYNCHRONISED = "synchronised"
    FAILED = "failed"


WORK: frozenset[EventKind] = frozenset(
    {
        EventKind.RECEIVED, EventKind.HANDED_OVER, EventKind.SUPPLEMENT_REQUESTED, EventKind.SUPPLEMENT_COMPLETED,
        EventKind.PAYMENT_REQUESTED, EventKind.CLOCK_PAUSED, EventKind.CLOCK_RESUMED,
    }
)  # fmt: skip
"""What the officer who has a dossier does to it; a head's decision or a counter's hand-out makes it nobody else's."""

FINAL: frozenset[DossierStatus] = frozenset(
    {DossierStatus.NOT_RECEIVED, DossierStatus.WITHDRAWN, DossierStatus.STOPPED, DossierStatus.RETURNED}
)


@dataclass(frozen=True, slots=True)
class Step:
    """A hand-over: who has it since when, and the working days given (0: none of its own)."""

    name: str
    since: datetime
    days: int = 0
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state after a history.

    `status` is None before submission; `ended_at` is when the office's work ended (result, refusal, stop, withdrawal):
    on time is fixed there, not when the citizen collects. `supplements` counts requests after reception. `officer` is
    who worked on it last (`WORK`), for figures by officer; whoever ended it where nobody is known before. `time_case`
    names the lead time that was chosen (None: the ordinary one).
    """

    status: DossierStatus | None = None
    finance: Finance = Finance.NOTHING_DUE
    delivery: Delivery = Delivery.NO_RESULT
    synchronisation: Synchronisation = Synchronisation.PENDING
    received_at: datetime | None = None
    ended_at: datetime | None = None
    negative: bool = False
    result_code: str = ""
    supplements: int = 0
    answer_by: datetime | None = None
    extended: bool = False
    paused: bool = False
    steps: tuple[Step, ...] = ()
    last_at: datetime | None = None
    officer: str = ""
    time_case: str | None = None


def stand(events: Iterable[HistoryEvent]) -> Standing:
    """The standing after a history, in the order given."""
    standing = Standing()
    for event in events:
        standing = apply_event(standing, event)
    return standing


def apply_event(standing: Standing, event: HistoryEvent) -> Standing:
    """The standing after one more fact. Facts are taken as they are: whether one may happen is for transitions."""
    after = _EFFECTS[event.kind](standing, event)
    told = event.kind in {EventKind.SYNCHRONISED, EventKind.SYNCHRONISATION_FAILED}
    pending = after if told else replace(after, synchronisation=Synchronisation.PENDING)
    officer = event.actor if event.kind in WORK or _ends(standing, after) else ""
    return replace(pending, last_at=event.at, officer=officer or standing.officer)


def _ends(before: Standing, after: Standing) -> bool:
    return not before.officer and after.ended_at is not None


def _submitted(standing: Standing, _: HistoryEvent) -> Standing:
    return replace(standing, status=DossierStatus.NEW)


def _received(standing: Standing, event: HistoryEvent) -> Standing:
    case = standing.time_case if event.time_case is None else event.time_case
    return replace(
        standing, status=DossierStatus.RECEIVED, received_at=event.at, answer_by=None, time_case=case
    )  # fmt: skip


def _time_case_chosen(standing: Standing, event: HistoryEvent) -> Standing:
    return replace(standing, time_case=event.time_case)


def _handed_over(standing: Standing, event: HistoryEvent) -> Standing:
    step = Step(event.step, event.at, event.step_days, event.actor)
    return replace(standing, status=DossierStatus.PROCESSING, steps=(*standing.steps, step))


def _supplement_requested(standing: Standing, event: HistoryEvent) -> Standing:
    received = standing.received_at is not None
    return replace(
        standing,
        status=DossierStatus.SUPPLEMENT_REQUESTED,
        supplements=standing.supplements + received,
        answer_by=event.answer_by,
        paused=received,
    )


def _supplement_completed(standing: Standing, _: HistoryEvent) -> Standing:
    back = DossierStatus.NEW if standing.received_at is None else DossierStatus.PROCESSING
    return replace(standing, status=back, answer_by=None, paused=False)


def _payment_requested(standing: Standing, _: HistoryEvent) -> Standing:
    return replace(standing, status=DossierStatus.PAYMENT_REQUESTED, finance=Finance.DUE, paused=True)


def _payment_made(standing: Standing, _: HistoryEvent) -> Standing:
    waiting = standing.status is DossierStatus.PAYMENT_REQUESTED
    status = DossierStatus.PROCESSING if waiting else standing.status
    return replace(standing, status=status, finance=Finance.PAID, paused=standing.paused and not waiting)


def _clock_paused(standing: Standing, _: HistoryEvent) -> Standing:
    return replace(standing, paused=True)


def _clock_resumed(standing: Standing, _: HistoryEvent) -> Standing:
    return replace(standing, paused=False)


def _extended(standing: Standing, _: HistoryEvent) -> Standing:
    return replace(standing, extended=True)


def _end_with(status: DossierStatus) -> Callable[[Standing, HistoryEvent], Standing]:
    def end(standing: Standing, event: HistoryEvent) -> Standing:
        ended = event.at if standing.received_at is not None else None
        return replace(standing, status=status, ended_at=ended, paused=False, answer_by=None)

    return end


def _refused(standing: Standing, event: HistoryEvent) -> Standing:
    return replace(_result_signed(standing, event), negative=True)


def _result_signed(standing: Standing, event: HistoryEvent) -> Standing:
    return replace(
        standing,
        status=DossierStatus.DONE,
        delivery=Delivery.READY,
        ended_at=event.at,
        paused=False,
        answer_by=None,
        result_code=event.result_code,
    )


def _deliver(delivery: Delivery) -> Callable[[Standing, HistoryEvent], Standing]:
    def move(standing: Standing, _: HistoryEvent) -> Standing:
        status = DossierStatus.RETURNED if delivery is Delivery.RETURNED else standing.status
        return replace(standing, delivery=delivery, status=status)

    return move


def _synchronise(state: Synchronisation) -> Callable[[Standing, HistoryEvent], Standing]:
    def told(standing: Standing, _: HistoryEvent) -> Standing:
        return replace(standing, synchronisation=state)

    return told


_EFFECTS: dict[EventKind, Callable[[Standing, HistoryEvent], Standing]] = {
    EventKind.SUBMITTED: _submitted,
    EventKind.RECEIVED: _received,
    EventKind.TIME_CASE_CHOSEN: _time_case_chosen,
    EventKind.NOT_RECEIVED: _end_with(DossierStatus.NOT_RECEIVED),
    EventKind.HANDED_OVER: _handed_over,
    EventKind.SUPPLEMENT_REQUESTED: _supplement_requested,
    EventKind.SUPPLEMENT_COMPLETED: _supplement_completed,
    EventKind.PAYMENT_REQUESTED: _payment_requested,
    EventKind.PAYMENT_MADE: _payment_made,
    EventKind.CLOCK_PAUSED: _clock_paused,
    EventKind.CLOCK_RESUMED: _clock_resumed,
    EventKind.EXTENDED: _extended,
    EventKind.MOVED: lambda standing, _: standing,
    EventKind.WITHDRAWN: _end_with(DossierStatus.WITHDRAWN),
    EventKind.STOPPED: _end_with(DossierStatus.STOPPED),
    EventKind.REFUSED: _refused,
    EventKind.RESULT_SIGNED: _result_signed,
    EventKind.RESULT_ANNOUNCED: _deliver(Delivery.ANNOUNCED),
    EventKind.RESULT_SENT: _deliver(Delivery.SENT),
    EventKind.RESULT_RETURNED: _deliver(Delivery.RETURNED),
    EventKind.SYNCHRONISED: _synchronise(Synchronisation.SYNCHRONISED),
    EventKind.SYNCHRONISATION_FAILED: _synchronise(Synchronisation.FAILED),
}
