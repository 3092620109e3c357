"""Dates as people write them: 02/9/2026 in Vietnamese, 2 Sep 2026 in English, where 02/9 is February to many."""

from datetime import date, datetime

from services.wording.languages import Language

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_date(value: date, language: Language = Language.VI) -> str:
    """A day: of a moment, the day in the zone that it carries."""
    if language is Language.EN:
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{value.day:02d}/{value.month}/{value.year}"


def write_moment(value: datetime, language: Language = Language.VI) -> str:
    """A moment in the zone that it carries: 14:05, 02/9/2026."""
    return f"{value:%H:%M}, {write_date(value, language)}"
