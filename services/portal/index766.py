"""Index 766 for leaders: points by unit or officer, each number with its rows, the versions' formulas in words."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from services.api import index766 as api
from services.api.database import Resources, resources_of
from services.api.index766 import Asked, IndexBy, OurQuestion
from services.deadline.index766.score import Side
from services.portal.render import render

router = APIRouter(prefix="/lanh-dao/chi-so-766")

OurResources = Annotated[Resources, Depends(resources_of)]
ROWS = 50


@router.get("")
async def index(
    request: Request, resources: OurResources, asked: OurQuestion, by: IndexBy = IndexBy.UNIT
) -> HTMLResponse:
    """The whole, then a row a unit or officer."""
    found = await api.tell_index(resources, asked, by)
    kept = {"from": found["from"], "to": found["to"]} | ({"unit": asked.unit} if asked.unit else {})
    return render(request, "index766.html", found=found, by=by, ways=list(IndexBy), kept=kept)


@router.get("/diem")
async def points(request: Request, resources: OurResources) -> HTMLResponse:
    """The points of this month alone, for the leaders' page, which does not wait for them."""
    found = await api.tell_index(resources, Asked(), None)
    return render(request, "index766_points.html", total=found["total"])


@router.get("/dong")
async def rows(
    request: Request, resources: OurResources, asked: OurQuestion, indicator: str, side: Side = Side.NUMERATOR,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> HTMLResponse:  # fmt: skip
    """The dossiers or procedures behind a number."""
    answer = await api.read_rows(resources, asked, indicator, side, cursor, ROWS)
    found: dict[str, Any] = orjson.loads(answer.body)
    kept = {name: value for name, value in request.query_params.items() if name not in {"cursor", "lang"}}
    return render(request, "index766_rows.html", found=found, kept=kept, indicator=indicator, side=side)
