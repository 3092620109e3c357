"""The days off and the make-up days of the whole country.

Holidays: Labour Code 45/2019 art. 112, the Culture Day of 24/11 from 2026 (NQ 28/2026/QH16), and the yearly swaps, from
the `holidays` package; what it lacks stands in `vietnam.toml` beside this file.
"""

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import holidays

from services.deadline.hours import CLOSED, FULL_DAY, DayEdit

_SWAPPED = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")


@cache
def find_national_days(first_year: int, last_year: int) -> tuple[DayEdit, ...]:
    """Every day between two years that the country works or rests against the week, in order."""
    years = range(first_year, last_year + 1)
    found = {edit.day: edit for edit in _packaged_days(years)}
    found.update({edit.day: edit for edit in _table_days() if edit.day.year in years})
    return tuple(found[day] for day in sorted(found))


def last_official_year() -> int:
    """The last year whose calendar the Government has announced."""
    return int(_table()["official_through"])


def _packaged_days(years: range) -> list[DayEdit]:
    vietnamese = holidays.country_holidays("VN", years=years, language="vi")
    english = holidays.country_holidays("VN", years=years, language="en_US")
    edits: list[DayEdit] = []
    for day, name in vietnamese.items():
        if swapped := _SWAPPED.search(name):
            worked = date(int(swapped[3]), int(swapped[2]), int(swapped[1]))
            edits += [_off_for(day, worked), _worked_for(worked, day)]
        else:
            edits.append(DayEdit(day, CLOSED, name, english[day]))
    return edits


def _table_days() -> list[DayEdit]:
    make = {True: _worked_for, False: _off_for}
    return [make[row["worked"]](row["day"], row["swapped_with"]) for row in _table()["day"]]


def _off_for(day: date, worked: date) -> DayEdit:
    return DayEdit(day, CLOSED, f"nghỉ hoán đổi với {worked:%d/%m/%Y}", f"off, swapped with {worked:%d/%m/%Y}")


def _worked_for(day: date, off: date) -> DayEdit:
    return DayEdit(day, FULL_DAY, f"làm bù cho {off:%d/%m/%Y}", f"worked instead of {off:%d/%m/%Y}")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("services.deadline").joinpath("vietnam.toml").read_text("utf-8"))
