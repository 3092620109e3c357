"""A closed unit's dossiers go to its successor: with the reason, new dates where open, as judged where finished."""

import random
from datetime import date, timedelta

from services.access.units import load_shipped_units
from services.clock import in_vietnam
from services.deadline.edits import CalendarChange, close_day
from services.dossier.commands import Action, Command
from services.dossier.history import EventKind
from services.storage.calendars import add_change
from services.storage.database import Connection
from services.storage.desk import act, look
from services.storage.history import read_history
from services.storage.on_time import GroupBy, OnTimeFilter, compact, on_time_query
from services.storage.procedures import store_procedures
from services.storage.projection import find_due_of, project
from services.storage.reprojection import Reprojected, list_moves, reproject_stale
from services.storage.succession import Move, Moved, move_dossiers
from services.storage.units import add_missing_units
from tests.integration.storage.test_calendars import AT, due_of, receive
from tests.integration.storage.test_desk import PROCEDURES, STORED
from tests.integration.storage.test_on_time_splits import live

WHY = "NQ sáp nhập 1/7/2025"
MERGED = Move("05977", "06463", "quan.tri", AT + timedelta(days=1), WHY)


def units_of(connection: Connection) -> dict[str, int]:
    rows = connection.execute(*on_time_query(OnTimeFilter(), GroupBy.UNIT, AT)).fetchall()
    found: dict[str, int] = {}
    for unit, _, count in rows:
        found[unit] = found.get(unit, 0) + count
    return found


def test_open_dossiers_go_and_are_dated_anew(connection: Connection) -> None:
    """The successor is closed a day more; what is finished keeps its date, though its unit is another one now."""
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))
    open_, signed, ended = (receive(connection, f"M-{n}", "05977") for n in range(3))
    act(connection, "M-1", Command(Action.SIGN_RESULT, AT), version=2)
    act(connection, "M-2", Command(Action.WITHDRAW, AT), version=2)
    add_change(connection, "06463", close_day(date(2026, 12, 9), "Lũ", "Flood"), reason="Lũ", actor="a", at=AT)
    assert move_dossiers(connection, MERGED) == Moved(2, 1)
    assert move_dossiers(connection, MERGED) == Moved(0, 0)
    assert [due_of(connection, id_) for id_ in (open_, signed)] == [date(2026, 12, 15), date(2026, 12, 14)]
    fact = read_history(connection, open_)[-1]
    assert (fact.kind, fact.unit, fact.reason, fact.actor) == (EventKind.MOVED, "06463", WHY, "quan.tri")
    assert [(move[1].date().day, move[2].date().day, *move[3:]) for move in list_moves(connection, open_)] == [
        (14, 15, WHY, "quan.tri")
    ]
    # acted on again, the finished one is still judged by the calendar it was finished under
    act(connection, "M-1", Command(Action.RETURN_RESULT, MERGED.at), version=4)
    project(connection, signed)
    assert due_of(connection, signed) == date(2026, 12, 14)
    assert reproject_stale(connection, AT) == Reprojected(0, 0)
    for _ in range(2):
        assert units_of(connection) == {"05977": 1, "06463": 2}
        compact(connection)
    assert move_dossiers(connection, Move("05977", "06463", "quan.tri", AT, WHY, ended=True)) == Moved(1, 0)
    assert due_of(connection, ended) == date(2026, 12, 14)
    assert units_of(connection) == {"06463": 3}


def test_a_paused_dossier_keeps_its_pause_and_its_officer(connection: Connection) -> None:
    """The clock's rows are those of its history: a move touches none of them."""
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))
    receive(connection, "M-1", "05977")
    act(connection, "M-1", Command(Action.PAUSE, AT, "an", reason="Niêm yết"), version=2)
    before = look(connection, "M-1")
    move_dossiers(connection, MERGED)
    after = look(connection, "M-1")
    assert before is not None
    assert after is not None
    assert (after.ledger, after.standing.officer, after.unit) == (before.ledger, "an", "06463")
    # a clock of another machine that is behind makes no fact that comes before the last one
    assert move_dossiers(connection, Move("06463", "tinh", "x", AT - timedelta(days=9), WHY)).moved == 1
    times = [event.at for event in read_history(connection, after.id)]
    assert times == sorted(times)


def test_stored_dates_are_those_of_the_history_whatever_calendars_and_units_did(connection: Connection) -> None:
    """Random lives of two units while calendars are edited, taken back, and one unit is merged into the other."""
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))
    chance = random.Random(17)
    ids = []
    for seed in range(16):
        ids.append(live(connection, seed, chance.choice(["05977", "06463"])))
        days = connection.execute(
            "SELECT due_at FROM dossier WHERE result_at IS NULL AND due_at IS NOT NULL"
        ).fetchall()
        if days and seed % 2:
            day = in_vietnam(chance.choice(days)[0]).date()
            change = chance.choice([close_day(day, "Lũ", "Flood"), CalendarChange(removed=(day,))])
            add_change(connection, chance.choice(["05977", "06463", "20"]), change, reason="x", actor="x", at=AT)
            reproject_stale(connection, AT)
        if seed == 9:
            move_dossiers(connection, Move("05977", "06463", "x", AT, WHY, ended=True))
    reproject_stale(connection, AT)
    dated, merged = 0, 0
    for id_ in ids:
        stored = connection.execute(STORED, (id_,)).fetchone()
        project(connection, id_)
        assert connection.execute(STORED, (id_,)).fetchone() == stored
        case = look(connection, code_of(connection, id_))
        assert case is not None
        due = find_due_of(case.events, case.procedure, case.calendar)
        assert stored is not None
        assert (due and due.at) == stored[3]
        dated += due is not None
        merged += any(event.kind is EventKind.MOVED for event in case.events)
    assert dated > 8
    assert merged > 1
    assert connection.execute("SELECT count(*) FROM due_change").fetchone() != (0,)


def code_of(connection: Connection, dossier_id: int) -> str:
    row = connection.execute("SELECT code FROM dossier WHERE id = %s", (dossier_id,)).fetchone()
    assert row is not None
    return str(row[0])
