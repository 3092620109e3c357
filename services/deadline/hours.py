"""Which hours of which day of the week an office is open, and the edits that break the rule on single days."""

from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

HALVES_A_DAY = 2


@dataclass(frozen=True, slots=True)
class DayHours:
    """The opening hours of one day, in Viet Nam time; no sessions: closed.

    `half` marks a day that counts as half a working day (a Saturday morning), whatever its number of hours.

    Raises:
        ValueError: a session ends before it begins, or sessions overlap or stand out of order.
    """

    sessions: tuple[tuple[time, time], ...] = ()
    half: bool = False

    def __post_init__(self) -> None:
        marks = [mark for session in self.sessions for mark in session]
        if any(later < earlier for earlier, later in pairwise(marks)) or any(
            end <= start for start, end in self.sessions
        ):
            raise ValueError(f"sessions must follow one another: {self.sessions}")

    @property
    def halves(self) -> int:
        """What the day counts for, in half working days: 0, 1 or 2."""
        if not self.sessions:
            return 0
        return 1 if self.half else HALVES_A_DAY


CLOSED = DayHours()
MORNING = DayHours(((time(7, 30), time(11, 30)),), half=True)
AFTERNOON = DayHours(((time(13, 30), time(17)),), half=True)
FULL_DAY = DayHours(MORNING.sessions + AFTERNOON.sessions)

STANDARD_WEEK: tuple[DayHours, ...] = (FULL_DAY,) * 5 + (CLOSED,) * 2
"""Monday to Sunday, 07:30–11:30 and 13:30–17:00; a unit may have its own (police desks open on Saturday mornings)."""


@dataclass(frozen=True, slots=True)
class DayEdit:
    """One day that differs from its week: a holiday, a swapped day, a local closure; the name says why, to people."""

    day: date
    hours: DayHours
    name_vi: str
    name_en: str
