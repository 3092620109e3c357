"""What a due date says about a dossier: early, on time, late; in time, near due, overdue, paused.

Index 766 judges by the day: done before the appointed day is early, on that day on time, after it late. A limit in
working hours is judged by the moment. The same line divides dossiers in progress: none turns from overdue to on time.
The lines are moments computed once with the due date (`draw_lines`), so that a database judges with two comparisons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.deadline.calendar import DAY, WorkingCalendar, moment_at, place
from services.deadline.due import find_due
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.ledger import Ledger
from services.deadline.suspension import Suspension
from services.dossier.standing import Step

NEAR_HOURS = 2
"""Working hours before the due moment at which a same-day or hourly dossier is near due."""


class Verdict(StrEnum):
    """One of seven for every received dossier; the first three are final."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    IN_TIME = "in_time"
    NEAR_DUE = "near_due"
    OVERDUE = "overdue"
    PAUSED = "paused"


FINISHED = frozenset({Verdict.EARLY, Verdict.ON_TIME, Verdict.LATE})


@dataclass(frozen=True, slots=True)
class Lines:
    """The moments that divide the verdicts: done before `early_until` is early; from `late_from` on is late (or
    overdue); in progress from `near_from` on is near due."""

    early_until: datetime
    near_from: datetime
    late_from: datetime


def draw_lines(due_at: datetime, lead: LeadTime, calendar: WorkingCalendar) -> Lines:
    """The dividing moments of a due date.

    A limit in days is near due from the opening of the working day before the due day; a shorter one from two working
    hours before.
    """
    due = place(due_at)
    index = calendar.index_of(due)
    midnight = calendar.start_of(index)
    by_hour = lead.unit is LeadUnit.WORKING_HOURS
    if lead.unit in {LeadUnit.WORKING_HOURS, LeadUnit.SAME_DAY}:
        near = calendar.find_open(calendar.open_before(due) - NEAR_HOURS * 3600 * 1_000_000)
    else:
        before = calendar.last_working(index - 1)
        near = calendar.start_of(before) + calendar.spans[before][0][0]
    # a moment after the hour's end, since done exactly at it is on time
    late = due + 1 if by_hour else midnight + DAY
    return Lines(moment_at(midnight), moment_at(near), moment_at(late))


def judge(lines: Lines, now: datetime, *, ended_at: datetime | None = None, paused: bool = False) -> Verdict:
    """The verdict at a moment; `ended_at` is when the result was ready, not when it was collected."""
    if ended_at is not None:
        if ended_at >= lines.late_from:
            return Verdict.LATE
        return Verdict.EARLY if ended_at < lines.early_until else Verdict.ON_TIME
    if paused:
        return Verdict.PAUSED
    if now >= lines.late_from:
        return Verdict.OVERDUE
    return Verdict.NEAR_DUE if now >= lines.near_from else Verdict.IN_TIME


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """A hand-over step with days of its own: when it was due, when it ended (None: it lasts), whether it is late."""

    step: Step
    due_at: datetime
    ended_at: datetime | None
    late: bool


def judge_steps(
    steps: Iterable[Step], ledger: Ledger, calendar: WorkingCalendar, now: datetime
) -> tuple[StepVerdict, ...]:
    """The steps that have days of their own; one may be late while the dossier is in time, and the other way round.

    A step keeps time as its dossier does: a pause moves its date, one that restarts the count restarts the step it
    falls into, and while a pause lasts nobody at a desk is late.
    """
    ordered = list(steps)
    ends = [*(step.since for step in ordered[1:]), ledger.ended_at]
    judged: list[StepVerdict] = []
    for step, end in zip(ordered, ends, strict=True) if ordered else ():
        if step.days > 0:
            lead = LeadTime(step.days, LeadUnit.WORKING_DAYS)
            since, pauses = _count_step(step, end, ledger)
            due = find_due(lead, since, calendar, pauses)
            late = (end or now) >= draw_lines(due, lead, calendar).late_from
            judged.append(StepVerdict(step, due, end, late and not (end is None and ledger.paused)))
    return tuple(judged)


def _count_step(step: Step, end: datetime | None, ledger: Ledger) -> tuple[datetime, list[Suspension]]:
    """Since when a step counts, and around which pauses as far as they lie within it; one that lasts moves nothing."""
    since, pauses = step.since, list[Suspension]()
    for row in ledger.rows:
        until = row.end or end
        if until is None or until <= step.since or (end is not None and row.start >= end):
            continue
        if row.restarts and row.end is not None and (end is None or row.end <= end):
            since, pauses = row.end, []
        else:
            pauses.append(Suspension(max(row.start, step.since), min(until, end or until)))
    return since, pauses


@dataclass(frozen=True, slots=True)
class Tally:
    """How many dossiers have each verdict; the parts always add up to `received`."""

    received: int
    counts: dict[Verdict, int]

    @property
    def good(self) -> int:
        """Early, on time, and in progress within time: the numerator of index 766's progress group."""
        return self.received - self.counts[Verdict.LATE] - self.counts[Verdict.OVERDUE]


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Count verdicts."""
    counts = dict.fromkeys(Verdict, 0)
    for verdict in verdicts:
        counts[verdict] += 1
    return Tally(sum(counts.values()), counts)
