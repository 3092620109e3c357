"""One message of a talk from end to end: state, reply, what officers approved, log, ticket."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.assistant.behaviour import Aspect, Behaviour, Reply, Route, Talk
from services.assistant.compose import say
from services.assistant.dialogue import Assistant
from services.assistant.knowledge import Entry, find_entry
from services.assistant.privacy import mask_private
from services.assistant.status import hide_key, tell_status
from services.clock import in_vietnam
from services.deadline.due import due_date
from services.deadline.lead import LeadTime, LeadUnit
from services.storage.assistant_knowledge import list_knowledge
from services.storage.assistant_log import TurnRow, load_talk, store_talk, store_turn
from services.storage.assistant_tickets import Ticket, open_ticket
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.wording import Language

TICKET_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are mistaken for each other when read out."""

TICKET_LENGTH = 8
Rephrase = Callable[[Reply, Language], Reply]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a message is answered with: the assistant, how long an officer has, and the optional rephrasing."""

    assistant: Assistant
    unit: str
    answer_hours: int
    rephrase: Rephrase | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message brought: the talk's key, the turn's number in the log, the reply, a ticket where handed over."""

    talk: str
    turn: int
    reply: Reply
    language: Language
    ticket: Ticket | None = None


def handle_message(
    connection: Connection,
    desk: Desk,
    key: str,
    text: str,
    now: datetime,
    *,
    address: str = "",
    keeps_key: bool = False,
) -> Outcome:
    """Reply to a message and keep what must be kept, in one transaction; an unknown or empty key starts a new talk.

    `keeps_key`: the new talk has the key that was given (a channel knows its people by a key of its own).
    """
    started = time.perf_counter()
    known = load_talk(connection, key) if key else None
    key = key if known or keeps_key else secrets.token_urlsafe(16)
    talk, turns = (read_talk(known[0]), known[1]) if known else (Talk(), 0)
    reply, talk = desk.assistant.reply(text, talk)
    reply = _use_knowledge(connection, text, reply, talk.language)
    reply = tell_status(connection, text, reply, talk, address=address, now=now)
    plain, reply = reply, desk.rephrase(reply, talk.language) if desk.rephrase else reply
    masked = mask_private(hide_key(text) if reply.route is Route.STATUS else text)
    row = TurnRow(
        talk=key, number=turns + 1, at=now, question=masked, behaviour=reply.behaviour, route=reply.route,
        language=talk.language, codes=reply.codes, aspects=reply.aspects, confidence=reply.confidence,
        seconds=time.perf_counter() - started, rephrased=reply.text != plain.text,
    )  # fmt: skip
    with connection.transaction():
        store_talk(connection, key, describe_talk(talk), turns + 1, now)
        turn = store_turn(connection, row)
        ticket = _draft_ticket(connection, desk, reply, now)
        if ticket is not None:
            ticket = replace(ticket, turn=turn, question=masked)
            open_ticket(connection, ticket)
    if ticket is not None:
        reply = replace(reply, text=f"{reply.text} {say('ticket', talk.language, code=ticket.code)}")
    return Outcome(key, turn, reply, talk.language, ticket)


def _use_knowledge(connection: Connection, text: str, reply: Reply, language: Language) -> Reply:
    """An approved answer to the same question comes before what the machine would say; these refusals stay."""
    if reply.route in {Route.STATUS, Route.INJECTION, Route.UNLAWFUL}:
        return reply
    entry = find_entry(text, [Entry(*row) for row in list_knowledge(connection)])
    if entry is None:
        return reply
    told = say("approved", language, by=entry.by, day=f"{in_vietnam(entry.approved_at):%d/%m/%Y}")
    told += f" {say('approved_source', language, source=entry.source)}" if entry.source else ""
    told += f" {say('approved_ticket', language, ticket=entry.ticket)}" if entry.ticket else ""
    codes = (entry.procedure,) if entry.procedure else ()
    return replace(reply, text=f"{entry.answer}\n{told}", behaviour=Behaviour.ANSWER, codes=codes, confidence=1.0)


def _draft_ticket(connection: Connection, desk: Desk, reply: Reply, now: datetime) -> Ticket | None:
    """A ticket with its code and clock, where the reply hands over."""
    if reply.behaviour is not Behaviour.HANDOVER:
        return None
    code = "TL-" + "".join(secrets.choice(TICKET_LETTERS) for _ in range(TICKET_LENGTH))
    lead = LeadTime(desk.answer_hours, LeadUnit.WORKING_HOURS)
    due = due_date(lead, now, calendar_of(connection, desk.unit).calendar, as_of=now).due_at
    return Ticket(code, turn=0, kind=reply.route, question="", opened_at=now, due_at=due)


def describe_talk(talk: Talk) -> dict[str, Any]:
    """The state of a talk as JSON; what the citizen typed is masked in it too."""
    return {
        "topic": talk.topic,
        "aspects": list(talk.aspects),
        "choices": list(talk.choices),
        "question": mask_private(talk.question),
        "language": talk.language,
        "dossier": talk.dossier,
    }


def read_talk(state: dict[str, Any]) -> Talk:
    """The state of a talk from JSON."""
    return Talk(
        topic=state["topic"],
        aspects=tuple(map(Aspect, state["aspects"])),
        choices=tuple(state["choices"]),
        question=state["question"],
        language=Language(state["language"]),
        dossier=state["dossier"],
    )
