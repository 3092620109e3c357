"""The leaders' page: on time today, this month, this year; what will be late; what is missing; how the road flows."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from services import clock
from services.api.database import Resources, resources_of
from services.api.feedback import read_satisfaction
from services.api.figures import read_on_time
from services.api.forecast import read_forecast
from services.api.practice import read_practice
from services.api.spreadsheet import Export, file_answer
from services.dossier.history import EventKind
from services.pipeline.route import ROUTE
from services.portal.board import figures_of
from services.portal.chart import columns_of
from services.portal.export import trend_table
from services.portal.render import page_language, render
from services.storage.feedback import FeedbackFilter
from services.storage.leading import (
    due_soon_query,
    due_soon_rows,
    ended_rows,
    missing_papers_query,
    missing_rows,
    road_query,
    spent_query,
)
from services.storage.on_time import GroupBy
from services.storage.worklist import OPEN

router = APIRouter(prefix="/lanh-dao")

OurResources = Annotated[Resources, Depends(resources_of)]
PERIODS = ("today", "month", "year")
Period = Annotated[str, Query(pattern=f"^({'|'.join(PERIODS)})$")]
SOON = timedelta(days=7)
MONTHS = 12
ROWS = 500
FORESEEN = 8
WAITS = (EventKind.SUPPLEMENT_REQUESTED, EventKind.PAYMENT_REQUESTED)
"""After these a dossier lies with its citizen."""


@router.get("")
async def lead(request: Request, resources: OurResources, period: Period = "month") -> HTMLResponse:
    """Every number opens its rows; `period` is that of missing papers, times and satisfaction."""
    now = clock.now()
    since = _since(period, now)
    totals = {name: (await figures_of(resources, name, GroupBy.UNIT, None, None))["total"] for name in PERIODS}
    async with resources.reading.connection() as connection:
        soon = await (await connection.execute(*due_soon_query(now, now + SOON, OPEN))).fetchall()
        missing = await (await connection.execute(*missing_papers_query(since))).fetchall()
        spent = await (await connection.execute(*spent_query(since, now, WAITS))).fetchall()
        flow = await (await connection.execute(*road_query(now))).fetchall()
    trend = (await _trend(resources, now))["groups"]
    return render(
        request, "leader.html", totals=totals, soon=soon, missing=missing, spent=spent, flow=_stages(flow), at=now,
        period=period, periods=PERIODS, trend=trend, columns=columns_of(trend),
        forecast=await run_in_threadpool(read_forecast, resources, None, SOON.days, 0.0, FORESEEN),
        satisfaction=(await read_satisfaction(resources, FeedbackFilter(since=since)))["total"],
        practice=(await run_in_threadpool(read_practice, resources))["total"],
    )  # fmt: skip


@router.get("/ho-so")
async def rows(
    request: Request, resources: OurResources, of: Annotated[str, Query(pattern="^(soon|missing|ended)$")],
    period: Period = "month", unit: str | None = None, procedure: str | None = None, paper: str = "",
) -> HTMLResponse:  # fmt: skip
    """The dossiers behind a number of the leaders' page."""
    now = clock.now()
    queries = {
        "soon": due_soon_rows(now, now + SOON, OPEN, unit, ROWS),
        "missing": missing_rows(_since(period, now), procedure or None, paper, ROWS),
        "ended": ended_rows(_since(period, now), now, unit or "", ROWS),
    }
    async with resources.reading.connection() as connection:
        found = await (await connection.execute(*queries[of])).fetchall()
    return render(request, "leader_rows.html", rows=found, of=of, unit=unit, paper=paper, most=ROWS)


@router.get("/du-bao")
def foreseen(request: Request, resources: OurResources, unit: str | None = None) -> HTMLResponse:
    """Open dossiers that will probably be late, each with why."""
    found = read_forecast(resources, unit, SOON.days, 0.0, 200)
    return render(request, "leader_forecast.html", found=found, unit=unit)


@router.get("/tai-ve.{kind}")
async def export(request: Request, resources: OurResources, kind: Export) -> Response:
    """The trend as a file."""
    figures = await _trend(resources, clock.now())
    return file_answer(trend_table(figures, page_language(request)), kind, f"xu-huong-{figures['at'][:10]}", {1})


async def _trend(resources: Resources, now: datetime) -> dict[str, Any]:
    """On time by month of reception, the months before this one and this one."""
    today = clock.in_vietnam(now).date()
    first = today.year * 12 + today.month - MONTHS
    begins = date(first // 12, first % 12 + 1, 1)
    answer = await read_on_time(
        resources, unit=None, procedure=None, field=None, first_day=begins, last_day=None, by=GroupBy.MONTH, at=now
    )
    found: dict[str, Any] = orjson.loads(answer.body)
    return found


def _since(period: str, now: datetime) -> datetime:
    today = clock.in_vietnam(now).date()
    first = {"today": today, "month": today.replace(day=1)}.get(period, today.replace(month=1, day=1))
    since, _ = clock.moments_of(first, None)
    return since or now


def _stages(rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    found = {row[0]: row for row in rows}
    return [
        {
            "stage": str(step.stage), "waiting": found.get(step.stage, (0,) * 4)[1],
            "working": found.get(step.stage, (0,) * 4)[2], "people": found.get(step.stage, (0,) * 4)[3],
            "oldest_s": float(found[step.stage][4] or 0) if step.stage in found else 0.0,
        }
        for step in ROUTE
    ]  # fmt: skip
