"""The on-time board: figures that add up, a chart with its table, and the rows behind every number."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from pydantic import AfterValidator

from services import clock
from services.access.roles import Permit
from services.api.database import Resources, resources_of
from services.api.dossiers import list_dossiers
from services.api.figures import read_on_time
from services.api.spreadsheet import Export, Paper, file_answer
from services.dossier.status import Channel
from services.portal.chart import bars_of
from services.portal.export import RATES, rate_told, table_of
from services.portal.group_names import names_of_groups
from services.portal.render import page_language, render
from services.storage.on_time import GroupBy, Verdict
from services.wording import sentence

router = APIRouter()

ROWS = 50
PERIODS = ("today", "month", "year", "all")
BOARD_GROUPS = [by for by in GroupBy if by not in {GroupBy.OFFICER, GroupBy.CHANNEL}]
"""What everybody may split the figures by here; officers are for those who lead them."""


def _of_board(by: GroupBy) -> GroupBy:
    if by not in BOARD_GROUPS:
        raise ValueError(by)
    return by


BoardBy = Annotated[GroupBy, AfterValidator(_of_board)]


@router.get("/so-lieu")
async def board(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    period: Annotated[str, Query(pattern=f"^({'|'.join(PERIODS)})$")] = "month",
    by: BoardBy = GroupBy.FIELD,
    unit: str | None = None,
    field: str | None = None,
) -> HTMLResponse:
    """On time in a period, by unit, procedure, field or day."""
    figures = await figures_of(resources, period, by, unit, field)
    names = await run_in_threadpool(names_of_groups, request, resources, by, ())
    return render(
        request, "board.html", figures=figures, bars=bars_of(figures["groups"]), period=period, periods=PERIODS,
        by=by, groups=BOARD_GROUPS, names=names, verdicts=list(Verdict), rate_told=rate_told, unit=unit, field=field,
        rows_open=resources.principal.may(Permit.READ),
    )  # fmt: skip


@router.get("/so-lieu/tai-ve.{kind}")
async def export(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    kind: Export,
    period: Annotated[str, Query(pattern=f"^({'|'.join(PERIODS)})$")] = "month",
    by: BoardBy = GroupBy.FIELD,
    unit: str | None = None,
    field: str | None = None,
) -> Response:
    """The table of the board as a file, with the moment it is true of and the formula in it."""
    figures, language = await figures_of(resources, period, by, unit, field), page_language(request)
    names = await run_in_threadpool(names_of_groups, request, resources, by, ())
    title = " – ".join(sentence(f"portal.{id_}").say(language) for id_ in ("board_heading", f"period_{period}"))
    table = table_of(figures, by, language, lambda group: names.get(group, group))
    return file_answer(table, kind, f"dung-han-{figures['at'][:10]}", Paper(title, language), RATES)


async def figures_of(
    resources: Resources, period: str, by: GroupBy, unit: str | None, field: str | None
) -> dict[str, Any]:
    """The figures of `GET /v1/on-time` for a period that ends now."""
    first = _first_day(period, clock.in_vietnam(clock.now()).date())
    answer = await read_on_time(resources, unit=unit, procedure=None, field=field, first_day=first, by=by)
    found: dict[str, Any] = orjson.loads(answer.body)
    return found


@router.get("/so-lieu/ho-so")
async def rows(request: Request, resources: Annotated[Resources, Depends(resources_of)]) -> HTMLResponse:
    """The dossiers behind one number of the board; the address takes the filters of `GET /v1/dossiers`."""
    asked = request.query_params
    answer = await list_dossiers(
        resources, unit=asked.get("unit"), procedure=asked.get("procedure"), field=asked.get("field"),
        officer=asked.get("officer"), channel=_channel(asked.get("channel")),
        verdict=Verdict(asked["verdict"]) if asked.get("verdict") in set(Verdict) else None,
        received=asked.get("received") == "true", first_day=_day(asked.get("from")), last_day=_day(asked.get("to")),
        cursor=asked.get("cursor"), limit=ROWS,
    )  # fmt: skip
    kept = {name: value for name, value in asked.items() if name not in {"cursor", "lang"}}
    return render(request, "board_rows.html", found=orjson.loads(answer.body), kept=kept)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _channel(text: str | None) -> Channel | None:
    return Channel(int(text)) if text in {str(int(channel)) for channel in Channel} else None


def _first_day(period: str, today: date) -> date | None:
    firsts = {"today": today, "month": today.replace(day=1), "year": today.replace(month=1, day=1)}
    return firsts.get(period)
