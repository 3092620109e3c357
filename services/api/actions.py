"""What is done to a dossier: every command of the state machine, on the version that whoever asks has seen."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.days import Moment
from services.api.dossier_view import moment
from services.api.history import CaseOut, tell_case, tell_event
from services.api.models import Problem422
from services.api.problems import Problem
from services.dossier.commands import Action, Command
from services.dossier.errors import Conflict, NeedsConfirmation
from services.dossier.transitions import TRANSITIONS
from services.storage.database import Connection
from services.storage.desk import act, look
from services.wording import sentence

router = APIRouter(tags=["actions"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (404, 409, 422)}


class ActionIn(BaseModel):
    """What an action needs; each takes of it what it has a use for."""

    version: int = Field(ge=0, le=2**31 - 1, description="version of the dossier the decision was taken on")
    reason: str = Field("", max_length=2000, description="why; the forms for the citizen state it")
    step: str = Field("", max_length=200, description="step or person handed over to")
    step_days: int = Field(0, ge=0, le=1000, description="working days of the step")
    items: list[Annotated[str, Field(max_length=500)]] = Field([], max_length=100, description="papers asked for")
    deliberate: bool = Field(False, description="confirms an action that was warned about")
    amount_vnd: int = Field(0, ge=0, le=10**15, description="amount due")
    new_due_at: Moment | None = Field(None, description="the one new date; without a zone: Viet Nam time")
    time_case: str | None = Field(None, max_length=500, description="name of one of the procedure's lead times")
    result_code: str = Field("", max_length=100, description="national code of the result (KQ.G15.000031)")


class ActedOut(BaseModel):
    """What an action made of the dossier."""

    code: str
    action: Action
    at: datetime
    form: str | None = Field(examples=["02"], description="form of Circular 03/2025/TT-VPCP that goes with it")
    event: dict[str, Any]
    dossier: CaseOut


@router.post(
    "/v1/dossiers/{code}/actions/{action}",
    response_model=ActedOut,
    responses=PROBLEMS,
    summary="Act on a dossier",
)
def act_on(
    code: str, action: Action, asked: ActionIn, resources: Annotated[Resources, Depends(resources_of)]
) -> dict[str, Any]:
    """Receive, hand over, ask for papers or payment, pause, resume, extend, withdraw, stop, refuse, sign, return…

    The guard of the action is checked against the dossier as it is. 409 with the current state when somebody acted
    since `version`, or the state does not admit it; 422 with `confirm` when it has a price and must be deliberate.
    """
    with resources.writing.connection() as connection:
        return do_action(connection, code, action, asked, resources.principal.name)


def do_action(connection: Connection, code: str, action: Action, asked: ActionIn, actor: str = "") -> dict[str, Any]:
    """One action; what the API answers and a page shows.

    Raises:
        Problem: 404, 409 with the current state, or 422.
        Refused, CannotProceed: the sentence says what to do.
    """
    now = clock.now()
    try:
        acted = act(connection, code, command_of(action, asked, actor, now), version=asked.version)
    except Conflict as error:
        case = look(connection, code)
        current = None if case is None else tell_case(case, now)
        raise Problem(HTTPStatus.CONFLICT, error.sentence, current=current) from error
    except NeedsConfirmation as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.sentence, confirm="deliberate") from error
    case = look(connection, code)
    if acted is None or case is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    return {
        "code": code,
        "action": action,
        "at": moment(acted.event.at),
        "form": TRANSITIONS[action].form,
        "event": tell_event(acted.version, acted.event),
        "dossier": tell_case(case, now),
    }


def command_of(action: Action, asked: ActionIn, actor: str, now: datetime) -> Command:
    """An action with what was sent along, as a command of the state machine."""
    due = asked.new_due_at
    return Command(
        action=action,
        at=now,
        actor=actor,
        reason=asked.reason,
        step=asked.step,
        step_days=asked.step_days,
        items=tuple(item.strip() for item in asked.items if item.strip()),
        deliberate=asked.deliberate,
        amount_vnd=asked.amount_vnd,
        new_due_at=due if due is None or due.tzinfo else due.replace(tzinfo=clock.VIETNAM),
        result_code=asked.result_code.strip(),
        time_case=asked.time_case,
    )
