"""What officers, citizens and the system do to a dossier: one command, one fact, one transaction.

The dossier's row stays locked from the look to the write, and a command names the version it was decided on: of many
who act at once one wins, and the others are told the state they have not seen.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from services.catalogue.procedure import Procedure, SupplementRule, TimeCase
from services.deadline.calendar import WorkingCalendar
from services.deadline.clock import ClockReading, read_clock
from services.deadline.due import find_due
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.ledger import Ledger, read_ledger
from services.deadline.verdict import StepVerdict, judge_steps
from services.dossier.commands import Command, Rules
from services.dossier.errors import Conflict
from services.dossier.history import HistoryEvent
from services.dossier.standing import Standing, stand
from services.dossier.transitions import decide
from services.storage.calendars import UnitCalendar, calendar_of
from services.storage.database import Connection
from services.storage.events import note_event
from services.storage.history import append_history, read_history
from services.storage.papers import missing_names
from services.storage.procedures import find_procedure
from services.storage.projection import Projection, find_due_of, write_projection
from services.wording import sentence

SUPPLEMENT_LEAD = LeadTime(3, LeadUnit.WORKING_DAYS)
"""Papers are asked for within three working days of reception (Decree 61/2018 art. 19.4)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier as whoever acts on it must see it: its history and everything that follows from it.

    `version` is the number of the last fact; `procedure` is None while unknown.
    """

    id: int
    code: str
    unit: str
    version: int
    events: tuple[HistoryEvent, ...]
    procedure: Procedure | None
    unit_calendar: UnitCalendar

    @property
    def calendar(self) -> WorkingCalendar:
        """The calendar that counts."""
        return self.unit_calendar.calendar

    @property
    def standing(self) -> Standing:
        """Where it stands in its four dimensions."""
        return stand(self.events)

    @property
    def ledger(self) -> Ledger:
        """When counting began, and every pause since."""
        return read_ledger(self.events)

    @property
    def time_case(self) -> TimeCase | None:
        """The lead time that counts: the one an officer chose, else the ordinary one; None where none is known."""
        return None if self.procedure is None else self.procedure.time_of(self.standing.time_case)

    def read_clock(self, now: datetime) -> ClockReading | None:
        """The clock at a moment; None before reception, or where the law's time is unknown."""
        case = self.time_case
        return None if case is None else read_clock(self.ledger, case.lead, self.calendar, now)

    def judge_steps(self, now: datetime) -> tuple[StepVerdict, ...]:
        """The hand-over steps that have days of their own."""
        return judge_steps(self.standing.steps, self.ledger, self.calendar, now)


@dataclass(frozen=True, slots=True)
class Acted:
    """What a command made: the fact, its number (the dossier's new version), and what the dossier is now."""

    event: HistoryEvent
    version: int
    projection: Projection


def look(connection: Connection, code: str, *, lock: bool = False) -> Case | None:
    """The dossier of a code; with `lock` held until the transaction ends."""
    row = connection.execute(
        f"""SELECT id, code, unit, version, procedure, procedure_version, result_at, calendar_version,
                   coalesce(judged_by, unit) FROM dossier WHERE code = %s {"FOR UPDATE" if lock else ""}""".encode(),
        (code,),
    ).fetchone()
    if row is None:
        return None
    id_, code, unit, version, procedure, procedure_version, result_at, calendar_version, judged_by = row
    return Case(
        id=id_,
        code=code,
        unit=unit,
        version=version,
        events=read_history(connection, id_),
        procedure=None if procedure is None else find_procedure(connection, procedure, version=procedure_version),
        unit_calendar=calendar_of(connection, judged_by, None if result_at is None else calendar_version),
    )


def act(connection: Connection, code: str, command: Command, *, version: int) -> Acted | None:
    """Do what is asked of a dossier; None when there is none of that code.

    Raises:
        Conflict: somebody acted since `version`, or the action does not fit the state.
        NeedsConfirmation: the action is a warned one.
        Refused: a guard does not hold.
        CannotProceed: the working calendar does not reach that far.
    """
    with connection.transaction():
        case = look(connection, code, lock=True)
        if case is None:
            return None
        if case.version != version:
            raise Conflict(sentence("dossier.acted_meanwhile", version=case.version))
        rules = replace(rules_of(case), missing=missing_names(connection, case.id))
        event = decide(case.standing, command, rules)
        events = (*case.events, event)
        append_history(connection, case.id, [event], after=case.version)
        projection = write_projection(connection, case.id, events, case.procedure, case.unit_calendar)
        told = {"status": int(projection.standing.status or 0), "version": len(events)}
        note_event(connection, case.id, event.at, event.kind, told)
    return Acted(event, len(events), projection)


def rules_of(case: Case) -> Rules:
    """What the procedure and the clock say of a dossier."""
    received = case.standing.received_at
    supplement = SupplementRule() if case.procedure is None else case.procedure.supplement
    due = find_due_of(case.events, case.procedure, case.calendar)
    return Rules(
        due_at=None if due is None else due.at,
        supplement_until=None if received is None else find_due(SUPPLEMENT_LEAD, received, case.calendar),
        supplement_restarts=supplement.restarts,
        answer_days=supplement.answer_days,
        time_cases=() if case.procedure is None else tuple(one.case for one in case.procedure.times),
    )
