"""The officers' side of the assistant: what waits, what did not help, a sample to judge, and the figures."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from services import clock
from services.api.answers import json_answer
from services.api.assistant import PROBLEMS
from services.api.database import Resources, resources_of
from services.api.problems import Problem
from services.assistant.measure import Share
from services.storage.assistant_log import count_weeks, draw_sample, judge_turn, list_unhelpful
from services.storage.assistant_tickets import (
    Ticket,
    answer_ticket,
    approve_answer,
    find_ticket,
    list_open,
    withdraw_knowledge,
)
from services.wording import sentence

router = APIRouter(tags=["assistant"])


class AnswerIn(BaseModel):
    """An officer's answer; approved, it becomes knowledge."""

    text: str = Field(min_length=1, max_length=5000)
    by: str = Field(min_length=1, max_length=200, description="unit or office that stands behind the answer")
    approve: bool = Field(False, description="answer the same question with it from now on")
    question: str = Field("", max_length=1000, description="how people ask it; the ticket's own words without")
    procedure: str = Field("", max_length=40, examples=["1.001193"])


class JudgementIn(BaseModel):
    """Whether an answer was right."""

    right: bool
    by: str = Field(min_length=1, max_length=200)


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
    with resources.writing.connection() as connection, connection.transaction():
        if not answer_ticket(connection, code, told.text, told.by, clock.now()):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_ticket", code=code))
        ticket = find_ticket(connection, code)
        entry = (
            approve_answer(connection, ticket, told.question or ticket.question, told.procedure)
            if told.approve and ticket is not None
            else None
        )
    return json_answer({"code": code, "knowledge": entry})


@router.delete("/v1/assistant/knowledge/{entry}", status_code=204, responses=PROBLEMS, summary="Withdraw an answer")
def delete_knowledge(entry: int, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Take an approved answer out of use; it stays on record."""
    with resources.writing.connection() as connection:
        if not withdraw_knowledge(connection, entry, clock.now()):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_turn", turn=entry))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/v1/assistant/sample", summary="A sample of answers to judge")
def read_sample(
    resources: Annotated[Resources, Depends(resources_of)],
    week: Annotated[date, Query(description="Monday of the week")],
    size: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> Response:
    """Answers of a week drawn by chance, the same each time."""
    with resources.writing.connection() as connection:
        return json_answer({"week": week, "turns": draw_sample(connection, week, size)})


@router.put("/v1/assistant/turns/{turn}/judgement", status_code=204, responses=PROBLEMS, summary="Judge an answer")
def put_judgement(turn: int, told: JudgementIn, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Whether an answer was right."""
    with resources.writing.connection() as connection:
        if not judge_turn(connection, turn, right=told.right, by=told.by):
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
