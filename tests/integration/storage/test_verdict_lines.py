"""One line parts in time from late everywhere: the pure verdict, the figures, the list, the dossier itself."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from psycopg.errors import CheckViolation
from psycopg.types.json import Jsonb

from services.api.dossier_view import verdict_of
from services.deadline.calendar import build_calendar
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.verdict import Verdict, draw_lines, judge
from services.storage.database import Connection
from services.storage.on_time import OnTimeFilter, on_time_query
from services.storage.on_time import Verdict as Counted
from services.storage.status import ListFilter, count_query, list_query

DUE = datetime(2026, 9, 10, 10, tzinfo=UTC)  # 17:00 in Viet Nam
MOMENT = timedelta(microseconds=1)
IN_PROGRESS = {
    Verdict.IN_TIME: "in_progress_in_time",
    Verdict.NEAR_DUE: "in_progress_in_time",
    Verdict.OVERDUE: "in_progress_overdue",
}
LEADS = [LeadTime(3, LeadUnit.WORKING_DAYS), LeadTime(8, LeadUnit.WORKING_HOURS), LeadTime(0, LeadUnit.SAME_DAY)]


def add(connection: Connection, lead: LeadTime, result_at: datetime | None) -> None:
    """A dossier with that due date."""
    connection.execute(
        """INSERT INTO dossier (code, unit, channel, lane, status, submitted_at, received_at, due_at, due, result_at,
                                receipt_key)
           VALUES ('T-1', 'a', 1, 'normal', %s, %s, %s, %s, %s, %s, 'k')""",
        (9 if result_at else 2, DUE - timedelta(days=9), DUE - timedelta(days=9), DUE, Jsonb({"unit": lead.unit}),
         result_at),
    )  # fmt: skip


def test_the_moment_before_at_and_after_the_line(connection: Connection) -> None:
    """What is late by one moment is late in all four, finished or in progress, whatever the law counts in."""
    for lead, shift, ended in product(LEADS, (-MOMENT, timedelta(), MOMENT), (False, True)):
        lines = draw_lines(DUE, lead, build_calendar())
        for line in (lines.early_until, lines.late_from):
            moment = line + shift
            pure = judge(lines, moment, ended_at=moment if ended else None)
            expected = Counted(IN_PROGRESS.get(pure, str(pure)))
            connection.execute("TRUNCATE dossier, on_time_delta, on_time_desk_delta CASCADE")
            add(connection, lead, moment if ended else None)
            assert figures(connection, moment) == {expected: 1}, (lead, shift, ended)
            assert connection.execute(*count_query(ListFilter(verdict=expected), moment)).fetchone() == (1,)
            row: Any = connection.execute(*list_query(ListFilter(), 1, moment)).fetchone()
            assert verdict_of(row[-2], row[-1], moment) == expected


def figures(connection: Connection, now: datetime) -> dict[str, int]:
    """How many have which verdict."""
    return {row[1]: row[2] for row in connection.execute(*on_time_query(OnTimeFilter(), None, now)).fetchall()}


def test_what_ended_cannot_stay_in_progress(connection: Connection) -> None:
    """Not received, withdrawn, stopped: without the moment it ended a received dossier would be open for ever."""
    add(connection, LEADS[0], None)
    for status in (3, 7, 8):
        with pytest.raises(CheckViolation):
            connection.execute("UPDATE dossier SET status = %s", (status,))
    connection.execute("UPDATE dossier SET status = 8, result_at = %s", (DUE,))
    assert figures(connection, DUE + timedelta(days=99)) == {"on_time": 1}
