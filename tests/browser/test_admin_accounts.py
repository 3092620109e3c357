"""An administrator gives an account, a token, a unit; by keyboard and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from services.access.units import load_shipped_units
from services.settings import Settings
from services.storage.accounts import find_account
from services.storage.audit import read_audit
from services.storage.database import Connection
from services.storage.units import add_missing_units, find_unit


@pytest.fixture
def settings(settings: Settings, connection: Connection) -> Settings:
    """The province's units are there."""
    add_missing_units(connection, load_shipped_units())
    return settings


def actions(connection: Connection) -> list[str]:
    return [entry.action for entry in read_audit(connection)]


def test_an_account_from_its_first_password_to_being_shut(plain: Page, connection: Connection) -> None:
    """Made with role and unit, its password seen once; other rights; phone taken, shut, opened; each is in the log."""
    plain.goto("/quan-tri")
    plain.get_by_role("link", name=re.compile("^Tài khoản")).last.click()
    plain.goto("/quan-tri/tai-khoan")
    expect(plain.locator("main .empty")).to_be_visible()
    plain.get_by_role("link", name="Tạo tài khoản").click()
    plain.get_by_label("Tên tài khoản").fill("nong.thi.hoa")
    plain.get_by_label("Họ và tên").fill("Nông Thị Hoa")
    plain.get_by_role("button", name="Tạo và hiện mật khẩu").click()
    expect(plain.get_by_role("alert")).to_contain_text("vai trò, đơn vị")
    assert plain.get_by_label("Họ và tên").input_value() == "Nông Thị Hoa"
    plain.get_by_label("Cán bộ một cửa").check()
    plain.get_by_label("Phường Đông Kinh").check()
    plain.get_by_role("button", name="Tạo và hiện mật khẩu").click()
    password = plain.locator(".once code").inner_text()
    plain.get_by_role("link", name="Đã giao mật khẩu").click()
    assert password not in plain.content()
    plain.get_by_label("Cán bộ xử lý").check()
    plain.get_by_role("button", name="Lưu thay đổi").click()
    expect(plain.get_by_role("status")).to_be_visible()
    account = find_account(connection, "nong.thi.hoa")
    assert account is not None
    assert set(account.roles) == {"one_stop", "handler"}
    plain.get_by_role("button", name="Khóa tài khoản").click()
    expect(plain.locator(".state.shut")).to_be_visible()
    plain.goto("/quan-tri/tai-khoan?q=hòa+nong&state=shut")
    plain.goto("/quan-tri/tai-khoan?q=nong+thi&state=shut")
    plain.get_by_role("link", name="nong.thi.hoa").click()
    plain.get_by_role("button", name="Mở lại").click()
    plain.get_by_role("button", name="Đặt lại mật khẩu").click()
    assert plain.locator(".once code").inner_text() != password
    assert actions(connection) == [
        "account_added", "account_changed", "account_disabled", "account_enabled", "account_reset",
    ]  # fmt: skip
    assert password not in str(read_audit(connection))


def test_a_token_is_shown_once_and_revoked(plain: Page, connection: Connection) -> None:
    """It opens what it may until it is revoked."""
    plain.goto("/quan-tri/ma-truy-cap")
    plain.get_by_label("Dùng cho").fill("Máy đồng bộ")
    plain.get_by_label("Xem hồ sơ").check()
    plain.get_by_role("button", name="Cấp và hiện mã").click()
    token = plain.locator(".once code").inner_text()
    assert token.startswith("mct_")
    plain.get_by_role("link", name="Đã chép mã").click()
    assert token not in plain.content()
    plain.get_by_role("button", name="Thu hồi").click()
    expect(plain.locator(".state.shut")).to_have_text("Đã thu hồi")
    assert actions(connection) == ["token_made", "token_revoked"]


def test_a_unit_is_added_renamed_and_closed(plain: Page, connection: Connection) -> None:
    """The tree shows it under its parent by its new name, closed with a reason."""
    plain.goto("/quan-tri/don-vi")
    plain.locator("main summary").click()
    plain.get_by_label("Mã đơn vị").fill("so-nnmt")
    plain.get_by_label("Tên đơn vị").fill("Sở Nông nghiệp")
    plain.get_by_label("Loại").select_option("department")
    plain.get_by_role("button", name="Thêm đơn vị").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Sở Nông nghiệp")
    plain.get_by_label("Tên đơn vị").fill("Sở Nông nghiệp và Môi trường")
    plain.get_by_label("Mã cơ quan").fill("H37.08")
    plain.get_by_role("button", name="Lưu thay đổi").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Sở Nông nghiệp và Môi trường")
    plain.goto("/quan-tri/tai-khoan-moi")
    expect(plain.get_by_label("Sở Nông nghiệp và Môi trường")).to_be_visible()
    plain.goto("/quan-tri/don-vi/so-nnmt")
    plain.get_by_label("Lý do").fill("Sáp nhập")
    plain.get_by_role("button", name="Đóng đơn vị").click()
    expect(plain.locator(".state.shut")).to_be_visible()
    unit = find_unit(connection, "so-nnmt")
    assert unit is not None
    assert (unit.agency, unit.parent, unit.closed_on is None) == ("H37.08", "20", False)
    assert actions(connection) == ["unit_added", "unit_changed", "unit_closed"]
