"""`GET /v1/index-766`: the points of Decision 766/QĐ-TTg by unit and officer, each with the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from services import clock
from services.api.answers import json_answer
from services.api.cursor import Cursor, decode_cursor
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.dossier_view import moment
from services.api.index766_models import Index766Out, IndexRowsOut
from services.api.index766_paper import paper_table
from services.api.models import Problem422
from services.api.problems import Problem, both, language_of
from services.api.spreadsheet import Export, Paper, file_answer
from services.catalogue.procedure import Procedure
from services.deadline.index766.facts import Period
from services.deadline.index766.indicators import SETS, Indicator, IndicatorSet, find_set, set_in_force
from services.deadline.index766.score import Result, Score, Side, export_rows, rows_behind, score_period
from services.dossier.errors import Refused
from services.storage.index766 import (
    NOT_HELD,
    Chosen,
    kinds_query,
    period_of,
    procedure_facts,
    read_kinds,
    rows_query,
)
from services.storage.procedures import cached_procedures
from services.storage.units import list_units
from services.wording import sentence
from services.wording.dates import write_date

router = APIRouter(tags=["figures"])

PROBLEMS: dict[int | str, dict[str, Any]] = {422: {"model": Problem422}}
PLACES = 4
RATES = frozenset({8})


class IndexBy(StrEnum):
    """What the index may be split by."""

    UNIT = "unit"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Asked:
    """What every endpoint of the index takes from the address."""

    unit: str | None = None
    officer: Annotated[str | None, Query(description="account of the officer who works on the dossier")] = None
    first_day: Annotated[Day | None, Query(alias="from", description="first day; of this month when not given")] = None
    last_day: Annotated[Day | None, Query(alias="to", description="last day; today when not given")] = None
    set_id: Annotated[str | None, Query(alias="set", description="version of the index; the one in force")] = None
    exclude: Annotated[list[str], Query(max_length=50, description="indicators that do not apply")] = ()  # type: ignore[assignment]

    def chosen(self) -> Chosen:
        """The dossiers that are counted.

        Raises:
            Refused: the last day is before the first.
        """
        now = clock.now()
        today = clock.in_vietnam(now).date()
        last = self.last_day or today
        first = self.first_day or min(today, last).replace(day=1)
        if last < first:
            raise Refused(sentence("index766.no_period"))
        return Chosen(first, last, now, None if self.unit is None else (self.unit,), self.officer)

    def indicators(self) -> IndicatorSet:
        """The version of the index that is asked for, or in force on the last day.

        Raises:
            Refused: there is none.
        """
        try:
            return find_set(self.set_id) if self.set_id else set_in_force(self.chosen().last_day)
        except LookupError:
            names = ", ".join(one.id for one in SETS)
            raise Refused(sentence("index766.no_set", names=names)) from None


OurResources = Annotated[Resources, Depends(resources_of)]
OurQuestion = Annotated[Asked, Depends()]


@router.get("/v1/index-766", responses={200: {"model": Index766Out}, **PROBLEMS}, summary="Index 766 of a period")
async def read_index(
    resources: OurResources, asked: OurQuestion, by: Annotated[IndexBy | None, Query(description="split it")] = None
) -> Response:
    """Dossiers received by the last day and not finished before the first; the formulas are those of the version.

    What this system does not know is in neither number, and counted in `unknown`; `reachable` says how many of the 100
    points could be computed.
    """
    return json_answer(await tell_index(resources, asked, by))


@router.get("/v1/index-766/export.{kind}", response_class=Response, responses=PROBLEMS, summary="Index 766 as a file")
async def export_index(
    request: Request, resources: OurResources, asked: OurQuestion, kind: Export, by: IndexBy | None = IndexBy.UNIT
) -> Response:
    """One row a group and indicator, the whole last: formula, numerator, denominator, points; a PDF is for people."""
    found = await _score(resources, asked, by)
    chosen, language = asked.chosen(), language_of(request)
    days = {"first": write_date(chosen.first_day, language), "last": write_date(chosen.last_day, language)}
    paper = Paper(sentence("index766.paper", **days).say(language), language)
    name = f"chi-so-766-{chosen.last_day}"
    if kind is Export.PDF:
        names = await run_in_threadpool(_unit_names, resources) if by is IndexBy.UNIT else {}
        return file_answer(paper_table(found, language, lambda group: names.get(group, group)), kind, name, paper)
    rows = [row for group, result in found for row in export_rows(group, result)]
    table = [list(rows[0]), *(list(row.values()) for row in rows)] if rows else [[]]
    return file_answer(table, kind, name, paper)  # type: ignore[arg-type] # cells of a flat row


@router.get(
    "/v1/index-766/rows", responses={200: {"model": IndexRowsOut}, **PROBLEMS}, summary="Rows behind an index figure"
)
async def read_rows(
    resources: OurResources, asked: OurQuestion, indicator: str, side: Side = Side.NUMERATOR,
    cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=5000)] = 50,
) -> Response:  # fmt: skip
    """The dossiers or procedures that were counted, or left out; `total` is the figure itself."""
    one = _indicator(asked.indicators(), indicator)
    period = await _period(resources, asked)
    behind = rows_behind(one, period, side)
    total = sum(row.count for row in behind)
    if one.rows(Period(period.dossiers)):
        items, following = await _dossier_rows(resources, asked, sorted({row.id for row in behind}), cursor, limit)
        return json_answer({"total": total, "items": items, "next": following})
    codes = sorted(row.id for row in behind)
    items = [{"code": code, "url": f"/v1/procedures/{code}"} for code in codes[:limit]]
    return json_answer({"total": total, "items": items, "next": None})


@router.get("/v1/index-766/sets", summary="Versions of index 766")
def list_sets() -> dict[str, Any]:
    """Every version with its days, its indicators, their most points and targets; `assumed`: not publicly confirmed."""
    return {
        "items": [
            {
                "id": one.id, "decision": one.decision, "from": one.effective_from, "to": one.effective_to,
                "indicators": [_tell_indicator(indicator) for indicator in one.indicators],
            }
            for one in SETS
        ]
    }  # fmt: skip


async def tell_index(resources: Resources, asked: Asked, by: IndexBy | None) -> dict[str, Any]:
    """The index as JSON: the whole, and its groups.

    Raises:
        Refused: there is no such period, version or indicator.
    """
    chosen, indicators = asked.chosen(), asked.indicators()
    *groups, (_, whole) = await _score(resources, asked, by)
    kept = {"unit": asked.unit, "officer": asked.officer, "from": chosen.first_day, "to": chosen.last_day,
            "set": indicators.id}  # fmt: skip
    return {
        "set": {"id": indicators.id, "decision": indicators.decision},
        "from": chosen.first_day,
        "to": chosen.last_day,
        "at": moment(chosen.now),
        "total": _tell("", whole, kept),
        "groups": [_tell(name, result, kept | {str(by): name}) for name, result in groups],
    }


async def _score(resources: Resources, asked: Asked, by: IndexBy | None) -> list[tuple[str, Result]]:
    """Each group with its result, the whole last under the name of what was asked for."""
    indicators, excluded = asked.indicators(), frozenset(asked.exclude)
    for name in excluded:
        _indicator(indicators, name)
    period = await _period(resources, asked)
    groups: list[tuple[str, Period]] = []
    if by is IndexBy.OFFICER:
        groups = [(name, period.of_officer(name)) for name in sorted({row.officer for row in period.dossiers})]
    elif by is IndexBy.UNIT:
        catalogue, kinds = await run_in_threadpool(_offered, resources, asked.chosen().last_day)
        for unit in period.units():
            offered = procedure_facts(catalogue, unit, kinds.get(unit, "province")) if unit else ()
            groups.append((unit, period_of(period.of_unit(unit).dossiers, offered)))
    named = [*groups, (asked.officer or asked.unit or "", period)]
    return [
        (name, score_period(part, indicators, excluded, NOT_HELD)) for name, part in named if name or part is period
    ]


async def _period(resources: Resources, asked: Asked) -> Period:
    chosen = asked.chosen()
    async with resources.reading.connection() as connection:
        found = await (await connection.execute(*kinds_query(chosen))).fetchall()
    if asked.officer is not None:
        # what is published belongs to units
        return period_of(read_kinds(found), ())
    catalogue, kinds = await run_in_threadpool(_offered, resources, chosen.last_day)
    kind = None if asked.unit is None else kinds.get(asked.unit, "province")
    return period_of(read_kinds(found), procedure_facts(catalogue, asked.unit or "", kind))


def _offered(resources: Resources, day: date) -> tuple[tuple[Procedure, ...], dict[str, str]]:
    with resources.writing.connection() as connection:
        today = clock.in_vietnam(clock.now()).date()
        return cached_procedures(connection, min(day, today)), {one.id: one.kind for one in list_units(connection)}


def _unit_names(resources: Resources) -> dict[str, str]:
    with resources.writing.connection() as connection:
        return {one.id: one.name for one in list_units(connection)}


async def _dossier_rows(
    resources: Resources, asked: Asked, facts: Sequence[str], cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    try:
        seen = None if cursor is None else decode_cursor(cursor)
    except ValueError as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.bad_cursor")) from error
    after = None if seen is None else (seen.submitted_at, seen.id)
    async with resources.reading.connection() as connection:
        query = rows_query(asked.chosen(), facts, after, limit + 1)
        rows = await (await connection.execute(*query)).fetchall()
    items = [
        {"code": code, "url": f"/v1/dossiers/{code}", "unit": unit, "officer": officer, "procedure": procedure,
         "submitted_at": moment(submitted)}
        for _, code, unit, officer, procedure, submitted, _ in rows[:limit]
    ]  # fmt: skip
    last = rows[limit - 1] if len(rows) > limit else None
    return items, Cursor(last[5], last[0], 0).encode() if last else None


def _indicator(indicators: IndicatorSet, name: str) -> Indicator:
    for one in indicators.indicators:
        if one.id == name:
            return one
    raise Refused(sentence("index766.no_indicator", name=name))


def _tell(group: str, result: Result, kept: dict[str, Any]) -> dict[str, Any]:
    return {
        "group": group,
        "points": result.points,
        "reachable": result.reachable,
        "by_group": {str(group): points for group, points in result.by_group().items()},
        "indicators": [_tell_score(score, kept) for score in result.scores],
    }


def _tell_score(score: Score, kept: dict[str, Any]) -> dict[str, Any]:
    address = urlencode({name: str(value) for name, value in kept.items() if value is not None})
    listed = f"/v1/index-766/rows?{address}&indicator={score.indicator.id}&side="
    return _tell_indicator(score.indicator) | {
        "formula": both(score.formula),
        "numerator": score.numerator,
        "denominator": score.denominator,
        "unknown": score.unknown,
        "share": None if score.share is None else round(score.share, PLACES),
        "points": score.points,
        "lists": {str(side): listed + side for side in Side},
    }


def _tell_indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "indicator": indicator.id,
        "group": indicator.group,
        "name": both(sentence(f"index766.{indicator.id}")),
        "most": indicator.most,
        "target": indicator.target,
        "assumed": indicator.assumed,
        "held": indicator.id not in NOT_HELD,
    }
