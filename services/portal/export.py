"""The board's table as a file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services import clock
from services.api.spreadsheet import Table
from services.storage.on_time import GroupBy, Verdict
from services.wording import Language, sentence
from services.wording.dates import write_moment

RATES = frozenset({1})
"""Columns of `table_of` that are shares."""


def rate_told(figures: Mapping[str, Any]) -> float | None:
    """The share on time as people are told it; None while none is finished or overdue, so that nobody earned it yet.

    The formula counts what is in progress in time as good: a share of 100 % made of that alone says nothing.
    """
    judged = (Verdict.EARLY, Verdict.ON_TIME, Verdict.LATE, Verdict.IN_PROGRESS_OVERDUE)
    rate: float | None = figures["on_time_rate"]
    return rate if any(figures[verdict] for verdict in judged) else None


def table_of(figures: Mapping[str, Any], by: GroupBy, language: Language, name: Callable[[str], str] = str) -> Table:
    """The figures (`GET /v1/on-time`) as a table: a row a group, the total last, then moment and formula.

    `name` says how people call a group.
    """

    def say(id_: str, **params: str) -> str:
        return sentence(f"portal.{id_}", **params).say(language)

    head = [say(f"by_{by}"), say("on_time_rate"), say("received"), *(say(f"verdict_{verdict}") for verdict in Verdict)]
    at = clock.in_vietnam(datetime.fromisoformat(figures["at"]))
    return [
        head,
        *(_row(group, name(group["group"]) or say("group_none")) for group in figures["groups"]),
        _row(figures["total"], say("total")),
        [say("board_at", moment=write_moment(at, language))],
        [say("rate_formula")],
    ]


def _row(figures: Mapping[str, Any], name: str) -> list[str | int | float | None]:
    return [name, rate_told(figures), figures["received"], *(figures[verdict] for verdict in Verdict)]
