"""`GET /v1/dossiers/{code}/history`: what happened, whose time it took, when it is due and why."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Both, Problem422, StatusOut
from services.api.problems import Problem, both
from services.deadline.ledger import CITIZENS, LedgerRow
from services.dossier.commands import Action
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.standing import Step
from services.dossier.transitions import allowed_actions
from services.storage.database import Connection
from services.storage.desk import Case, look
from services.storage.escalations import list_escalations
from services.storage.projection import find_due_of
from services.storage.reprojection import list_moves
from services.wording import Language, Sentence, sentence

router = APIRouter(tags=["dossiers"])

HOUR_S = 3600
_ASKING = frozenset({EventKind.SUPPLEMENT_REQUESTED, EventKind.PAYMENT_REQUESTED})
SYSTEM = frozenset({Action.SUBMIT, Action.NOTE_SYNCHRONISED, Action.NOTE_SYNCHRONISATION_FAILED})
"""What the system itself notes; no person does it."""


class ActionOut(BaseModel):
    """An action that the present state admits; its guards may still refuse."""

    action: Action
    name: Both


class SpentOut(BaseModel):
    """Working hours since reception by whose they are."""

    office: float
    citizen: float
    other: float


class DueOut(BaseModel):
    """A due date with its reasons; `expected`: not received yet, so the clock has not started."""

    due_at: datetime
    original_due_at: datetime
    near_from: datetime
    expected: bool
    budget: dict[str, Any] = Field(examples=[{"amount": 5, "unit": "working_days"}])
    used: float | None = Field(description="in the unit of the budget")
    lines: list[Both]
    paused_since: datetime | None
    spent_hours: SpentOut | None


class TimeCaseOut(BaseModel):
    """A lead time of the procedure; the first one is the ordinary one."""

    case: str = Field(examples=["vùng khó khăn"])
    amount: int = Field(examples=[30])
    unit: str = Field(examples=["working_days"])
    name: Both
    chosen: bool


class CaseOut(BaseModel):
    """A dossier as whoever acts on it sees it; send `version` back with the action."""

    code: str
    unit: str
    version: int
    status: StatusOut
    status_name: Both
    finance: str
    delivery: str
    synchronisation: str
    supplements: int
    answer_by: datetime | None
    extended: bool
    paused: bool
    step: dict[str, Any] | None
    due: DueOut | None
    time_cases: list[TimeCaseOut] = Field(description="lead times of the procedure; more than one: an officer chooses")
    actions: list[ActionOut]


class HistoryOut(CaseOut):
    """The same with every fact."""

    events: list[dict[str, Any]]
    pauses: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    escalations: list[dict[str, Any]] = Field(description="whom it was brought before as it ran late")
    due_moves: list[dict[str, Any]] = Field(
        description="how an edited calendar, or a move to another unit, moved the date, and why"
    )


@router.get(
    "/v1/dossiers/{code}/history",
    response_model=HistoryOut,
    responses={404: {"model": Problem422}},
    summary="History and clock of a dossier",
)
def read_case(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Every fact in order, pauses by cause, steps with their own dates, the due date line by line, time by whose."""
    with resources.writing.connection() as connection:
        case = look(connection, code)
        if case is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
        return tell_history(case, clock.now()) | {
            "due_moves": tell_moves(connection, case),
            "escalations": [
                {"rung": rung, "at": moment(at), "due_at": moment(due)}
                for rung, at, due in list_escalations(connection, case.id)
            ],
        }


def tell_moves(connection: Connection, case: Case) -> list[dict[str, Any]]:
    """How the calendar moved the date, and why, as JSON."""
    return [
        {"at": moment(at), "from": moment(old), "to": moment(new), "reason": reason, "actor": actor}
        for at, old, new, reason, actor in list_moves(connection, case.id)
    ]


def tell_history(case: Case, now: datetime) -> dict[str, Any]:
    """A dossier with its history, as JSON."""
    return tell_case(case, now) | {
        "events": [tell_event(number, event) for number, event in enumerate(case.events, start=1)],
        "pauses": [
            {"from": moment(row.start), "to": moment(row.end), "cause": row.cause, "restarts": row.restarts,
             "why": row.why, **_asked_in(case, row)}
            for row in case.ledger.rows
        ],
        "steps": [
            _step(judged.step) | {
                "due_at": moment(judged.due_at), "ended_at": moment(judged.ended_at), "late": judged.late,
            }
            for judged in case.judge_steps(now)
        ],
    }  # fmt: skip


def tell_case(case: Case, now: datetime) -> dict[str, Any]:
    """A dossier as whoever acts on it sees it, as JSON."""
    standing = case.standing
    status = standing.status
    return {
        "code": case.code,
        "unit": case.unit,
        "version": case.version,
        "status": {"code": int(status or 0), "name": status.name.lower() if status else "not_submitted"},
        "status_name": both(sentence(f"dossier.status_{int(status or 0)}")),
        "finance": standing.finance,
        "delivery": standing.delivery,
        "synchronisation": standing.synchronisation,
        "supplements": standing.supplements,
        "answer_by": moment(standing.answer_by),
        "extended": standing.extended,
        "paused": standing.paused,
        "step": _step(standing.steps[-1]) if standing.steps else None,
        "due": _due(case, now),
        "time_cases": _time_cases(case),
        "actions": [
            {"action": action, "name": both(sentence(f"dossier.action_{action}"))}
            for action in allowed_actions(standing)
            if action not in SYSTEM and (action is not Action.CHOOSE_TIME_CASE or _has_choice(case))
        ],
    }


def tell_event(number: int, event: HistoryEvent) -> dict[str, Any]:
    """A fact as JSON; what its kind does not have is left out."""
    facts: dict[str, Any] = {
        "reason": event.reason, "step": event.step, "step_days": event.step_days, "items": list(event.items),
        "restarts": event.restarts, "answer_by": moment(event.answer_by), "amount_vnd": event.amount_vnd,
        "new_due_at": moment(event.new_due_at), "result_code": event.result_code,
        "time_case": event.time_case, "unit": event.unit, "lacks": list(event.lacks),
    }  # fmt: skip
    return {
        "number": number,
        "kind": event.kind,
        "name": both(sentence(f"dossier.event_{event.kind}{'_lacking' if event.lacks else ''}")),
        "at": moment(event.at),
        "actor": event.actor,
        **{name: value for name, value in facts.items() if value},
    }


def _asked_in(case: Case, row: LedgerRow) -> dict[str, Any]:
    """What the citizen was asked for when a pause began: papers and until when, or a sum; nothing in other pauses."""
    event = next((one for one in case.events if one.at == row.start and one.kind in _ASKING), None)
    if event is None or row.cause not in CITIZENS:
        return {"items": [], "answer_by": None, "amount_vnd": 0}
    return {"items": list(event.items), "answer_by": moment(event.answer_by), "amount_vnd": event.amount_vnd}


def _time_cases(case: Case) -> list[dict[str, Any]]:
    times = case.procedure.times if case.procedure else ()
    return [
        {
            "case": one.case, "amount": one.lead.amount, "unit": one.lead.unit, "chosen": one is case.time_case,
            "name": both(sentence(f"catalogue.time_{one.lead.unit}", amount=one.lead.amount)),
        }
        for one in times
    ]  # fmt: skip


def _has_choice(case: Case) -> bool:
    return case.procedure is not None and len(case.procedure.times) > 1


def _step(step: Step) -> dict[str, Any]:
    return {"name": step.name, "since": moment(step.since), "days": step.days, "holder": step.holder}


def _due(case: Case, now: datetime) -> dict[str, Any] | None:
    due = find_due_of(case.events, case.procedure, case.calendar)
    if due is None:
        return None
    reading = case.read_clock(now)
    spent = None if reading is None else reading.spent
    return {
        "due_at": moment(due.at),
        "original_due_at": moment(due.original_at),
        "near_from": moment(due.near_from),
        "expected": reading is None,
        "budget": {"amount": due.time_case.lead.amount, "unit": due.time_case.lead.unit},
        "used": None if reading is None else reading.used,
        "lines": [_both(line) for line in due.lines],
        "paused_since": moment(None if reading is None else reading.paused_since),
        "spent_hours": spent and {
            "office": round(spent.office.total_seconds() / HOUR_S, 2),
            "citizen": round(spent.citizen.total_seconds() / HOUR_S, 2),
            "other": round(spent.other.total_seconds() / HOUR_S, 2),
        },
    }  # fmt: skip


def _both(line: Sentence) -> dict[str, str]:
    return {str(language): line.say(language) for language in Language}
