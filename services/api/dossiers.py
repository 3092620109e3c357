"""Reading dossiers: one whole, and lists with filters and a cursor."""

import base64
import binascii
from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Depends, Query, Response

from services import clock
from services.api.answers import json_answer
from services.api.database import Resources, resources_of
from services.api.dossier_view import view_dossier, view_row
from services.api.models import DossierListOut, DossierOut, Problem422
from services.api.problems import Problem
from services.dossier.status import Channel, DossierStatus
from services.storage.on_time import Verdict
from services.storage.status import DOSSIER_QUERY, STAMP_QUERY, ListFilter, count_query, list_query
from services.wording import sentence

router = APIRouter(tags=["dossiers"])

KEPT_ANSWERS = 512
_answers: dict[str, tuple[int, float, bytes]] = {}
# an arrived dossier changes only with an event, but its verdict changes with the clock
FRESH_S = 30.0


@router.get(
    "/v1/dossiers/{code}",
    responses={200: {"model": DossierOut}, 404: {"model": Problem422}},
    summary="A dossier whole",
)
async def read_dossier(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Stages with waiting and working times, documents, papers, fields, findings, due date and how it was computed."""
    async with resources.reading.connection() as connection:
        stamp = await (await connection.execute(STAMP_QUERY, (code,))).fetchone()
        if stamp is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
        now = clock.now()
        kept = _answers.get(code)
        if kept is not None and kept[0] == stamp[1] and now.timestamp() - kept[1] < FRESH_S:
            return Response(kept[2], media_type="application/json")
        row = await (await connection.execute(DOSSIER_QUERY, (code,))).fetchone()
    if row is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    body = orjson.dumps(view_dossier(row, now))
    if stamp[0] != "moving":
        if len(_answers) >= KEPT_ANSWERS:
            _answers.pop(next(iter(_answers)))
        _answers[code] = (stamp[1], now.timestamp(), body)
    return Response(body, media_type="application/json")


@router.get("/v1/dossiers", responses={200: {"model": DossierListOut}, 422: {"model": Problem422}}, summary="Dossiers")
async def list_dossiers(
    resources: Annotated[Resources, Depends(resources_of)],
    unit: str | None = None,
    procedure: str | None = None,
    field: str | None = None,
    status: DossierStatus | None = None,
    road: Literal["moving", "finished", "waits_for_person"] | None = None,
    channel: Channel | None = None,
    verdict: Verdict | None = None,
    received: bool = False,
    first_day: Annotated[date | None, Query(alias="from", description="first day of reception")] = None,
    last_day: Annotated[date | None, Query(alias="to", description="last day of reception")] = None,
    at: Annotated[datetime | None, Query(description="moment the verdict is asked for; now when not given")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Response:
    """Newest first. The same filters as `/v1/on-time`: every figure there is the `total` of a list here."""
    now = _aware(at)
    chosen = ListFilter(
        unit, procedure, field, status, road, channel, verdict, received, first_day, last_day, _cursor(cursor)
    )
    async with resources.reading.connection() as connection:
        rows = await (await connection.execute(*list_query(chosen, limit + 1, now))).fetchall()
        total = await (await connection.execute(*count_query(chosen, now))).fetchone()
    shown = rows[:limit]
    following = _cursor_of(shown[-1]) if len(rows) > limit else None
    items = [view_row(row, now) for row in shown]
    return json_answer({"total": total[0] if total else 0, "items": items, "next": following})


def _aware(at: datetime | None) -> datetime:
    if at is None:
        return clock.now()
    return at if at.tzinfo else at.replace(tzinfo=clock.VIETNAM)


def _cursor_of(row: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(f"{row[10].isoformat()}|{row[0]}".encode()).decode()


def _cursor(text: str | None) -> tuple[datetime, int] | None:
    if text is None:
        return None
    try:
        at, _, number = base64.urlsafe_b64decode(text.encode()).decode().partition("|")
        return datetime.fromisoformat(at), int(number)
    except (binascii.Error, ValueError) as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.bad_cursor")) from error
