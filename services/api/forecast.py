"""`GET /v1/forecast`: which open dossiers will probably be late, how sure that is, and why."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Both, Problem422
from services.api.problems import both
from services.deadline.forecast import LIKELY, Circle, Model
from services.storage.database import Connection
from services.storage.forecasts import Foreseen, foresee_open, learn_from_finished
from services.wording import Sentence, sentence

router = APIRouter(tags=["figures"])

KEPT_FOR = timedelta(minutes=10)
FEW = 200
"""So few finished dossiers are read anew each time."""
# by database and scope: a process that looks at two databases must not mix what they teach
_learned: dict[tuple[str, str], tuple[datetime, Model]] = {}


class ForeseenOut(BaseModel):
    """An open dossier and how likely it is to end late."""

    code: str = Field(examples=["H37.00-261125-0001"])
    unit: str = Field(examples=["06463"])
    officer: str = Field(examples=["lan.nt"])
    procedure: str = Field(examples=["1.012784"])
    step: str = Field(examples=["Địa chính"])
    due_at: datetime
    paused: bool
    probability: float = Field(examples=[0.72], description="of ending late, 0–1")
    circle: Circle = Field(description="whose times the reason names; wider ones are weighed in where they are few")
    why: Both


class UnitForecastOut(BaseModel):
    """What a unit should expect."""

    unit: str
    open: int = Field(description="dossiers looked at")
    expected_late: float = Field(examples=[2.4], description="sum of the probabilities")


class ForecastOut(BaseModel):
    """The dossiers due soon, the likeliest to be late first."""

    at: datetime
    learned_from: int = Field(examples=[4000], description="finished dossiers, the newest")
    looked_at: int = Field(examples=[120])
    more: bool = Field(description="whether more are due by then than were looked at")
    likely_late: int = Field(examples=[9], description="with a probability of a half or more")
    expected_late: float = Field(examples=[11.2])
    units: list[UnitForecastOut]
    items: list[ForeseenOut]


@router.get(
    "/v1/forecast", response_model=ForecastOut, responses={422: {"model": Problem422}},
    summary="Open dossiers that will probably be late",
)  # fmt: skip
def read_forecast(
    resources: Annotated[Resources, Depends(resources_of)],
    unit: str | None = None,
    days: Annotated[int, Query(ge=0, le=366, description="due within so many days, or overdue")] = 14,
    at_least: Annotated[float, Query(ge=0, le=1, description="least probability of an item")] = 0.0,
    limit: Annotated[int, Query(ge=0, le=1000)] = 50,
) -> dict[str, Any]:
    """Learned from the step times of dossiers that ended; how well it does: `motcua bench forecast`.

    It helps to choose what to look at first and decides nothing.
    """
    now = clock.now()
    with resources.writing.connection() as connection:
        model = model_of(connection, resources.writing.seen.scope, now)
        found, more = foresee_open(connection, model, now, now + timedelta(days=days), unit)
    units: dict[str, list[float]] = {}
    for one in found:
        units.setdefault(one.unit, []).append(one.forecast.probability)
    shown = [one for one in found if one.forecast.probability >= at_least]
    return {
        "at": moment(now),
        "learned_from": model.dossiers,
        "looked_at": len(found),
        "more": more,
        "likely_late": sum(one.forecast.probability >= LIKELY for one in found),
        "expected_late": round(sum(one.forecast.probability for one in found), 2),
        "units": [
            {"unit": name, "open": len(chances), "expected_late": round(sum(chances), 2)}
            for name, chances in sorted(units.items(), key=lambda pair: -sum(pair[1]))
        ],
        "items": [tell_foreseen(one, now) for one in shown[:limit]],
    }


def model_of(connection: Connection, scope: str, now: datetime) -> Model:
    """The model of what a scope may see, learned anew after some minutes."""
    of = (connection.info.dbname, scope)
    kept = _learned.get(of)
    if kept is not None and now - kept[0] < KEPT_FOR:
        return kept[1]
    for stale in [one for one, (at, _) in _learned.items() if now - at >= KEPT_FOR]:
        _learned.pop(stale, None)
    model = learn_from_finished(connection, now)
    # what a young province has learned is little, and soon more
    if model.dossiers >= FEW:
        _learned[of] = (now, model)
    return model


def tell_foreseen(one: Foreseen, now: datetime) -> dict[str, Any]:
    """One dossier as JSON, with its reason in both languages."""
    return {
        "code": one.code,
        "unit": one.unit,
        "officer": one.officer,
        "procedure": one.where.procedure,
        "step": one.where.step,
        "due_at": moment(one.due_at),
        "paused": one.paused,
        "probability": one.forecast.probability,
        "circle": one.forecast.circle,
        "why": both(_why(one, now)),
    }


def _why(one: Foreseen, now: datetime) -> Sentence:
    if one.late_after < now and not one.paused:
        return sentence("deadline.foreseen_overdue")
    if not one.forecast.like:
        return sentence("deadline.foreseen_unlike", hours=one.where.hours)
    return sentence(
        f"deadline.foreseen_{one.forecast.circle}", hours=one.where.hours, step=one.where.step or "–",
        like=one.forecast.like, late=one.forecast.late,
    )  # fmt: skip
