"""Dates as people write them: 02/9/2026 in Vietnamese, 2 Sep 2026 in English, where 02/9 is February to many."""

from datetime import date, datetime

from services.wording.languages import Language

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_date(value: date, language: Language = Language.VI) -> str:
    """A day: of a moment, the day in the zone that it carries."""
    if language is Language.EN:
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{value.day:02d}/{value.month}/{value.year}"


def write_slot(slot: str, language: Language = Language.VI, *, brief: bool = False) -> str:
    """A day (2026-11-25) or a month (2026-11) of a chart: 25/11/2026, 11/2026; `brief` on an axis: 25/11, 11/26."""
    year, month, *day = slot.split("-")
    if day and not brief:
        return write_date(date.fromisoformat(slot), language)
    if language is Language.EN:
        named = MONTHS[int(month) - 1]
        return f"{int(day[0])} {named}" if day else f"{named} {year[2:] if brief else year}"
    return f"{day[0]}/{month}" if day else f"{month}/{year[2:] if brief else year}"


def write_moment(value: datetime, language: Language = Language.VI) -> str:
    """A moment in the zone that it carries: 14:05, 02/9/2026."""
    return f"{value:%H:%M}, {write_date(value, language)}"
