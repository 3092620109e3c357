"""The leaders' page: on time today, this month, this year; what will be late; what is missing; how the road flows."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from services import clock
from services.api.database import Resources, resources_of
from services.api.feedback import read_satisfaction
from services.api.forecast import read_forecast
from services.api.machine import read_machine
from services.api.practice import read_practice
from services.api.spreadsheet import Export, Paper, file_answer
from services.pipeline.route import ROUTE
from services.portal.board import figures_of
from services.portal.chart import bars_of, times_of, trend_of
from services.portal.export import RATES, rate_told, table_of
from services.portal.group_names import names_of_groups
from services.portal.leader_period import SOON, WAITS, Span, since
from services.portal.leader_trend import Step, read_trend, slots_of
from services.portal.render import page_language, render
from services.storage.feedback import FeedbackFilter
from services.storage.leading import due_soon_query, missing_papers_query, road_query, spent_query
from services.storage.on_time import GroupBy, Verdict
from services.storage.worklist import OPEN
from services.wording import sentence

router = APIRouter(prefix="/lanh-dao")

OurResources = Annotated[Resources, Depends(resources_of)]
FORESEEN = 8
WORST = 10
STALLED_S = 300.0
WAYS = tuple(by for by in GroupBy if by not in {GroupBy.MONTH, GroupBy.DAY})


@router.get("")
async def lead(
    request: Request, resources: OurResources, period: Span = Span.MONTH, by: GroupBy = GroupBy.UNIT,
    step: Step = Step.DAY, whole: bool = False,
) -> HTMLResponse:  # fmt: skip
    """Every number opens its rows; `period` is that of groups, missing papers, times and satisfaction."""
    now = clock.now()
    begins = since(period, now)
    totals = {span: (await figures_of(resources, span, GroupBy.UNIT, None, None))["total"] for span in Span}
    groups = (await figures_of(resources, period, by, None, None))["groups"]
    async with resources.reading.connection() as connection:
        soon = await (await connection.execute(*due_soon_query(now, now + SOON, OPEN))).fetchall()
        missing = await (await connection.execute(*missing_papers_query(begins))).fetchall()
        spent = await (await connection.execute(*spent_query(begins, now, WAITS))).fetchall()
        flow = await (await connection.execute(*road_query(now))).fetchall()
    trend, worst = (await read_trend(resources, step, now))["groups"], _worst(groups, whole=whole)
    return render(
        request, "leader.html", totals=totals, soon=soon, missing=_by_procedure(missing), spent=spent,
        times=times_of(spent), at=now, flow=_stages(flow), stalled=_stalled(_stages(flow)),
        period=period, periods=list(Span), trend=trend, line=trend_of(_told(trend), slots_of(step, now)), step=step,
        steps=list(Step), rate_told=rate_told, by=by, ways=WAYS, groups=worst, bars=bars_of(worst),
        verdicts=list(Verdict), groups_in_all=len(groups),
        names=await run_in_threadpool(names_of_groups, request, resources, by, _called(groups)),
        first_day=clock.in_vietnam(begins).date(), machine=await read_machine(resources),
        forecast=await run_in_threadpool(read_forecast, resources, None, SOON.days, 0.0, FORESEEN),
        satisfaction=(await read_satisfaction(resources, FeedbackFilter(since=begins)))["total"],
        practice=(await run_in_threadpool(read_practice, resources))["total"],
    )  # fmt: skip


@router.get("/tai-ve.{kind}")
async def export(
    request: Request, resources: OurResources, kind: Export, step: Step = Step.MONTH, by: GroupBy | None = None,
    period: Span = Span.MONTH,
) -> Response:  # fmt: skip
    """The trend as a file, or with `by` the groups of a period."""
    language = page_language(request)
    if by is None:
        figures, names = await read_trend(resources, step, clock.now()), {}
        title = sentence("portal.trend_heading").say(language)
    else:
        figures = await figures_of(resources, period, by, None, None)
        names = await run_in_threadpool(names_of_groups, request, resources, by, _called(figures["groups"]))
        title = " – ".join(sentence(f"portal.{id_}").say(language) for id_ in ("board_heading", f"period_{period}"))
    table = table_of(figures, by or GroupBy(step), language, lambda group: names.get(group, group))
    name = f"xu-huong-{figures['at'][:10]}" if by is None else f"dung-han-{figures['at'][:10]}"
    return file_answer(table, kind, name, Paper(title, language), RATES)


def _stalled(stages: Sequence[dict[str, Any]]) -> int:
    """Runs that wait, where the oldest has waited long and nobody works at any."""
    idle = not any(one["working"] for one in stages) and any(one["oldest_s"] > STALLED_S for one in stages)
    return sum(one["waiting"] for one in stages) if idle else 0


def _by_procedure(rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The papers of each procedure; the procedure that misses most comes first."""
    found: dict[str | None, dict[str, Any]] = {}
    for procedure, name, paper, count in rows:
        one = found.setdefault(procedure, {"procedure": procedure, "name": name, "papers": [], "count": 0})
        one["papers"].append((paper, count))
        one["count"] += count
    return sorted(found.values(), key=lambda one: -one["count"])


def _worst(groups: Sequence[dict[str, Any]], *, whole: bool) -> list[dict[str, Any]]:
    """Those with most that is late, ended or not, then the largest; the first of them, or all."""
    found = sorted(groups, key=lambda one: (-one["late"] - one["in_progress_overdue"], -one["received"]))
    return found if whole else found[:WORST]


def _told(groups: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"on_time_rate": rate_told(one)} for one in groups]


def _called(groups: Sequence[dict[str, Any]]) -> list[str]:
    return [one["group"] for one in groups]


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
