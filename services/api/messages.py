"""Messages and where they stand: of one dossier for those who read it, all for those who look after the machine."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from services import clock
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem, both
from services.dossier.notices import MessageState, NoticeKind, Way
from services.storage.messages import MessageRow, Wanted, count_messages, list_messages, revive_message
from services.wording import sentence

router = APIRouter(tags=["messages"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (401, 403, 404, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]


@router.get("/v1/messages", responses=PROBLEMS, summary="Messages and where they stand")
def list_every(
    resources: OurResources,
    state: Annotated[MessageState | None, Query(description="dead: given up, a person must look")] = None,
    way: Way | None = None,
    kind: NoticeKind | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[int | None, Query(ge=0, le=2**62, description="id of the last one seen")] = None,
) -> dict[str, Any]:
    """The newest first, with how many there are in each state; never an address of a person."""
    with resources.writing.connection() as connection:
        found = list_messages(connection, Wanted(state=state, way=way, kind=kind, before=before), limit)
        counts = count_messages(connection)
    counted: dict[str, dict[str, int]] = {}
    for (of_way, of_state), number in sorted(counts.items()):
        counted.setdefault(of_way, {})[of_state] = number
    return {"counts": counted, "items": [tell_message(one) for one in found]}


@router.get("/v1/dossiers/{code}/messages", responses=PROBLEMS, summary="Messages about a dossier")
def list_of_dossier(code: str, resources: OurResources) -> dict[str, Any]:
    """Who was told what by which way, and whether it went out."""
    with resources.writing.connection() as connection:
        if connection.execute("SELECT 1 FROM dossier WHERE code = %s", (code,)).fetchone() is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
        found = list_messages(connection, Wanted(dossier=code), 500)
    return {"items": [tell_message(one) for one in found]}


@router.post(
    "/v1/messages/{message_id}/retry", status_code=HTTPStatus.NO_CONTENT, responses=PROBLEMS,
    summary="Try a message again",
)  # fmt: skip
def retry(message_id: int, resources: OurResources) -> None:
    """For a dead one whose cause was mended; it is tried from the beginning."""
    with resources.writing.connection() as connection:
        if message_id >= 2**63 or not revive_message(connection, message_id, clock.now()):
            raise Problem(HTTPStatus.NOT_FOUND, sentence("notice.no_message"))
    note(resources, "message_retried", str(message_id))


def tell_message(one: MessageRow) -> dict[str, Any]:
    """A message as JSON."""
    return {
        "id": one.id, "key": one.key, "dossier": one.dossier, "unit": one.unit or None, "kind": one.kind,
        "way": one.way, "reader": one.reader, "state": one.state, "attempts": one.attempts,
        "next_at": moment(one.next_at) if one.state == MessageState.WAITING else None,
        "created_at": moment(one.created_at), "ended_at": moment(one.ended_at),
        "problem": both(one.problem) if one.problem else None,
    }  # fmt: skip
