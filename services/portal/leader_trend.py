"""The trend of the leaders' page: on-time rates by day or month of reception, as a line and as a file."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson

from services import clock
from services.api.database import Resources
from services.api.figures import read_on_time
from services.storage.on_time import GroupBy

MONTHS, DAYS = 12, 30


class Step(StrEnum):
    """What one point of the trend stands for."""

    DAY = "day"
    MONTH = "month"


def slots_of(step: Step, now: datetime) -> Sequence[str]:
    """Every day or month of the trend in order, the one of `now` last: those without a dossier too."""
    today = clock.in_vietnam(now).date()
    if step is Step.DAY:
        return [str(today - timedelta(days=back)) for back in reversed(range(DAYS))]
    numbers = (today.year * 12 + today.month - 1 - back for back in reversed(range(MONTHS)))
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in numbers]


async def read_trend(resources: Resources, step: Step, now: datetime) -> dict[str, Any]:
    """The figures of `GET /v1/on-time` by day or month."""
    first = slots_of(step, now)[0]
    begins = date.fromisoformat(first if step is Step.DAY else f"{first}-01")
    by = GroupBy.DAY if step is Step.DAY else GroupBy.MONTH
    answer = await read_on_time(
        resources, unit=None, procedure=None, field=None, first_day=begins, last_day=None, by=by, at=now
    )
    found: dict[str, Any] = orjson.loads(answer.body)
    return found
