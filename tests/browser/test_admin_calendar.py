"""A calendar is edited with a reason, after seeing how many due dates move; by keyboard and without a script."""

from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from services.access.units import load_shipped_units
from services.catalogue.shipped import load_shipped
from services.clock import VIETNAM
from services.dossier.history import EventKind, HistoryEvent
from services.settings import Settings
from services.storage.appointments import appoint
from services.storage.audit import read_audit
from services.storage.calendars import calendar_of, list_changes
from services.storage.database import Connection
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import add_missing
from services.storage.units import add_missing_units

AT = datetime(2026, 12, 7, 9, tzinfo=VIETNAM)


@pytest.fixture
def settings(settings: Settings, connection: Connection) -> Settings:
    """Two communes, an open dossier of three working days in each."""
    add_missing_units(connection, load_shipped_units())
    add_missing(connection, load_shipped())
    procedure = next(one for one in load_shipped() if one.code == "1.004873")
    for number, unit in enumerate(("05977", "06463"), start=1):
        new = NewDossier(f"H37.00-261207-{number:04d}", unit, 1, {}, "", None, "normal", 1, AT, "K7M2P9QX")
        dossier_id = add_dossier(connection, new)
        facts = [HistoryEvent(EventKind.SUBMITTED, AT), HistoryEvent(EventKind.RECEIVED, AT)]
        append_history(connection, dossier_id, facts, after=0)
        appoint(connection, dossier_id, procedure, "normal")
    return settings


def test_a_closure_is_previewed_and_then_holds(plain: Page, connection: Connection) -> None:
    """The preview counts and writes nothing; confirmed, the date moves with its reason, and the log has it."""
    before = connection.execute("SELECT code, due_at FROM dossier ORDER BY code").fetchall()
    plain.goto("/quan-tri/lich")
    plain.get_by_role("link", name="Phường Đông Kinh").click()
    plain.get_by_text("Nghỉ một hoặc nhiều ngày").click()
    plain.locator("#closure-first").fill("2026-12-08")
    plain.locator("#closure-last").fill("2026-12-09")
    plain.locator("#closure-reason").fill("Lũ trên sông Kỳ Cùng")
    plain.locator("form:has(#closure-first) button").click()
    expect(plain.locator(".numbers .main b")).to_have_text("1")
    expect(plain.locator("main tbody tr")).to_have_count(1)
    assert list_changes(connection, "05977") == []
    plain.get_by_role("button", name="Xác nhận và đổi lịch").click()
    expect(plain.get_by_role("status")).to_be_visible()
    expect(plain.locator(".rows li").first).to_contain_text("Lũ trên sông Kỳ Cùng")
    (change,) = list_changes(connection, "05977")
    assert [edit.day for edit in change.change.days] == [date(2026, 12, 8), date(2026, 12, 9)]
    after = connection.execute("SELECT code, due_at FROM dossier ORDER BY code").fetchall()
    assert after[0] > before[0]
    assert after[1] == before[1]
    assert [entry.action for entry in read_audit(connection)] == ["calendar_changed"]


def test_every_form_of_a_calendar(plain: Page, connection: Connection) -> None:
    """A swap, one day's hours, a weekday's hours, a day back to its week, the last hour: each is written as meant."""
    for form, values in {
        "swap": {"off": "2026-12-31", "worked": "2027-01-09"},
        "day": {"day": "2026-12-12", "morning_from": "08:00", "morning_to": "11:00"},
        "week": {"afternoon_to": "16:30"},
        "reset": {"day": "2026-12-12"},
        "rules": {"cutoff": "14:30"},
    }.items():
        plain.goto("/quan-tri/lich/20")
        plain.locator(f"details:has(#{form}-reason) summary").click()
        for name, value in values.items():
            plain.locator(f"#{form}-{name}").fill(value)
        plain.locator(f"#{form}-reason").fill("QĐ 12/QĐ-UBND")
        plain.locator(f"form:has(#{form}-reason) button").click()
        plain.get_by_role("button", name="Xác nhận và đổi lịch").click()
        expect(plain.get_by_role("status")).to_be_visible()
    swap, day, week, reset, rules = [change.change for change in list_changes(connection, "20")]
    assert [edit.day.isoformat() for edit in swap.days] == ["2026-12-31", "2027-01-09"]
    assert (day.days[0].hours.half, str(day.days[0].hours.sessions[0][0])) == (True, "08:00:00")
    assert week.week is not None
    assert str(week.week[0].sessions[1][1]) == "16:30:00"
    assert reset.removed == (date(2026, 12, 12),)
    assert str(rules.cutoff) == "14:30:00"
    assert calendar_of(connection, "05977").version == 5


def test_an_edit_that_does_not_hold_says_so_and_keeps_what_was_typed(plain: Page) -> None:
    """The last day before the first."""
    plain.goto("/quan-tri/lich/20")
    plain.get_by_text("Nghỉ một hoặc nhiều ngày").click()
    plain.locator("#closure-first").fill("2026-12-09")
    plain.locator("#closure-last").fill("2026-12-08")
    plain.locator("#closure-reason").fill("Bão")
    plain.locator("form:has(#closure-first) button").click()
    expect(plain.get_by_role("alert")).to_contain_text("31 ngày")
    assert plain.locator("#closure-first").input_value() == "2026-12-09"
