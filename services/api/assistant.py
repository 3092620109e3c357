"""`POST /v1/assistant/messages`: the assistant over HTTP, whole or as a stream, and the citizen's side of a ticket."""

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from services import clock
from services.access.addresses import EMAIL_OR_NONE, MAX_EMAIL, PHONE
from services.api.answers import json_answer
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.assistant.behaviour import Behaviour
from services.assistant.current import current_assistant
from services.assistant.dialogue import Assistant, Bounds, build_assistant
from services.assistant.rephrase import build_rephrase
from services.assistant.serve import Desk, Outcome, handle_message
from services.settings import Settings
from services.storage.assistant_log import forget_old, rate_turn
from services.storage.assistant_rate import take_turn
from services.storage.assistant_tickets import find_ticket
from services.storage.database import Connection
from services.storage.readers import keep_ticket_contact
from services.wording import sentence

router = APIRouter(tags=["assistant"])

LONGEST = 1000
STREAM = "text/event-stream"
PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (404, 422, 429, 503)}


class MessageIn(BaseModel):
    """What a citizen says."""

    text: str = Field(min_length=1, max_length=LONGEST, examples=["đăng ký khai sinh cần giấy tờ gì"])
    talk: str = Field("", max_length=64, description="key of the talk it belongs to; a new one without")


class CitationOut(BaseModel):
    """Where a statement comes from."""

    code: str = Field(examples=["1.001193"])
    section: str = Field(examples=["papers"])
    decision: str = Field(examples=["163/QĐ-BTP"])
    effective_from: str = Field(examples=["2025-07-01"])
    data_date: str | None = Field(examples=["2026-07-20"])


class MessageOut(BaseModel):
    """What the assistant says."""

    talk: str = Field(description="key of the talk, for the next message")
    turn: int = Field(description="number of the turn, to rate it")
    text: str
    behaviour: Behaviour
    codes: list[str] = Field(description="procedures answered, or offered to choose from")
    citations: list[CitationOut]
    language: str = Field(examples=["vi"])
    ticket: str | None = Field(description="code of the ticket where it was handed over")
    ticket_due_at: str | None
    machine: bool = Field(True, description="always true: it is a machine that answers")


class RatingIn(BaseModel):
    """Whether a turn helped."""

    talk: str = Field(max_length=64)
    helpful: bool


@router.post(
    "/v1/assistant/messages",
    response_model=MessageOut,
    responses={200: {"content": {STREAM: {}}}, **PROBLEMS},
    summary="Ask the assistant",
)
def post_message(
    asked: MessageIn, request: Request, resources: Annotated[Resources, Depends(resources_of)]
) -> Response:
    """The reply as JSON, or with `Accept: text/event-stream` as events `text` (a line each) and `done` (the whole).

    Identity numbers, phones, e-mail addresses and names are masked before the question is logged.
    """
    settings = resources.settings
    if not settings.assistant_on:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence("assistant.off"))
    # not inside: a second connection of the pool while one is held could wait for ever
    _forget_once_a_day(resources)
    address = resources.address or (request.client.host if request.client else "")
    with resources.writing.connection() as connection:
        _slow_down(connection, address, settings.assistant_rate)
        outcome = handle_message(
            connection, desk_of(connection, settings), asked.talk, asked.text, clock.now(), address=resources.address
        )
    body = tell_outcome(outcome)
    if STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_stream(body), media_type=STREAM, headers={"Cache-Control": "no-store"})
    return json_answer(body)


@router.post("/v1/assistant/messages/{turn}/rating", status_code=204, responses=PROBLEMS, summary="Rate a turn")
def post_rating(turn: int, rating: RatingIn, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Whether the reply helped; only the talk that had it may say so."""
    with resources.writing.connection() as connection:
        if not rate_turn(connection, turn, rating.talk, helpful=rating.helpful):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_turn", turn=turn))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/v1/assistant/tickets/{code}", responses=PROBLEMS, summary="The answer to a question handed over")
def read_ticket(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """The question as it was kept, when it is due, and the officer's answer once there is one."""
    with resources.writing.connection() as connection:
        ticket = find_ticket(connection, code.strip().upper())
    if ticket is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_ticket", code=code))
    return json_answer({
        "code": ticket.code,
        "question": ticket.question,
        "opened_at": clock.in_vietnam(ticket.opened_at).isoformat(),
        "due_at": clock.in_vietnam(ticket.due_at).isoformat(),
        "answer": ticket.answer or None,
        "answered_at": clock.in_vietnam(ticket.answered_at).isoformat() if ticket.answered_at else None,
    })  # fmt: skip


class ContactIn(BaseModel):
    """Where to tell somebody, by e-mail or by text message; sending it is his consent."""

    email: str = Field("", max_length=MAX_EMAIL, pattern=EMAIL_OR_NONE, examples=["hoa@example.org"])
    phone: str = Field("", max_length=20, pattern=f"^({PHONE})?$", examples=["0912 345 678"])


@router.put(
    "/v1/assistant/tickets/{code}/contact", status_code=204, responses=PROBLEMS, summary="Be told of the answer"
)
def put_contact(code: str, told: ContactIn, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Where whoever asked is told that his question was answered; address and number are forgotten once he was."""
    if not (told.email or told.phone):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("assistant.no_contact"))
    with resources.trusted.connection() as connection:
        ticket = find_ticket(connection, code.strip().upper())
        if ticket is None or ticket.answered_at is not None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("assistant.no_ticket", code=code))
        keep_ticket_contact(connection, ticket.code, told.email, told.phone, clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def tell_outcome(outcome: Outcome) -> dict[str, Any]:
    """An outcome in the shape of `MessageOut`."""
    reply, ticket = outcome.reply, outcome.ticket
    return {
        "talk": outcome.talk,
        "turn": outcome.turn,
        "text": reply.text,
        "behaviour": reply.behaviour.value,
        "codes": list(reply.codes),
        "citations": [citation.tell() for citation in reply.citations],
        "language": outcome.language.value,
        "ticket": ticket.code if ticket else None,
        "ticket_due_at": clock.in_vietnam(ticket.due_at).isoformat() if ticket else None,
        "machine": True,
    }


def _stream(body: dict[str, Any]) -> Iterator[bytes]:
    for line in str(body["text"]).splitlines(keepends=True):
        yield b"event: text\ndata: " + orjson.dumps({"part": line}) + b"\n\n"
    yield b"event: done\ndata: " + orjson.dumps(body) + b"\n\n"


def desk_of(connection: Connection, settings: Settings) -> Desk:
    """What messages are answered with: the catalogue as it is in the database at this moment."""
    shipped = _assistant(Bounds(settings.assistant_sure, settings.assistant_unsure))
    assistant = current_assistant(connection, shipped, clock.in_vietnam(clock.now()).date())
    return Desk(assistant, settings.unit, settings.assistant_ticket_hours, build_rephrase(settings))


@cache
def _assistant(bounds: Bounds) -> Assistant:
    return build_assistant(bounds)


def _slow_down(connection: Connection, address: str, limit: int) -> None:
    wait = take_turn(connection, address, limit, clock.now()) if limit else 0
    if wait:
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, sentence("assistant.too_many", seconds=wait))


_forgotten: set[object] = set()


def _forget_once_a_day(resources: Resources) -> None:
    """Retention without a job of its own: the first message of a day in a process forgets what is too old."""
    today = clock.in_vietnam(clock.now()).date()
    if today in _forgotten:
        return
    _forgotten.clear()
    _forgotten.add(today)
    with resources.writing.connection() as connection:
        forget_old(connection, clock.now(), resources.settings.assistant_log_days)
