"""Acting on a dossier: the stored rows are what the history says, and of many at once one wins."""

import random
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.catalogue.procedure import Level, Procedure, SupplementRule, TimeCase
from services.deadline.calendar import build_calendar
from services.deadline.clock import find_ledger_due
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.ledger import read_ledger
from services.deadline.verdict import Verdict, draw_lines, judge
from services.dossier.commands import Action, Command
from services.dossier.errors import Conflict, Refused
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.standing import stand
from services.storage.appointments import appoint
from services.storage.database import Connection, connect
from services.storage.desk import act, look
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history, read_history
from services.storage.on_time import OnTimeFilter, compact, on_time_query
from services.storage.procedures import store_procedures
from services.storage.projection import project
from tests.builders.histories import draw_commands

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
LEADS = {
    "9.000001": LeadTime(5, LeadUnit.WORKING_DAYS), "9.000002": LeadTime(15, LeadUnit.CALENDAR_DAYS),
    "9.000003": LeadTime(8, LeadUnit.WORKING_HOURS), "9.000004": LeadTime(0, LeadUnit.SAME_DAY),
}  # fmt: skip
PROCEDURES = {
    code: Procedure(code, 1, f"Thủ tục {code}", "Thử", Level.COMMUNE, (TimeCase(lead),), (),
                    supplement=SupplementRule(restarts=number % 2 == 0, answer_days=10))
    for number, (code, lead) in enumerate(LEADS.items())
}  # fmt: skip
STORED = """SELECT status, version, received_at, due_at, original_due_at, due, near_from, late_after, paused_at,
            result_at, finance, delivery, synchronisation, supplements, extended, negative, answer_by, step,
            step_due_at, result_code FROM dossier WHERE id = %s"""


def hand_in(connection: Connection, code: str, procedure: str, at: datetime, channel: int = 2) -> int:
    """A dossier of one fact: submitted."""
    new = NewDossier(code, "20", channel, {}, "", procedure, "normal", 1, at, "KEY")
    dossier_id = add_dossier(connection, new)
    append_history(connection, dossier_id, [HistoryEvent(EventKind.SUBMITTED, at)], after=0)
    appoint(connection, dossier_id, PROCEDURES[procedure], "normal")
    return dossier_id


def live(connection: Connection, seed: int) -> int:
    """One random life of a dossier, every command through the door."""
    chance = random.Random(seed)
    at = START + timedelta(minutes=chance.randrange(60 * 24 * 250))
    code = f"L-{seed}"
    dossier_id = hand_in(connection, code, chance.choice(list(PROCEDURES)), at)
    for _ in range(18):
        at += timedelta(minutes=chance.choice([1, 30, 300, 2000, 9000]))
        case = look(connection, code)
        assert case is not None
        reading = case.read_clock(at)
        for command in draw_commands(chance, case.events, at, reading.due_at if reading else None):
            try:
                act(connection, code, command, version=case.version)
                break
            except Refused:
                continue
    return dossier_id


def test_every_stored_row_is_recomputed_from_the_history(connection: Connection) -> None:
    """Random lives: the rows at the end equal those computed from the facts alone, and so do the figures."""
    store_procedures(connection, list(PROCEDURES.values()))
    calendar = build_calendar()
    judged: list[str] = []
    now = START + timedelta(days=200)
    for seed in range(24):
        dossier_id = live(connection, seed)
        stored = connection.execute(STORED, (dossier_id,)).fetchone()
        assert stored is not None
        project(connection, dossier_id)
        assert connection.execute(STORED, (dossier_id,)).fetchone() == stored
        events = read_history(connection, dossier_id)
        row = connection.execute("SELECT procedure, due_at FROM dossier WHERE id = %s", (dossier_id,)).fetchone()
        assert row is not None
        standing, ledger, lead = stand(events), read_ledger(events), LEADS[row[0]]
        if standing.received_at is None:
            continue
        due = find_ledger_due(ledger, lead, calendar)
        assert due == row[1]
        assert due is not None
        judged.append(judge(draw_lines(due, lead, calendar), now, ended_at=standing.ended_at, paused=standing.paused))
    names = {Verdict.IN_TIME: "in_progress_in_time", Verdict.NEAR_DUE: "in_progress_in_time",
             Verdict.OVERDUE: "in_progress_overdue"}  # fmt: skip
    expected: dict[str, int] = {}
    for verdict in judged:
        name = names.get(Verdict(verdict), str(verdict))
        expected[name] = expected.get(name, 0) + 1
    for _ in range(2):
        rows = connection.execute(*on_time_query(OnTimeFilter(), None, now)).fetchall()
        assert {verdict: count for _, verdict, count in rows} == expected
        compact(connection)


def test_history_cannot_be_changed(connection: Connection) -> None:
    store_procedures(connection, list(PROCEDURES.values()))
    hand_in(connection, "A-1", "9.000001", START)
    for statement in ("UPDATE history SET actor = 'x'", "DELETE FROM history"):
        with pytest.raises(Exception, match="append-only"):
            connection.execute(statement.encode())


def test_of_64_officers_at_once_one_wins(connection: Connection, database_url: str) -> None:
    """All saw the same version; the others are told that somebody acted."""
    store_procedures(connection, list(PROCEDURES.values()))
    hand_in(connection, "A-1", "9.000001", START)
    act(connection, "A-1", Command(Action.RECEIVE, START), version=1)
    outcomes: list[Any] = []
    barrier = threading.Barrier(64)

    def officer(number: int) -> None:
        with connect(database_url) as mine:
            barrier.wait()
            try:
                step = Command(Action.HAND_OVER, START, f"officer-{number}", step=f"desk {number}")
                outcomes.append(act(mine, "A-1", step, version=2))
            except Conflict as error:
                outcomes.append(error)

    threads = [threading.Thread(target=officer, args=(number,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 64
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 63
    case = look(connection, "A-1")
    assert case is not None
    assert (case.version, len(case.standing.steps)) == (3, 1)
