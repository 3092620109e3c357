"""Reading dossiers: one whole, and lists with filters and a cursor."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Depends, Header, Query, Response

from services import clock
from services.api.answers import json_answer
from services.api.cursor import Cursor, decode_cursor
from services.api.database import Resources, resources_of
from services.api.days import Day, Moment
from services.api.dossier_view import view_dossier, view_row
from services.api.kept_answers import Answer, KeptAnswers, etag_of
from services.api.models import DossierListOut, DossierOut, Problem422
from services.api.problems import Problem
from services.dossier.status import Channel, DossierStatus
from services.storage.database import AsyncConnection
from services.storage.on_time import Verdict
from services.storage.status import DOSSIER_QUERY, STAMP_QUERY, ListFilter, count_query, list_query
from services.wording import sentence

router = APIRouter(tags=["dossiers"])

_kept = KeptAnswers()


@router.get(
    "/v1/dossiers/{code}",
    responses={200: {"model": DossierOut}, 304: {"description": "as it was"}, 404: {"model": Problem422}},
    summary="A dossier whole",
)
async def read_dossier(
    code: str,
    resources: Annotated[Resources, Depends(resources_of)],
    if_none_match: Annotated[str | None, Header(description="`ETag` of the answer you have")] = None,
) -> Response:
    """Stages with waiting and working times, documents, papers, fields, findings, due date and how it was computed."""
    answer = await _tell(code, resources)
    headers = {"ETag": answer.etag, "Cache-Control": "private, no-cache"}
    if if_none_match is not None and answer.etag in if_none_match:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(answer.body, media_type="application/json", headers=headers)


async def _tell(code: str, resources: Resources) -> Answer:
    async with resources.reading.connection() as connection:
        found = await (await connection.execute(STAMP_QUERY, (code,))).fetchone()
        now = clock.now()
        if found is not None and (kept := _kept.find(code, tuple(found), now)):
            return kept
        row = found and await (await connection.execute(DOSSIER_QUERY, (code,))).fetchone()
    if not found or row is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    road, late_after, state, *_ = found
    body = orjson.dumps(view_dossier(row, now))
    turns = late_after if state == "open" and late_after is not None and now <= late_after else None
    answer = Answer(tuple(found), now, turns, body, etag_of(body))
    if road != "moving":
        _kept.keep(code, answer)
    return answer


@router.get("/v1/dossiers", responses={200: {"model": DossierListOut}, 422: {"model": Problem422}}, summary="Dossiers")
async def list_dossiers(
    resources: Annotated[Resources, Depends(resources_of)],
    unit: str | None = None,
    procedure: str | None = None,
    field: str | None = None,
    status: DossierStatus | None = None,
    road: Literal["moving", "finished", "waits_for_person"] | None = None,
    channel: Channel | None = None,
    officer: Annotated[str | None, Query(description="account of the officer who works on it")] = None,
    verdict: Verdict | None = None,
    received: bool = False,
    near_due: Annotated[bool, Query(description="in progress, and due within the next working day")] = False,
    step_late: Annotated[
        bool, Query(description="lies at a desk beyond the days of its step, whether late or not")
    ] = False,
    first_day: Annotated[Day | None, Query(alias="from", description="first day of reception")] = None,
    last_day: Annotated[Day | None, Query(alias="to", description="last day of reception")] = None,
    at: Annotated[Moment | None, Query(description="moment the verdict is asked for; now when not given")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Response:
    """Newest first. The same filters as `/v1/on-time`: every figure there is the `total` of a list here."""
    now, seen = _aware(at), _cursor(cursor)
    after = None if seen is None else (seen.submitted_at, seen.id)
    chosen = ListFilter(
        unit, procedure, field, status, road, channel, verdict, received, first_day, last_day, after, officer,
        near_due, step_late,
    )  # fmt: skip
    async with resources.reading.connection() as connection:
        rows = await (await connection.execute(*list_query(chosen, limit + 1, now))).fetchall()
        total = await _count(connection, chosen, now) if seen is None else seen.total
    shown = rows[:limit]
    following = Cursor(shown[-1][10], shown[-1][0], total).encode() if len(rows) > limit else None
    items = [view_row(row, now) for row in shown]
    return json_answer({"total": total, "items": items, "next": following})


async def _count(connection: AsyncConnection, chosen: ListFilter, now: datetime) -> int:
    found = await (await connection.execute(*count_query(chosen, now))).fetchone()
    return int(found[0]) if found else 0


def _aware(at: datetime | None) -> datetime:
    if at is None:
        return clock.now()
    return at if at.tzinfo else at.replace(tzinfo=clock.VIETNAM)


def _cursor(text: str | None) -> Cursor | None:
    try:
        return None if text is None else decode_cursor(text)
    except ValueError as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.bad_cursor")) from error
