"""Telling the national portal: each dossier whose newest state it does not know, until it says that it knows.

An answer of 2xx is a fact of the dossier's history (synchronised); a refusal too, with the portal's words, for a person
to see; no answer at all changes nothing, and the next round tries again.
"""

from dataclasses import dataclass
from datetime import datetime

import httpx
from pydantic import ValidationError

from services.dossier.commands import Action, Command
from services.dossier.errors import Conflict
from services.logs import get_logger
from services.national.payload import DossierTold, tell_dossier
from services.storage.database import Connection
from services.storage.desk import Case, act, look
from services.storage.projection import find_due_of
from services.storage.synchronising import Untold, untold_dossiers

log = get_logger(__name__)

BATCH = 200
SAID_CHARS = 500
# answers after which the same bytes may be taken another time
LATER = {408, 425, 429}


@dataclass(frozen=True, slots=True)
class Pushed:
    """What one round did."""

    told: int = 0
    refused: int = 0
    unheard: int = 0


def payload_of(connection: Connection, waiting: Untold, now: datetime) -> tuple[Case, DossierTold] | None:
    """The dossier as it is at this moment, and as it is told; None when it is gone.

    Raises:
        pydantic.ValidationError: it breaks the portal's form.
    """
    case = look(connection, waiting.code)
    if case is None:
        return None
    # before reception nothing is promised: `NgayHenTra` stays empty as `NgayTiepNhan` does
    due = find_due_of(case.events, case.procedure, case.calendar) if case.standing.received_at else None
    told = tell_dossier(
        code=case.code, procedure=waiting.procedure, holder=str(waiting.applicant.get("name", "")), unit=waiting.unit,
        channel=waiting.channel, handed_in=waiting.submitted_at, due=due.at if due else None, standing=case.standing,
        events=case.events, steps=case.judge_steps(now), files=waiting.files,
    )  # fmt: skip
    return case, told


def push_waiting(connection: Connection, client: httpx.Client, address: str, now: datetime) -> Pushed:
    """One round over the dossiers that wait; the first unanswered call ends it, for the next would wait as long."""
    told = refused = 0
    for waiting in untold_dossiers(connection, BATCH):
        try:
            made = payload_of(connection, waiting, now)
        except ValidationError as error:
            refused += _note(connection, waiting.code, None, now, f"{error.error_count()} field(s) break the form")
            continue
        if made is None:
            continue
        case, payload = made
        try:
            answer = client.post(address, json=payload.model_dump(by_alias=True))
        except httpx.TransportError as error:
            log.warning("national_portal_away", error=type(error).__name__)
            return Pushed(told, refused, 1)
        if answer.is_success:
            told += _note(connection, case.code, case.version, now, "")
        elif answer.status_code in LATER or answer.is_server_error:
            log.warning("national_portal_later", status=answer.status_code)
            return Pushed(told, refused, 1)
        else:
            refused += _note(
                connection, case.code, case.version, now, f"{answer.status_code}: {answer.text}"[:SAID_CHARS]
            )
    return Pushed(told, refused)


def _note(connection: Connection, code: str, version: int | None, now: datetime, refusal: str) -> int:
    if version is None:
        case = look(connection, code)
        version = case.version if case else 0
    action = Action.NOTE_SYNCHRONISATION_FAILED if refusal else Action.NOTE_SYNCHRONISED
    try:
        act(connection, code, Command(action, now, reason=refusal), version=version)
    except Conflict:
        # it changed while it was being told: the newer state is told in the next round
        return 0
    return 1
