"""How long a procedure may take."""

from dataclasses import dataclass
from enum import StrEnum


class LeadUnit(StrEnum):
    """What a lead time counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WORKING_HOURS = "working_hours"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class LeadTime:
    """An amount of a unit; `amount` is 0 for the same-day rule (due that day, or the next working day after 15:00)."""

    amount: int
    unit: LeadUnit
