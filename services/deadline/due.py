"""When a dossier is due, and why, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.deadline.calendar import DAY, WorkingCalendar, moment_at, place
from services.deadline.count import (
    HOUR,
    Count,
    count_lead,
    find_reception,
    lose_working_days,
    lose_working_time,
)
from services.deadline.explain import explain_count
from services.deadline.hours import HALVES_A_DAY
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.suspension import Suspension, merge_pauses
from services.wording import Sentence


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due date with its reasons.

    `due_at` is aware, UTC, and always a working moment of the calendar; `budget` is what the office has; `received_at`
    is what counted as reception. Reasons and the part used are put together when they are asked for: whoever recomputes
    many dates asks for few.
    """

    due_at: datetime
    budget: LeadTime
    received_at: datetime
    counted: "_Counted"

    @property
    def lines(self) -> tuple[Sentence, ...]:
        """Why, one step a line."""
        how = self.counted
        return explain_count(self.budget, how.filed, how.count, how.calendar)

    @property
    def used(self) -> float:
        """How much of the budget is gone at the moment asked for, in the budget's own unit (working days for the
        same-day rule); more than the budget means overdue."""
        how = self.counted
        return _measure_used(self.budget.unit, how.count, how.calendar, how.at)


@dataclass(frozen=True, slots=True)
class _Counted:
    """How the date came about: filed and asked for at (placed moments), the count, its calendar."""

    filed: int
    at: int
    count: Count
    calendar: WorkingCalendar


def due_date(
    lead: LeadTime,
    received_at: datetime,
    calendar: WorkingCalendar,
    suspensions: Iterable[Suspension] = (),
    *,
    as_of: datetime | None = None,
) -> DueDate:
    """The due date of a lead time that began when a dossier was received, complete and correct.

    `used` is measured at `as_of` (the due moment when not given).

    Raises:
        Refused: a moment has no time zone.
        CannotProceed: the calendar does not reach that far.
    """
    filed = place(received_at)
    count = count_lead(lead, find_reception(filed, calendar), calendar, merge_pauses(suspensions))
    at = count.due if as_of is None else place(as_of)
    return DueDate(moment_at(count.due), lead, moment_at(count.received), _Counted(filed, at, count, calendar))


def find_due(
    lead: LeadTime, received_at: datetime, calendar: WorkingCalendar, suspensions: Iterable[Suspension] = ()
) -> datetime:
    """The same due moment without its reasons, for recomputing many."""
    received = find_reception(place(received_at), calendar)
    return moment_at(count_lead(lead, received, calendar, merge_pauses(suspensions)).due)


def _measure_used(unit: LeadUnit, count: Count, calendar: WorkingCalendar, at: int) -> float:
    spans = [(count.begin, at), *((pause.start, min(pause.end, at)) for pause in count.pauses)]
    gone, *paused = [_measure(unit, calendar, start, end) if end > start else 0.0 for start, end in spans]
    return round(gone - sum(paused), 4)


def _measure(unit: LeadUnit, calendar: WorkingCalendar, start: int, end: int) -> float:
    if unit is LeadUnit.CALENDAR_DAYS:
        return (end - start) / DAY
    if unit is LeadUnit.WORKING_HOURS:
        return lose_working_time(calendar, start, end) / HOUR
    return float(lose_working_days(calendar, start, end)) / HALVES_A_DAY
