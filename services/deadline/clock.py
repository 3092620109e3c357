"""Reading the clock of a dossier: due when, why, and whose time has passed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.deadline.calendar import SECOND, WorkingCalendar, moment_at, place, say_moment
from services.deadline.count import count_working_time, lose_working_time
from services.deadline.due import due_date, find_due
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.ledger import CITIZENS, Extension, Ledger, LedgerRow
from services.deadline.suspension import Suspension, merge_pauses
from services.wording import Sentence, sentence


@dataclass(frozen=True, slots=True)
class SpentTime:
    """Working time since reception, up to the end or the moment asked for: the office's, the citizen's, and neither's
    (a public posting, another pause that the law does not count)."""

    office: timedelta
    citizen: timedelta
    other: timedelta


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the clock says.

    `due_at` is the moment that holds while nothing more happens: a pause that still lasts has not yet moved it.
    `original_due_at` is the same without the extension. `used` is in the unit of the budget.
    """

    due_at: datetime
    original_due_at: datetime
    lines: tuple[Sentence, ...]
    budget: LeadTime
    used: float
    spent: SpentTime
    paused_since: datetime | None


def read_clock(ledger: Ledger, lead: LeadTime, calendar: WorkingCalendar, now: datetime) -> ClockReading | None:
    """The clock at a moment; None before reception.

    Raises:
        CannotProceed: the calendar does not reach that far.
    """
    if ledger.received_at is None or ledger.counted_from is None:
        return None
    until = ledger.ended_at or now
    pauses = _closed_pauses(ledger)
    found = due_date(lead, ledger.counted_from, calendar, [*pauses, *_open_pause(ledger, until)], as_of=until)
    # an open pause counts as used time but moves nothing until it ends
    plain = due_date(lead, ledger.counted_from, calendar, pauses) if ledger.paused else found
    due_at, lines = plain.due_at, plain.lines
    if ledger.counted_from != ledger.received_at:
        lines = (sentence("deadline.restarted", moment=say_moment(place(ledger.counted_from))), *lines)
    extension = _valid_extension(ledger)
    if extension is not None:
        due_at = _shift(extension, lead, calendar, pauses)
        lines = (*lines, sentence("deadline.extended", due=say_moment(place(due_at))))
    return ClockReading(
        due_at=due_at,
        original_due_at=plain.due_at,
        lines=lines,
        budget=lead,
        used=found.used,
        spent=measure_spent(ledger, calendar, until),
        paused_since=ledger.rows[-1].start if ledger.paused else None,
    )


def find_ledger_due(ledger: Ledger, lead: LeadTime, calendar: WorkingCalendar) -> datetime | None:
    """The due moment alone, for recomputing many."""
    if ledger.counted_from is None:
        return None
    pauses = _closed_pauses(ledger)
    extension = _valid_extension(ledger)
    if extension is not None:
        return _shift(extension, lead, calendar, pauses)
    return find_due(lead, ledger.counted_from, calendar, pauses)


def settle_due(wanted: datetime, lead: LeadTime, calendar: WorkingCalendar) -> datetime:
    """A date that an officer gives, moved to where a due date may stand: the closing hour of its day, or of the next
    working day; for a lead time in hours the moment itself when the office is open then."""
    at = place(wanted)
    if lead.unit is LeadUnit.WORKING_HOURS and calendar.is_working(at):
        return wanted
    return moment_at(calendar.closing_of(calendar.next_working(calendar.index_of(at))))


def measure_spent(ledger: Ledger, calendar: WorkingCalendar, until: datetime) -> SpentTime:
    """Working time since reception by whose it is."""
    start, end = place(ledger.received_at or until), place(until)
    citizen = _paused_time(ledger, calendar, end, citizens=True)
    other = _paused_time(ledger, calendar, end, citizens=False)
    office = lose_working_time(calendar, start, max(start, end)) - citizen - other
    return SpentTime(*(timedelta(seconds=part / SECOND) for part in (office, citizen, other)))


def _paused_time(ledger: Ledger, calendar: WorkingCalendar, until: int, *, citizens: bool) -> int:
    rows = [row for row in ledger.rows if (row.cause in CITIZENS) is citizens]
    spans = ((place(row.start), until if row.end is None else min(place(row.end), until)) for row in rows)
    return sum(lose_working_time(calendar, start, end) for start, end in spans if end > start)


def _closed_pauses(ledger: Ledger) -> list[Suspension]:
    """The pauses since counting began; those before a restart are history."""
    return [Suspension(row.start, row.end, row.why) for row in _since(ledger) if row.end is not None]


def _open_pause(ledger: Ledger, until: datetime) -> list[Suspension]:
    if not ledger.paused:
        return []
    start = ledger.rows[-1].start
    return [Suspension(start, max(start, until))]


def _since(ledger: Ledger) -> list[LedgerRow]:
    return [row for row in ledger.rows if ledger.counted_from is not None and row.start >= ledger.counted_from]


def _valid_extension(ledger: Ledger) -> Extension | None:
    """The extension, unless the count has restarted since."""
    if ledger.extension is None or ledger.counted_from is None or ledger.extension.at < ledger.counted_from:
        return None
    return ledger.extension


def _shift(extension: Extension, lead: LeadTime, calendar: WorkingCalendar, pauses: list[Suspension]) -> datetime:
    """The new date moved by the pauses that began after it was given."""
    at, due = place(extension.at), place(settle_due(extension.due_at, lead, calendar))
    later = merge_pauses(pause for pause in pauses if pause.start >= extension.at)
    count = count_working_time(lose_working_time(calendar, at, due), at, calendar, later)
    return settle_due(moment_at(count.due), lead, calendar)
