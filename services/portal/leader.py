"""The leaders' page: on time today, this month, this year; what will be late; what is missing; how the road flows."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from services import clock
from services.api.database import Resources, resources_of
from services.pipeline.route import ROUTE
from services.portal.board import figures_of
from services.portal.render import render
from services.storage.leading import due_soon_query, missing_papers_query, road_query
from services.storage.on_time import GroupBy
from services.storage.worklist import OPEN

router = APIRouter()

PERIODS = ("today", "month", "year")
SOON = timedelta(days=7)
LOOKED_BACK = timedelta(days=365)


@router.get("/lanh-dao")
async def lead(request: Request, resources: Annotated[Resources, Depends(resources_of)]) -> HTMLResponse:
    """Every number opens its rows."""
    now = clock.now()
    totals = {period: (await figures_of(resources, period, GroupBy.UNIT, None, None))["total"] for period in PERIODS}
    async with resources.reading.connection() as connection:
        soon = await (await connection.execute(*due_soon_query(now, now + SOON, OPEN))).fetchall()
        missing = await (await connection.execute(*missing_papers_query(now - LOOKED_BACK))).fetchall()
        flow = await (await connection.execute(*road_query(now))).fetchall()
    return render(
        request, "leader.html", totals=totals, soon=soon, missing=missing, flow=_stages(flow), at=now,
    )  # fmt: skip


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
