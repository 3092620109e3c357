"""`GET /v1/on-time`: the figures, exact at the moment asked for, each with the list behind it."""

from collections import defaultdict
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from services import clock
from services.access.roles import Permit, Principal
from services.api.answers import json_answer
from services.api.database import Resources, resources_of
from services.api.days import Day, Moment
from services.api.models import OnTimeOut, Problem422
from services.api.problems import Problem
from services.dossier.status import Channel
from services.storage.on_time import GroupBy, OnTimeFilter, Verdict, on_time_query
from services.wording import sentence

router = APIRouter(tags=["figures"])

PROBLEMS: dict[int | str, dict[str, Any]] = {
    200: {"model": OnTimeOut}, 401: {"model": Problem422}, 403: {"model": Problem422}, 422: {"model": Problem422},
}  # fmt: skip

PLACES = 4
VERDICTS = tuple(str(verdict) for verdict in Verdict)


@router.get("/v1/on-time", responses=PROBLEMS, summary="On-time figures")
async def read_on_time(
    resources: Annotated[Resources, Depends(resources_of)],
    unit: str | None = None,
    procedure: str | None = None,
    field: str | None = None,
    officer: Annotated[str | None, Query(description="account of the officer who works on the dossiers")] = None,
    channel: Channel | None = None,
    first_day: Annotated[Day | None, Query(alias="from", description="first day of reception")] = None,
    last_day: Annotated[Day | None, Query(alias="to", description="last day of reception")] = None,
    by: Annotated[GroupBy | None, Query(description="split the figures")] = None,
    at: Annotated[Moment | None, Query(description="moment the figures are for; now when not given")] = None,
) -> Response:
    """Received, early, on time, late, in progress in time, in progress overdue, paused; they add up.

    What concerns single officers is for those who lead them, and for each of them who asks of himself.
    """
    _check_officer(resources.principal, officer, by)
    now = clock.now() if at is None else at if at.tzinfo else at.replace(tzinfo=clock.VIETNAM)
    chosen = OnTimeFilter(
        unit, procedure, field, first_day, last_day, scoped=resources.scoped, officer=officer, channel=channel
    )  # fmt: skip
    async with resources.reading.connection() as connection:
        rows = await (await connection.execute(*on_time_query(chosen, by, now))).fetchall()
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for group, verdict, count in rows:
        groups[group][verdict] = count
    filters = {"unit": unit, "procedure": procedure, "field": field, "officer": officer,
               "channel": None if channel is None else int(channel), "from": first_day, "to": last_day}  # fmt: skip
    total = {str(v): sum(counts.get(v, 0) for counts in groups.values()) for v in Verdict}
    body = {
        "at": clock.in_vietnam(now).isoformat(),
        "total": _figures("", total, filters),
        "groups": [_figures(g, counts, filters | _group_filter(by, g)) for g, counts in sorted(groups.items())]
        if by
        else [],
    }
    return json_answer(body)


def _check_officer(principal: Principal, officer: str | None, by: GroupBy | None) -> None:
    if officer is None and by is not GroupBy.OFFICER:
        return
    if principal.may(Permit.LEAD) or (officer and officer == principal.name):
        return
    if principal.way == "nobody":
        raise Problem(HTTPStatus.UNAUTHORIZED, sentence("access.sign_in"))
    raise Problem(HTTPStatus.FORBIDDEN, sentence("access.not_yours"))


def _figures(group: str, counts: dict[str, int], filters: dict[str, Any]) -> dict[str, Any]:
    figures: dict[str, Any] = {verdict: counts.get(verdict, 0) for verdict in VERDICTS}
    received = sum(figures.values())
    judged = received - figures[Verdict.PAUSED] - figures[Verdict.UNDATED]
    good = figures[Verdict.EARLY] + figures[Verdict.ON_TIME] + figures[Verdict.IN_PROGRESS_IN_TIME]
    kept = {name: str(value) for name, value in filters.items() if value is not None}
    # eight links a group, hundreds of groups: what they have in common is encoded once
    listed = f"/v1/dossiers?{urlencode(kept)}{'&' if kept else ''}"
    return {
        "group": group,
        "received": received,
        **figures,
        "on_time_rate": round(good / judged, PLACES) if judged else None,
        "lists": {
            "received": f"{listed}received=true",
            **{verdict: f"{listed}verdict={verdict}" for verdict in VERDICTS},
        },
    }


def _group_filter(by: GroupBy | None, group: str) -> dict[str, Any]:
    if by is GroupBy.DAY:
        return {"from": group, "to": group}
    if by is GroupBy.MONTH:
        first = date.fromisoformat(f"{group}-01")
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return {"from": first, "to": date.fromordinal(following.toordinal() - 1)}
    return {str(by): group}
