"""Between the desk's forms and the state machine: rows of the list, and what an action's form sends."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError

from services.access.roles import Permit, Principal, staff_for
from services.api.actions import ActionIn
from services.api.dossier_view import moment, verdict_of
from services.api.problems import Problem
from services.catalogue.procedure import Procedure
from services.deadline.promise import promise_of
from services.dossier.commands import Action
from services.dossier.history import EventKind
from services.dossier.standing import FINAL, Finance
from services.dossier.status import DossierStatus
from services.dossier.transitions import TRANSITIONS
from services.portal.offer import Line, fees_of
from services.wording import Language, sentence


def rows_of(found: Sequence[Sequence[Any]], limit: int, now: datetime) -> tuple[list[dict[str, Any]], str]:
    """Rows of the work list for the page, and where the next page begins (empty at the end)."""
    rows = [_row(row, now) for row in found[:limit]]
    if len(found) <= limit:
        return rows, ""
    last = found[limit - 1]
    due = last[8] or datetime.max.replace(tzinfo=UTC)
    return rows, base64.urlsafe_b64encode(f"{due.isoformat()}|{last[0]}".encode()).decode()


def wishes_of(after: str) -> tuple[datetime, int] | None:
    """Where a page of the list begins; a spoilt address begins at the top."""
    try:
        at, _, number = base64.urlsafe_b64decode(after.encode()).decode().partition("|")
        return datetime.fromisoformat(at), int(number)
    except (binascii.Error, ValueError):
        return None


def _row(row: Sequence[Any], now: datetime) -> dict[str, Any]:
    _, code, unit, procedure, name, status, road, received, due, late_after, paused, blocking, warnings, fresh = row
    verdict = "paused" if paused else verdict_of("open" if received and due else None, late_after, now)
    due_is = promise_of(
        DossierStatus(status), received=received is not None, dated=due is not None, paused=paused is not None
    )
    return {
        "code": code, "unit": unit, "procedure": procedure, "name": name, "status": status, "road": road,
        "received_at": moment(received), "due_at": moment(due), "blocking": blocking, "warnings": warnings,
        "due_is": due_is, "verdict": verdict, "fresh_at": moment(fresh),
    }  # fmt: skip


def later_papers(documents: Sequence[Mapping[str, Any]], fresh: datetime | None) -> list[dict[str, Any]]:
    """What came after the dossier was handed in, the newest first: when, which files, and whether it is new here.

    `documents`: as `GET /v1/dossiers/{code}` tells of them; `fresh`: since when nobody had looked.
    """
    came: dict[datetime, list[str]] = {}
    for document in documents:
        came.setdefault(datetime.fromisoformat(document["added_at"]), []).append(document["name"])
    first = min(came, default=None)
    return [
        {"at": at, "files": files, "fresh": fresh is not None and at >= fresh}
        for at, files in sorted(came.items(), reverse=True)
        if at != first
    ]


FORM_OF = {transition.event: transition.form for transition in TRANSITIONS.values() if transition.form}


def forms_of(history: Mapping[str, Any]) -> list[str]:
    """Numbers of the forms that the events of a dossier call for, in their order, each once.

    `history`: as `GET /v1/dossiers/{code}/history` tells of it.
    """
    kinds = [EventKind(event["kind"]) for event in history["events"]]
    return list(dict.fromkeys(str(FORM_OF[kind]) for kind in kinds if kind in FORM_OF and FORM_OF[kind] != "07"))


def signed_of(
    history: Mapping[str, Any], signatures: Mapping[tuple[str, int], tuple[str, datetime]]
) -> dict[str, tuple[str, datetime]]:
    """Who stands behind each form as it is now, by its number: a form of an older event is another paper."""
    newest = {str(FORM_OF[kind]): event["number"] for event in history["events"] if (kind := event["kind"]) in FORM_OF}
    return {form: signatures[form, number] for form, number in newest.items() if (form, number) in signatures}


def offered_to(principal: Principal, history: Mapping[str, Any], language: Language) -> dict[str, list[Any]]:
    """What the desk offers somebody: the actions his roles let him do, by the API's own rule, and whose the others are.

    `offered`: rows of `actions` of the history; `others`: name of an action, and the roles that may do it.
    """
    offered = [row for row in history["actions"] if principal.may_do(Action(row["action"]))]
    others = [
        (row["name"][language], [sentence(f"admin.role_{role}").say(language) for role in staff])
        for row in history["actions"]
        if row not in offered and (staff := staff_for(Action(row["action"])))
    ]
    return {"offered": offered, "others": others}


def unrecorded_fees(history: Mapping[str, Any], procedure: Procedure | None, language: Language) -> list[Line]:
    """What the procedure costs where nobody has recorded a payment or a demand: the result goes out once it is paid."""
    if procedure is None or history["finance"] != Finance.NOTHING_DUE:
        return []
    if not any(fee.amount_vnd for fee in procedure.fees):
        return []
    return fees_of(procedure, None, language)


def closed_to(principal: Principal, dossier: Mapping[str, Any]) -> bool:
    """Whether the fields of a dossier are only to be read: it is over, or his roles confirm nothing."""
    return DossierStatus(dossier["status"]["code"]) in FINAL or not principal.may(Permit.CONFIRM)


def read_action(sent: Mapping[str, str]) -> ActionIn:
    """What an action's form sends: one paper a line, empty boxes left out.

    Raises:
        Problem: a value is not of its kind (a date that is none, words for a number).
    """
    values: dict[str, Any] = {name: value.strip() for name, value in sent.items() if value.strip()}
    if "items" in values:
        values["items"] = [line.strip() for line in values["items"].splitlines() if line.strip()]
    try:
        return ActionIn.model_validate(values)
    except ValidationError as error:
        where = ", ".join(str(part) for fault in error.errors() for part in fault["loc"])
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.invalid", where=where)) from error
