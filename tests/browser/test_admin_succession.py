"""A closed unit hands its dossiers and accounts to its successor, seen before, on a phone and on a computer."""

from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from services import clock
from services.access.roles import Role
from services.access.units import load_shipped_units
from services.storage.accounts import add_account, find_account
from services.storage.database import Connection
from services.storage.units import add_missing_units, close_unit
from tests.browser.violations import find_violations


@pytest.mark.parametrize("width", [360, 1200])
def test_what_would_move_is_told_then_moved(page: Page, connection: Connection, width: int) -> None:
    """Counts, accounts and dates before; afterwards the successor has them, and the log says who did it and why."""
    page.set_viewport_size({"width": width, "height": 800})
    add_missing_units(connection, load_shipped_units())
    file: FilePayload = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 one"}
    for procedure in ("1.001193", "1.004222"):
        sent = page.request.post("/v1/dossiers", multipart={"files": file, "procedure": procedure, "unit": "05977"})
        assert sent.ok
    connection.execute("UPDATE dossier SET status = 3 WHERE procedure = '1.004222'")
    now = clock.now()
    add_account(connection, "hoa", "Mật-khẩu-dài-12", [Role.HANDLER], ["05977"], at=now)
    close_unit(connection, "05977", clock.in_vietnam(now - timedelta(days=1)).date())
    page.goto("/quan-tri/don-vi/05977")
    page.get_by_role("link", name="Chuyển hồ sơ và tài khoản").click()
    assert not find_violations(page)
    page.get_by_label("Đơn vị kế thừa").select_option("06463")
    page.get_by_label("Lý do").fill("Nghị quyết sáp nhập")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator(".numbers")).to_contain_text("1hồ sơ chưa xong")
    expect(page.locator(".numbers")).to_contain_text("1hồ sơ đã khép lại")
    expect(page.get_by_text("không ngày hẹn trả nào thay đổi")).to_be_visible()
    expect(page.get_by_label("Chuyển cả tài khoản: hoa")).to_be_checked()
    assert not find_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert units_of(connection) == ["05977", "05977"]
    page.get_by_role("button", name="Chuyển ngay").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chuyển 1 hồ sơ")
    assert units_of(connection) == ["05977", "06463"]
    moved = find_account(connection, "hoa")
    assert moved is not None
    assert moved.units == ("06463",)
    assert not find_violations(page)
    done = connection.execute("SELECT action FROM audit WHERE data ->> 'reason' = 'Nghị quyết sáp nhập' ORDER BY id")
    assert [action for (action,) in done] == ["dossiers_moved", "account_changed", "accounts_moved"]


def units_of(connection: Connection) -> list[str]:
    return [unit for (unit,) in connection.execute("SELECT unit FROM dossier ORDER BY unit").fetchall()]


def test_an_open_unit_moves_nothing(page: Page, connection: Connection) -> None:
    """It says what to do first, and keeps what was typed."""
    add_missing_units(connection, load_shipped_units())
    page.goto("/quan-tri/don-vi/05977")
    expect(page.get_by_role("link", name="Chuyển hồ sơ và tài khoản")).to_have_count(0)
    page.goto("/quan-tri/don-vi/05977/ke-thua")
    page.get_by_label("Đơn vị kế thừa").select_option("06463")
    page.get_by_label("Lý do").fill("Nghị quyết")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Lý do")).to_have_value("Nghị quyết")
