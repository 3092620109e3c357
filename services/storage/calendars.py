"""The working calendar of a unit: the standard week and the national days; a unit's own edits are not kept yet."""

from functools import cache

from services.deadline.calendar import WorkingCalendar, build_calendar
from services.storage.database import Connection


def calendar_of(connection: Connection, unit: str) -> WorkingCalendar:  # noqa: ARG001 - edits of a unit will rest in rows
    """The calendar of a unit."""
    return _standard()


@cache
def _standard() -> WorkingCalendar:
    return build_calendar()
