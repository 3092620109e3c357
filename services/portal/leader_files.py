"""The parts of the leaders' page as files, with the numbers that the page shows."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from services import clock
from services.api.forecast import read_forecast
from services.api.spreadsheet import Export, Paper, Table, file_answer
from services.portal.leader_period import SOON, WAITS, OurResources, Span, since
from services.portal.render import page_language
from services.portal.unit_names import names_of
from services.storage import leading
from services.storage.worklist import OPEN
from services.wording import Language, sentence
from services.wording.dates import write_moment

router = APIRouter(prefix="/lanh-dao")

FORESEEN = 1000
DAY_PLACES = 1


class LeaderPart(StrEnum):
    """Which part."""

    FORECAST = "forecast"
    SOON = "soon"
    SPENT = "spent"
    MISSING = "missing"


HEADINGS = {
    LeaderPart.FORECAST: "forecast_heading", LeaderPart.SOON: "leader_soon", LeaderPart.SPENT: "spent_heading",
    LeaderPart.MISSING: "leader_missing",
}  # fmt: skip
HEADS = {
    LeaderPart.FORECAST: ("dossier_code", "by_unit", "due_at", "forecast_chance", "forecast_why"),
    LeaderPart.SOON: ("by_unit", "leader_overdue", "leader_due"),
    LeaderPart.SPENT: ("by_unit", "spent_ended", "spent_office", "spent_citizen"),
    LeaderPart.MISSING: ("procedure_word", "leader_paper", "leader_dossiers"),
}
OF_PERIOD = (LeaderPart.SPENT, LeaderPart.MISSING)
SHARES = {LeaderPart.FORECAST: frozenset({3})}


@router.get("/tai-ve/{part}.{kind}")
async def export_part(
    request: Request, resources: OurResources, part: LeaderPart, kind: Export, period: Span = Span.MONTH
) -> Response:
    """What may be late, what is due, whose the days were, what is missing: the part's table, then its moment."""
    now, language = clock.now(), page_language(request)
    names = names_of(request).names

    def unit(id_: str) -> str:
        return names.get(id_, id_) or sentence("portal.group_none").say(language)

    rows = await _rows(resources, part, since(period, now), now, (language, unit))
    told = [HEADINGS[part], *([f"period_{period}"] if part in OF_PERIOD else [])]
    title = " – ".join(sentence(f"portal.{id_}").say(language) for id_ in told)
    head = [sentence(f"portal.{id_}").say(language) for id_ in HEADS[part]]
    at = sentence("portal.board_at", moment=write_moment(clock.in_vietnam(now), language)).say(language)
    name = f"{part}-{clock.in_vietnam(now):%Y-%m-%d}"
    return file_answer([head, *rows, [at]], kind, name, Paper(title, language, total=False), SHARES.get(part, ()))


async def _rows(
    resources: OurResources, part: LeaderPart, begins: datetime, now: datetime,
    told: tuple[Language, Callable[[str], str]],
) -> Table:  # fmt: skip
    language, unit = told
    if part is LeaderPart.FORECAST:
        found = await run_in_threadpool(read_forecast, resources, None, SOON.days, 0.0, FORESEEN)
        return [
            [one["code"], unit(one["unit"]), _moment(one["due_at"], language), one["probability"], one["why"][language]]
            for one in found["items"]
        ]
    query = {
        LeaderPart.SOON: leading.due_soon_query(now, now + SOON, OPEN),
        LeaderPart.SPENT: leading.spent_query(begins, now, WAITS),
        LeaderPart.MISSING: leading.missing_papers_query(begins),
    }[part]
    async with resources.reading.connection() as connection:
        rows = await (await connection.execute(*query)).fetchall()
    if part is LeaderPart.MISSING:
        unknown = sentence("portal.procedure_unknown").say(language)
        return [[name or unknown, paper, count] for _, name, paper, count in rows]
    return [[unit(row[0]), *(_rounded(cell) for cell in row[1:])] for row in rows]


def _moment(value: str, language: Language) -> str:
    return write_moment(clock.in_vietnam(datetime.fromisoformat(value)), language)


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, DAY_PLACES)
