"""Calendars as rows: an edit moves open dossiers with a reason, and nothing that is finished."""

import json
from datetime import date, datetime

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import services.cli.calendar
import services.cli.due  # noqa: F401 - registers the command
from services.access.units import load_shipped_units
from services.cli import app
from services.clock import VIETNAM
from services.deadline.edits import CalendarChange, close_day, swap_days
from services.deadline.hours import CLOSED, FULL_DAY, MORNING, DayEdit
from services.dossier.commands import Action, Command
from services.dossier.history import EventKind, HistoryEvent
from services.settings import Settings, get_settings
from services.storage.appointments import appoint
from services.storage.calendar_preview import preview_change
from services.storage.calendars import add_change, calendar_of
from services.storage.database import Connection
from services.storage.desk import act
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import store_procedures
from services.storage.projection import project
from services.storage.reprojection import Reprojected, list_moves, reproject_stale
from services.storage.units import add_missing_units, units_above, units_below
from tests.integration.storage.test_desk import PROCEDURES

AT = datetime(2026, 12, 7, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _filled(connection: Connection) -> None:
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))


def receive(connection: Connection, code: str, unit: str) -> int:
    """A dossier of five working days, received."""
    dossier_id = add_dossier(connection, NewDossier(code, unit, 1, {}, "", None, "normal", 1, AT, "KEY"))
    facts = [HistoryEvent(EventKind.SUBMITTED, AT), HistoryEvent(EventKind.RECEIVED, AT)]
    append_history(connection, dossier_id, facts, after=0)
    appoint(connection, dossier_id, PROCEDURES["9.000001"], "normal")
    return dossier_id


def due_of(connection: Connection, dossier_id: int) -> date:
    row = connection.execute("SELECT due_at FROM dossier WHERE id = %s", (dossier_id,)).fetchone()
    assert row is not None
    day: date = row[0].astimezone(VIETNAM).date()
    return day


def test_the_tree_of_units(connection: Connection) -> None:
    assert units_above(connection, "06463") == ["20", "06463"]
    assert units_above(connection, "no such") == ["20", "no such"]
    assert len(units_below(connection, ["20"])) == 67


def test_an_edit_moves_open_dossiers_of_its_units_with_the_reason(connection: Connection) -> None:
    """A commune's closure moves the commune alone; a province's moves all; a finished dossier stays as judged."""
    here, there = receive(connection, "A-1", "06463"), receive(connection, "A-2", "tinh")
    done = receive(connection, "A-3", "06463")
    act(connection, "A-3", Command(Action.SIGN_RESULT, AT), version=2)
    add_change(connection, "06463", close_day(date(2026, 12, 9), "Lũ", "Flood"), reason="Lũ", actor="a", at=AT)
    assert reproject_stale(connection, AT) == Reprojected(1, 1)
    assert [due_of(connection, id_) for id_ in (here, there, done)] == [
        date(2026, 12, 15), date(2026, 12, 14), date(2026, 12, 14),
    ]  # fmt: skip
    add_change(connection, "20", swap_days(date(2026, 12, 11), date(2026, 12, 19)), reason="QĐ", actor="b", at=AT)
    assert reproject_stale(connection, AT) == Reprojected(2, 2)
    assert reproject_stale(connection, AT) == Reprojected(0, 0)
    assert [due_of(connection, id_) for id_ in (here, there, done)] == [
        date(2026, 12, 16), date(2026, 12, 15), date(2026, 12, 14),
    ]  # fmt: skip
    assert [move[3] for move in list_moves(connection, here)] == ["Lũ", "QĐ"]
    project(connection, done)
    assert due_of(connection, done) == date(2026, 12, 14)
    assert calendar_of(connection, "06463").version == 2
    assert calendar_of(connection, "06463", 1).version == 1


PREVIEWED = (
    ("20", close_day(date(2026, 12, 9), "Lũ", "Flood")),
    ("20", swap_days(date(2026, 12, 16), date(2026, 12, 12))),
    ("06463", CalendarChange(week=(FULL_DAY, CLOSED, *(FULL_DAY,) * 3, MORNING, CLOSED))),
    ("06463", CalendarChange(days=(DayEdit(date(2026, 12, 13), FULL_DAY, "làm", "open"),))),
    ("06463", CalendarChange(removed=(date(2026, 12, 10),))),
)


@pytest.mark.parametrize(("unit", "change"), PREVIEWED)
def test_a_preview_says_what_the_change_then_does(connection: Connection, unit: str, change: CalendarChange) -> None:
    """Nothing is written by looking; dossier by dossier the date is the one the change then gives."""
    ids = [receive(connection, code, where) for code, where in (("A-1", "06463"), ("A-2", "tinh"), ("A-3", "05977"))]
    # the commune has a word of its own, which stays the last one
    own = CalendarChange(days=(DayEdit(date(2026, 12, 10), CLOSED, "Họp", "Meeting"),))
    add_change(connection, "06463", own, reason="x", actor="x", at=AT)
    reproject_stale(connection, AT)
    before = [due_of(connection, id_) for id_ in ids]
    found = preview_change(connection, unit, change)
    assert [due_of(connection, id_) for id_ in ids] == before
    add_change(connection, unit, change, reason="y", actor="y", at=AT)
    done = reproject_stale(connection, AT)
    assert (found.looked_at, found.moved) == (done.looked_at, done.moved)
    assert found.moved
    after = {f"A-{n}": due_of(connection, id_) for n, id_ in enumerate(ids, start=1)}
    assert {move.code: move.new.astimezone(VIETNAM).date() for move in found.examples} == {
        code: day for (code, day), old in zip(after.items(), before, strict=True) if day != old
    }


def test_over_http(client: TestClient, connection: Connection) -> None:
    """An edit says how many dates moved, the history of a dossier why."""
    dossier_id = receive(connection, "A-1", "06463")
    asked = {"reason": "Trực bão", "days": [
        {"day": "2026-12-09", "hours": {"sessions": []}, "name_vi": "Trực bão", "name_en": "Storm"},
    ]}  # fmt: skip
    answer = client.post("/v1/units/06463/calendar", json=asked).json()
    assert (answer["looked_at"], answer["moved"]) == (1, 1)
    shown = client.get("/v1/units/06463/calendar", params={"year": 2026}).json()
    assert "2026-12-09" in {day["day"] for day in shown["days"]}
    assert shown["changes"][0]["reason"] == "Trực bão"
    assert client.get("/v1/dossiers/A-1/history").json()["due_moves"][0]["reason"] == "Trực bão"
    assert due_of(connection, dossier_id) == date(2026, 12, 15)
    bad = {"reason": "x", "week": [{"sessions": []}] * 7}
    assert client.post("/v1/units/06463/calendar", json=bad).status_code == 422
    assert client.post("/v1/units/none/calendar", json=asked).status_code == 404


def test_the_commands(connection: Connection, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """`motcua calendar` edits, `motcua due --unit` counts on it; half a Saturday counts half."""
    receive(connection, "A-1", "tinh")
    monkeypatch.setenv("MOTCUA_DATABASE_URL", settings.database_url)
    get_settings.cache_clear()
    runner = CliRunner()
    try:
        edit = ["calendar", "close", "2026-12-09", "--unit", "tinh", "--reason", "Sửa điện", "--json", "-"]
        assert json.loads(runner.invoke(app, edit).stdout)["moved"] == 1
        asked = ["due", "--lead", "3 working days", "--received", "2026-12-07T09:00", "--json", "-", "--unit"]
        assert json.loads(runner.invoke(app, [*asked, "tinh"]).stdout)["due_at"] == "2026-12-11T17:00:00+07:00"
        assert json.loads(runner.invoke(app, [*asked, "06463"]).stdout)["due_at"] == "2026-12-10T17:00:00+07:00"
        assert runner.invoke(app, [*asked, "none"]).exit_code == 2
        saturday = ["calendar", "hours", "6", "07:30-11:30", "--half", "--unit", "tinh", "--reason", "QĐ"]
        assert runner.invoke(app, saturday).exit_code == 0
        reset = ["calendar", "reset", "2026-12-09", "--unit", "tinh", "--reason", "Có điện", "--json", "-"]
        assert json.loads(runner.invoke(app, reset).stdout)["version"] == 3
    finally:
        get_settings.cache_clear()
