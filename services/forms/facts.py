"""What the forms tell of a dossier; everything a form shows comes from here."""

from dataclasses import dataclass
from datetime import datetime

from services.dossier.history import HistoryEvent
from services.dossier.transitions import Form


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A dossier as its forms tell of it.

    `event` is the fact the form goes with (None for the control sheet); `due_at` the date given to the citizen;
    `lead` the limit in words; `papers` what was handed in, by name; `steps` the hand-overs with whom, when, days,
    due and end.
    """

    code: str
    unit_name: str
    parent_name: str
    place: str
    applicant: str
    phone: str
    procedure: str
    papers: tuple[str, ...]
    lead: str
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    event: HistoryEvent | None
    steps: tuple["StepFacts", ...] = ()
    qr: str = ""


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One hand-over of the control sheet."""

    holder: str
    step: str
    since: datetime
    due_at: datetime | None
    ended_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register."""

    code: str
    procedure: str
    applicant: str
    received_at: datetime
    due_at: datetime | None
    result_at: datetime | None
    returned_at: datetime | None
    channel: str
    ended_as: str = ""
    """How it ended where it ended without a result: withdrawn, stopped."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """That a person stands behind a form: which, when, by whom."""

    form: Form
    by: str
    at: datetime
