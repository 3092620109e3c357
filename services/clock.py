"""The only place that asks what time it is.

Moments are aware: UTC at rest, Viet Nam time at the edge (UTC+7, no daylight saving).
"""

from datetime import UTC, datetime
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
