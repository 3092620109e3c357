"""The only place that asks what time it is.

Moments are aware: UTC at rest, Viet Nam time at the edge (UTC+7, no daylight saving).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> datetime:
    """The same moment as a clock on a wall in Viet Nam shows it.

    Raises:
        ValueError: the moment has no time zone, so nobody can say when it is.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be placed on a clock")
    return moment.astimezone(VIETNAM)


def moments_of(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """The midnights in Viet Nam that a span of days, both included, begins with and ends before."""
    since = None if first is None else datetime.combine(first, time(), VIETNAM)
    # no day follows the last one there is, so nothing lies beyond it
    until = None if last is None or last == date.max else datetime.combine(last + timedelta(days=1), time(), VIETNAM)
    return since, until
