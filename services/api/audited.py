"""Writing down who did and saw what, and reading it again."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.concurrency import run_in_threadpool

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.storage.audit import Deed, Doer, Entry, note_deed, read_audit

router = APIRouter(tags=["access"])


def note(resources: Resources, action: str, subject: str = "", *, actor: str | None = None, **data: Any) -> None:  # noqa: ANN401 - JSON
    """Append a row to the log; `actor` where whoever asks has no name yet (a sign-in)."""
    principal = resources.principal
    doer = Doer(principal.name if actor is None else actor, principal.way, resources.address)
    with resources.trusted.connection() as connection:
        note_deed(connection, doer, Deed(action, subject, data), clock.now())


async def note_soon(resources: Resources, action: str, subject: str = "", **data: Any) -> None:  # noqa: ANN401 - JSON
    """The same from a coroutine, before the answer goes out."""
    await run_in_threadpool(note, resources, action, subject, **data)


@router.get("/v1/audit", responses={422: {"model": Problem422}}, summary="The audit log")
def read(
    resources: Annotated[Resources, Depends(resources_of)],
    after: Annotated[int, Query(ge=0, le=2**62, description="id of the last row seen")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    actor: Annotated[str | None, Query(max_length=200)] = None,
    subject: Annotated[str | None, Query(max_length=200)] = None,
) -> dict[str, Any]:
    """Rows in order; that somebody read them is a row too."""
    note(resources, "audit_read", subject or "", after=after, limit=limit, of=actor or "")
    with resources.trusted.connection() as connection:
        found = read_audit(connection, after=after, limit=limit, actor=actor, subject=subject)
    return {"items": [tell_entry(entry) for entry in found]}


def tell_entry(entry: Entry) -> dict[str, Any]:
    """A row as JSON."""
    return {
        "id": entry.id,
        "at": moment(entry.at),
        "actor": entry.actor,
        "way": entry.way,
        "address": entry.address,
        "action": entry.action,
        "subject": entry.subject,
        "data": entry.data,
        "sha256": entry.sha256.hex(),
    }
