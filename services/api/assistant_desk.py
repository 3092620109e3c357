"""The officers' side of the assistant: what waits, what did not help, a sample to judge, and the figures."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from services import clock
from services.api.answers import json_answer
from services.api.assistant import PROBLEMS
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.problems import Problem
from services.assistant.measure import Share
from services.catalogue.national import load_national
from services.storage.assistant_knowledge import (
    Draft,
    Kept,
    approve_answer,
    approve_entry,
    draft_entry,
    list_entries,
    withdraw_knowledge,
)
from services.storage.assistant_log import count_weeks, draw_sample, judge_turn, list_unhelpful
from services.storage.assistant_tickets import Ticket, answer_ticket, find_ticket, list_open
from services.wording import sentence

router = APIRouter(tags=["assistant"])


class AnswerIn(BaseModel):
    """An officer's answer; approved, it becomes knowledge."""

    text: str = Field(min_length=1, max_length=5000)
    by: str = Field(min_length=1, max_length=200, description="unit or office that stands behind the answer")
    approve: bool = Field(False, description="answer the same question with it from now on")
    question: str = Field("", max_length=1000, description="how people ask it; the ticket's own words without")
    procedure: str = Field("", max_length=40, examples=["1.001193"])


class DraftIn(BaseModel):
    """An answer that officials write without a ticket; nobody is answered with it before it is approved."""

    question: str = Field(min_length=5, max_length=1000, description="how people ask it")
    answer: str = Field(min_length=1, max_length=5000)
    procedure: str = Field("", max_length=40, examples=["1.001193"])
    source: str = Field("", max_length=500, description="what it stands on: a law, a decision")


class ApprovalIn(BaseModel):
    """Who stands behind an answer."""

    by: str = Field(min_length=1, max_length=200, description="unit or office, as citizens read it")


class JudgementIn(BaseModel):
    """Whether an answer was right."""

    right: bool
    by: str = Field(min_length=1, max_length=200)
    sample: bool = Field(False, description="it was drawn by chance; the weekly share counts only these")


@router.get("/v1/assistant/work-list", summary="Questions that wait for a person")
def read_work_list(
    resources: Annotated[Resources, Depends(resources_of)], limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> Response:
    """Open tickets, the most urgent first, and turns that citizens said did not help."""
    with resources.writing.connection() as connection:
        tickets, unhelpful = list_open(connection, limit), list_unhelpful(connection, limit)
    return json_answer({"tickets": [tell_ticket(ticket) for ticket in tickets], "unhelpful": unhelpful})


@router.post("/v1/assistant/tickets/{code}/answer", responses=PROBLEMS, summary="Answer a ticket")
def post_answer(code: str, told: AnswerIn, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Keep the answer for the citizen; with `approve` also as knowledge, with the ticket as its provenance."""
    check_procedure(told.procedure)
    with resources.writing.connection() as connection, connection.transaction():
        if not answer_ticket(connection, code, told.text, told.by, clock.now()):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_ticket", code=code))
        ticket = find_ticket(connection, code)
        entry = (
            approve_answer(
                connection, ticket, told.question or ticket.question, told.procedure, resources.principal.name
            )
            if told.approve and ticket is not None
            else None
        )
    note(resources, "ticket_answered", code, knowledge=entry)
    return json_answer({"code": code, "knowledge": entry})


@router.get("/v1/assistant/knowledge", summary="Answers that officials wrote")
def read_knowledge(
    resources: Annotated[Resources, Depends(resources_of)], limit: Annotated[int, Query(ge=1, le=1000)] = 200
) -> Response:
    """Drafts first, then what is in use, newest first, each with its provenance."""
    with resources.writing.connection() as connection:
        return json_answer({"entries": [tell_entry(entry) for entry in list_entries(connection, limit)]})


@router.post("/v1/assistant/knowledge", status_code=201, responses=PROBLEMS, summary="Draft an answer")
def post_draft(told: DraftIn, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Kept as a draft until it is approved."""
    check_procedure(told.procedure)
    draft = Draft(told.question, told.answer, told.procedure, told.source, resources.principal.name)
    with resources.writing.connection() as connection:
        entry = draft_entry(connection, draft, clock.now())
    note(resources, "answer_drafted", str(entry))
    return json_answer({"entry": entry}, HTTPStatus.CREATED)


@router.post("/v1/assistant/knowledge/{entry}/approval", status_code=204, responses=PROBLEMS, summary="Approve a draft")
def post_approval(entry: int, told: ApprovalIn, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """From now on the same question is answered with it."""
    with resources.writing.connection() as connection:
        if not approve_entry(connection, entry, told.by, resources.principal.name, clock.now()):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_entry", entry=entry))
    note(resources, "answer_approved", str(entry))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.delete("/v1/assistant/knowledge/{entry}", status_code=204, responses=PROBLEMS, summary="Withdraw an answer")
def delete_knowledge(entry: int, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Take an approved answer out of use; it stays on record."""
    with resources.writing.connection() as connection:
        if not withdraw_knowledge(connection, entry, clock.now(), resources.principal.name):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_entry", entry=entry))
    note(resources, "answer_withdrawn", str(entry))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/v1/assistant/sample", summary="A sample of answers to judge")
def read_sample(
    resources: Annotated[Resources, Depends(resources_of)],
    week: Annotated[Day, Query(description="Monday of the week")],
    size: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> Response:
    """Answers of a week drawn by chance, the same each time."""
    with resources.writing.connection() as connection:
        return json_answer({"week": week, "turns": draw_sample(connection, week, size)})


@router.put("/v1/assistant/turns/{turn}/judgement", status_code=204, responses=PROBLEMS, summary="Judge an answer")
def put_judgement(turn: int, told: JudgementIn, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Whether an answer was right; only judgements of the sample make the weekly share."""
    with resources.writing.connection() as connection:
        if not judge_turn(connection, turn, right=told.right, by=told.by, sampled=told.sample):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_turn", turn=turn))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/v1/assistant/figures", summary="Weekly figures of the assistant")
def read_figures(
    resources: Annotated[Resources, Depends(resources_of)], weeks: Annotated[int, Query(ge=1, le=520)] = 12
) -> Response:
    """By week: asked, what was done, what helped, and the share judged right with its 95 % interval. Public."""
    today = clock.in_vietnam(clock.now()).date()
    since = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    with resources.writing.connection() as connection:
        counted = count_weeks(connection, since)
    return json_answer({"weeks": [{"week": week, **tell_week(figures)} for week, figures in counted.items()]})


def tell_week(figures: dict[str, int]) -> dict[str, Any]:
    """The sums of a week with the shares they give."""
    return {
        **figures,
        "answered_share": Share(figures["answer"], figures["asked"]).describe(),
        "right_share": Share(figures["judged_right"], figures["judged"]).describe(),
    }


def check_procedure(code: str) -> None:
    """Raise a 422 where a code is given that the catalogue does not have."""
    if code and code not in load_national():
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("assistant.no_procedure", code=code))


def tell_entry(entry: Kept) -> dict[str, Any]:
    """An answer with its provenance."""
    return {name: getattr(entry, name) for name in Kept.__dataclass_fields__}


def tell_ticket(ticket: Ticket) -> dict[str, Any]:
    """A ticket for the work list."""
    return {
        "code": ticket.code,
        "kind": ticket.kind,
        "question": ticket.question,
        "turn": ticket.turn,
        "opened_at": ticket.opened_at,
        "due_at": ticket.due_at,
        "overdue": ticket.due_at < clock.now(),
    }
