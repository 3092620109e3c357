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
from services.dossier.commands import Action, Command
from services.storage.database import Connection
from services.storage.desk import act, look
from services.storage.on_time import OnTimeFilter, on_time_query
from services.storage.on_time import Verdict as Counted
from services.storage.procedures import store_procedures
from services.storage.status import ListFilter, count_query, list_query
from tests.integration.storage.test_calendars import AT, receive
from tests.integration.storage.test_desk import PROCEDURES
from tests.integration.storage.test_on_time_splits import UNITS, live

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


def test_a_late_step_stands_apart_from_a_late_dossier(connection: Connection) -> None:
    """By the moment the pure verdict turns: late step in time, late step late, neither while paused or done."""
    store_procedures(connection, list(PROCEDURES.values()))
    receive(connection, "S-1", "06463")
    acted = act(connection, "S-1", Command(Action.HAND_OVER, AT, "an", step="Thẩm định", step_days=2), version=2)
    assert acted is not None
    case = look(connection, "S-1")
    assert case is not None
    (step,) = case.judge_steps(AT)
    turn = draw_lines(step.due_at, LeadTime(2, LeadUnit.WORKING_DAYS), case.calendar).late_from
    for at, late in ((turn - MOMENT, False), (turn, True), (turn + timedelta(days=90), True)):
        assert case.judge_steps(at)[0].late is late
        assert count(connection, ListFilter(step_late=True), at) == late
    overdue = ListFilter(step_late=True, verdict=Counted.IN_PROGRESS_OVERDUE)
    assert (count(connection, overdue, turn), count(connection, overdue, turn + timedelta(days=90))) == (0, 1)
    reading = case.read_clock(AT)
    assert reading is not None
    lines = draw_lines(reading.due_at, LEADS[0], case.calendar)
    for at, near in ((lines.near_from - MOMENT, 0), (lines.near_from, 1), (lines.late_from, 0)):
        assert count(connection, ListFilter(near_due=True), at) == near
    act(connection, "S-1", Command(Action.PAUSE, AT, "an", reason="Niêm yết"), version=3)
    assert count(connection, ListFilter(step_late=True), turn) == 0
    assert count(connection, ListFilter(near_due=True), lines.near_from) == 0
    paused = look(connection, "S-1")
    assert paused is not None
    assert not paused.judge_steps(turn)[0].late


def test_list_and_history_agree_on_late_steps(connection: Connection) -> None:
    """On random lives, at moments around every date: the rows are those whose step the history calls late."""
    store_procedures(connection, list(PROCEDURES.values()))
    cases = []
    for seed in range(24):
        live(connection, seed, UNITS[seed % len(UNITS)])
        case = look(connection, f"L-{seed}")
        assert case is not None
        cases.append(case)
    moments = {judged.due_at + timedelta(days=1) for case in cases for judged in case.judge_steps(AT)}
    told = set[bool]()
    for at in sorted(moments):
        rows = connection.execute(*list_query(ListFilter(step_late=True), 99, at)).fetchall()
        late = {case.code for case in cases if any(one.late and one.ended_at is None for one in case.judge_steps(at))}
        assert {row[1] for row in rows} == late
        told |= {case.ledger.paused for case in cases if case.code in late}
    assert told == {False}


def count(connection: Connection, chosen: ListFilter, now: datetime) -> int:
    found = connection.execute(*count_query(chosen, now)).fetchone()
    assert found is not None
    return int(found[0])
