"""What stands behind the numbers of the leaders' page: the dossiers that were counted, and those that may be late."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from services import clock
from services.api.database import Resources, resources_of
from services.api.forecast import read_forecast
from services.pipeline.route import Stage
from services.portal.leader_period import SOON, WAITS, Span, since
from services.portal.render import render
from services.storage import leading
from services.storage.leading_rows import (
    Part,
    Queued,
    Worked,
    due_soon_rows,
    ended_rows,
    missing_rows,
    overdue_rows,
    queued_rows,
    worker_rows,
)
from services.storage.worklist import OPEN

router = APIRouter(prefix="/lanh-dao")

OurResources = Annotated[Resources, Depends(resources_of)]
ROWS = 100
FORESEEN = 1000


class Behind(StrEnum):
    """Which number was followed."""

    SOON = "soon"
    OVERDUE = "overdue"
    MISSING = "missing"
    ENDED = "ended"
    WAITING = "waiting"
    WORKING = "working"
    PEOPLE = "people"
    BUSY = "busy"
    DONE = "done"
    FAILED = "failed"


WORKED = {Behind.BUSY: Worked.BUSY, Behind.DONE: Worked.DONE, Behind.FAILED: Worked.FAILED}
QUEUED = {Behind.WAITING: Queued.WAITING, Behind.WORKING: Queued.WORKING, Behind.PEOPLE: Queued.PEOPLE}


@router.get("/ho-so")
async def rows(
    request: Request, resources: OurResources, of: Behind, period: Span = Span.MONTH, unit: str | None = None,
    procedure: str | None = None, paper: str = "", stage: Stage = Stage.INTAKE,
    worker: Annotated[str, Query(max_length=200)] = "", skip: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> HTMLResponse:  # fmt: skip
    """The dossiers behind a number of the leaders' page, as many as it says."""
    part = Part(ROWS, skip)
    query = _query(of, since(period, clock.now()), {"unit": unit, "procedure": procedure, "paper": paper}, part)
    queued, worked = QUEUED.get(of), WORKED.get(of)
    if queued:
        query = queued_rows(stage, queued, part)
    if worked:
        query = worker_rows(worker, worked, clock.now(), part)
    async with resources.reading.connection() as connection:
        found = await (await connection.execute(*query)).fetchall()
    kept = {name: value for name, value in request.query_params.items() if name not in {"skip", "lang"}}
    return render(
        request, "leader_rows.html", rows=found, of=of, unit=unit, paper=paper, stage=stage, queued=queued is not None,
        worker=worker if worked else "",
        total=found[0][-1] if found else skip, last=skip + len(found), kept=kept,
    )  # fmt: skip


def _query(of: Behind, begins: datetime, asked: dict[str, str | None], part: Part) -> leading.Query:
    now, unit = clock.now(), asked["unit"]
    if of is Behind.MISSING:
        return missing_rows(begins, asked["procedure"] or None, asked["paper"] or "", part)
    if of is Behind.ENDED:
        return ended_rows(begins, now, unit or "", WAITS, part)
    if of is Behind.OVERDUE:
        return overdue_rows(now, OPEN, unit, part)
    return due_soon_rows(now, now + SOON, OPEN, unit, part)


@router.get("/du-bao")
def foreseen(request: Request, resources: OurResources, unit: str | None = None) -> HTMLResponse:
    """Open dossiers that will probably be late, each with why."""
    found = read_forecast(resources, unit, SOON.days, 0.0, FORESEEN)
    return render(request, "leader_forecast.html", found=found, unit=unit)
