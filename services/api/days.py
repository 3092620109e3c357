"""Days and moments as whoever asks may write them: ISO 8601 alone; a bare number would pass for a moment of 1970."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_YEAR, LAST_YEAR = 1976, 2200
"""Before, clocks in Viet Nam did not all show UTC+7."""


def _written_day(value: Any) -> Any:  # noqa: ANN401 - whatever was sent
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day is written YYYY-MM-DD")


def _written_moment(value: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(value, datetime) or (isinstance(value, str) and _DAY.match(value)):
        return value
    raise ValueError("a moment is written YYYY-MM-DDTHH:MM:SS+07:00")


def _in_reach(value: datetime) -> datetime:
    if FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    raise ValueError(f"a moment lies in the years {FIRST_YEAR} to {LAST_YEAR}")


Day = Annotated[date, BeforeValidator(_written_day)]
Moment = Annotated[datetime, BeforeValidator(_written_moment), AfterValidator(_in_reach)]
