"""The clock of a dossier as rows: when counting began and every pause since, kept from its history.

There is no "overdue" column anywhere: the due moment is computed from these rows, a lead time and a calendar.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.dossier.history import EventKind, HistoryEvent


class PauseCause(StrEnum):
    """Whose time a pause is."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    OTHER = "other"


CITIZENS = frozenset({PauseCause.SUPPLEMENT, PauseCause.PAYMENT})


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One pause; `end` is None while it lasts; `restarts`: its end starts the count from zero."""

    start: datetime
    end: datetime | None
    cause: PauseCause
    restarts: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """The one new date that an apology may give."""

    at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """The clock's rows. `counted_from` is reception, or the end of the last pause that restarted the count."""

    received_at: datetime | None = None
    counted_from: datetime | None = None
    ended_at: datetime | None = None
    rows: tuple[LedgerRow, ...] = ()
    extension: Extension | None = None

    @property
    def paused(self) -> bool:
        """Whether a pause lasts."""
        return bool(self.rows) and self.rows[-1].end is None


def read_ledger(events: Iterable[HistoryEvent]) -> Ledger:
    """The rows that a history makes."""
    ledger = Ledger()
    for event in events:
        ledger = keep_ledger(ledger, event)
    return ledger


def keep_ledger(ledger: Ledger, event: HistoryEvent) -> Ledger:
    """The rows after one more fact; facts that do not touch the clock leave them as they are."""
    effect = _EFFECTS.get(event.kind)
    return ledger if effect is None else effect(ledger, event)


def _receive(ledger: Ledger, event: HistoryEvent) -> Ledger:
    return replace(ledger, received_at=event.at, counted_from=event.at)


def _pause_for(cause: PauseCause) -> Callable[[Ledger, HistoryEvent], Ledger]:
    def pause(ledger: Ledger, event: HistoryEvent) -> Ledger:
        if ledger.received_at is None or ledger.paused:
            return ledger
        row = LedgerRow(event.at, None, cause, event.restarts, event.reason)
        return replace(ledger, rows=(*ledger.rows, row))

    return pause


def _resume_from(cause: PauseCause) -> Callable[[Ledger, HistoryEvent], Ledger]:
    def resume(ledger: Ledger, event: HistoryEvent) -> Ledger:
        if not ledger.paused or ledger.rows[-1].cause is not cause:
            return ledger
        return _close(ledger, event.at)

    return resume


def _close(ledger: Ledger, at: datetime) -> Ledger:
    last = replace(ledger.rows[-1], end=at)
    counted_from = at if last.restarts else ledger.counted_from
    return replace(ledger, rows=(*ledger.rows[:-1], last), counted_from=counted_from)


def _extend(ledger: Ledger, event: HistoryEvent) -> Ledger:
    if event.new_due_at is None:
        return ledger
    return replace(ledger, extension=Extension(event.at, event.new_due_at))


def _end(ledger: Ledger, event: HistoryEvent) -> Ledger:
    if ledger.received_at is None:
        return ledger
    # a pause that the end cuts off never restarts anything
    rows = ledger.rows
    if ledger.paused:
        rows = (*rows[:-1], replace(rows[-1], end=event.at, restarts=False))
    return replace(ledger, rows=rows, ended_at=event.at)


_EFFECTS: dict[EventKind, Callable[[Ledger, HistoryEvent], Ledger]] = {
    EventKind.RECEIVED: _receive,
    EventKind.SUPPLEMENT_REQUESTED: _pause_for(PauseCause.SUPPLEMENT),
    EventKind.SUPPLEMENT_COMPLETED: _resume_from(PauseCause.SUPPLEMENT),
    EventKind.PAYMENT_REQUESTED: _pause_for(PauseCause.PAYMENT),
    EventKind.PAYMENT_MADE: _resume_from(PauseCause.PAYMENT),
    EventKind.CLOCK_PAUSED: _pause_for(PauseCause.OTHER),
    EventKind.CLOCK_RESUMED: _resume_from(PauseCause.OTHER),
    EventKind.EXTENDED: _extend,
    EventKind.NOT_RECEIVED: _end,
    EventKind.WITHDRAWN: _end,
    EventKind.STOPPED: _end,
    EventKind.REFUSED: _end,
    EventKind.RESULT_SIGNED: _end,
}
