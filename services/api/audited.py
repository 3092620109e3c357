"""Writing down who did and saw what, and reading it again."""

import csv
from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import StringIO
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.storage.audit import (
    Deed,
    Doer,
    Entry,
    Sought,
    holds_head,
    note_deed,
    read_audit,
    search_audit,
    verify_audit,
)

router = APIRouter(tags=["access"])

BATCH = 2000
# a cell that begins like a formula would be run by a spreadsheet
RISKY = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"
COLUMNS = ("id", "at", "actor", "way", "address", "action", "subject", "data", "sha256")
Name = Annotated[str | None, Query(max_length=200)]


class Kind(StrEnum):
    """The formats the log is taken along in."""

    JSONL = "jsonl"
    CSV = "csv"


MEDIA_TYPES = {Kind.JSONL: "application/jsonl", Kind.CSV: "text/csv; charset=utf-8"}


class VerifyIn(BaseModel):
    """`head`, written down before, must still be in the chain."""

    head: str = Field("", max_length=100, examples=["1042:9f86d081884c7d65"])


def note(resources: Resources, action: str, subject: str = "", *, actor: str | None = None, **data: Any) -> None:  # noqa: ANN401 - JSON
    """Append a row to the log; `actor` where whoever asks has no name yet (a sign-in)."""
    principal = resources.principal
    doer = Doer(principal.name if actor is None else actor, principal.way, resources.address)
    with resources.trusted.connection() as connection:
        note_deed(connection, doer, Deed(action, subject, data), clock.now())


async def note_soon(resources: Resources, action: str, subject: str = "", **data: Any) -> None:  # noqa: ANN401 - JSON
    """The same from a coroutine, before the answer goes out."""
    await run_in_threadpool(note, resources, action, subject, **data)


def sought(
    actor: Name = None,
    subject: Annotated[str | None, Query(max_length=200, description="dossier, account, token or unit")] = None,
    action: Name = None,
    first_day: Annotated[Day | None, Query(alias="from")] = None,
    last_day: Annotated[Day | None, Query(alias="to", description="included")] = None,
) -> Sought:
    """What rows a request is about."""
    return Sought(actor or None, subject or None, action or None, *clock.moments_of(first_day, last_day))


@router.get("/v1/audit", responses={422: {"model": Problem422}}, summary="The audit log")
def read(
    resources: Annotated[Resources, Depends(resources_of)],
    wanted: Annotated[Sought, Depends(sought)],
    after: Annotated[int, Query(ge=0, le=2**62, description="id of the last row seen, in order")] = 0,
    before: Annotated[int | None, Query(ge=0, le=2**62, description="newest first, before this id")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> dict[str, Any]:
    """Rows in order, or newest first where `before` is given; that somebody read them is a row too."""
    note(resources, "audit_read", wanted.subject or "", after=after, limit=limit, of=wanted.actor or "")
    with resources.trusted.connection() as connection:
        if before is not None:
            found = search_audit(connection, wanted, before=before, limit=limit)
        else:
            found = read_audit(connection, wanted, after=after, limit=limit)
    return {"items": [tell_entry(entry) for entry in found]}


@router.post("/v1/audit/verify", responses={422: {"model": Problem422}}, summary="Is the audit log whole")
def verify(asked: VerifyIn, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Computes every hash anew; `head` is for writing down elsewhere, and giving back the next time."""
    head = asked.head.strip()
    with resources.trusted.connection() as connection:
        found = verify_audit(connection)
        kept = not head or holds_head(connection, head)
    told: dict[str, Any] = {
        "whole": found.broken is None and kept, "entries": found.entries, "broken": found.broken, "head_kept": kept,
        "head": f"{found.entries}:{found.head}",
    }  # fmt: skip
    note(resources, "audit_verified", **told)
    return told


@router.get(
    "/v1/audit/export.{kind}", response_class=Response, responses={422: {"model": Problem422}},
    summary="The audit log as a file",
)  # fmt: skip
def export(
    kind: Kind,
    resources: Annotated[Resources, Depends(resources_of)],
    wanted: Annotated[Sought, Depends(sought)],
) -> StreamingResponse:
    """JSON lines with every hash, or a table for a spreadsheet; that it was taken is a row too."""
    note(resources, "audit_exported", wanted.subject or "", kind=kind, of=wanted.actor or "", deed=wanted.action or "")
    lines = _csv_lines(resources, wanted) if kind is Kind.CSV else _json_lines(resources, wanted)
    name = f"nhat-ky-{clock.in_vietnam(clock.now()):%Y%m%d-%H%M}.{kind}"
    return StreamingResponse(
        lines, media_type=MEDIA_TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _walk(resources: Resources, wanted: Sought) -> Iterator[Entry]:
    # a connection a batch: a slow reader holds none of the few
    after = 0
    while True:
        with resources.trusted.connection() as connection:
            batch = read_audit(connection, wanted, after=after, limit=BATCH)
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1].id


def _json_lines(resources: Resources, wanted: Sought) -> Iterator[bytes]:
    for entry in _walk(resources, wanted):
        yield orjson.dumps(tell_entry(entry)) + b"\n"


def _csv_lines(resources: Resources, wanted: Sought) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _csv_line(COLUMNS)
    for entry in _walk(resources, wanted):
        told = tell_entry(entry) | {"data": orjson.dumps(entry.data).decode()}
        yield _csv_line([told[name] for name in COLUMNS])


def _csv_line(cells: Sequence[object]) -> str:
    out = StringIO()
    # whoever fails to sign in chooses what stands in the log: no spreadsheet may run it
    csv.writer(out).writerow([f"'{cell}" if str(cell).startswith(RISKY) else cell for cell in cells])
    return out.getvalue()


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
