"""The administrator's pages that answer a form: previews, secrets shown once, refusals; for all readers, and phones."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from services import clock
from services.access.roles import Role
from services.access.units import load_shipped_units
from services.settings import Settings
from services.storage.accounts import add_account
from services.storage.database import Connection
from services.storage.models import ModelShelf
from services.storage.objects import open_store
from services.storage.units import add_missing_units
from tests.browser.test_admin_machine import CARD
from tests.browser.violations import find_dark_violations, find_violations

PASSWORD = "Mot-Cua-2026!"  # noqa: S105 - of an account that lives as long as a test
FILE = json.dumps([{"code": "1.999999", "name_vi": "Thủ tục mới"}, {"code": "1.004873", "name_vi": "Giấy xác nhận"}])


@pytest.fixture
def settings(settings: Settings, connection: Connection) -> Settings:
    """Units, an account, a trained model."""
    add_missing_units(connection, load_shipped_units())
    add_account(connection, "nong.thi.hoa", PASSWORD, [Role.HEAD], ["05977"], display="Nông Thị Hoa", at=clock.now())
    Path(settings.store_url.removeprefix("file://")).mkdir(parents=True)
    ModelShelf(open_store(settings), "kinds").add(b"model", CARD)
    return settings.model_copy(update={"webhook_hosts": "127.0.0.1"})


def account_made(page: Page, _: Path) -> None:
    page.goto("/quan-tri/tai-khoan-moi")
    page.locator("#name").fill("lan")
    page.get_by_label("Cán bộ một cửa").check()
    page.get_by_label("Phường Đông Kinh").check()
    page.locator("form.form button").click()


def account_refused(page: Page, _: Path) -> None:
    page.goto("/quan-tri/tai-khoan-moi")
    page.locator("#name").fill("lan")
    page.locator("form.form button").click()


def account(page: Page, _: Path) -> None:
    page.goto("/quan-tri/tai-khoan/nong.thi.hoa")


def token_made(page: Page, _: Path) -> None:
    page.goto("/quan-tri/ma-truy-cap")
    page.locator("#name").fill("Máy đồng bộ")
    page.get_by_label("Xem hồ sơ").check()
    page.locator("form.form button").click()


def tokens(page: Page, folder: Path) -> None:
    token_made(page, folder)
    page.goto("/quan-tri/ma-truy-cap")


def webhook(page: Page, _: Path) -> None:
    page.goto("/quan-tri/bao-tin")
    page.locator("#name").fill("Trục liên thông")
    page.locator("#url").fill("http://127.0.0.1:9/x")
    page.locator("form.form button").click()
    page.get_by_role("link", name="Đã chép mã").click()
    page.get_by_role("button", name="Gửi thử").click()


def calendar_previewed(page: Page, _: Path) -> None:
    page.goto("/quan-tri/lich/20")
    page.locator("details:has(#closure-first) summary").click()
    page.locator("#closure-first").fill("2026-12-08")
    page.locator("#closure-reason").fill("Bão")
    page.locator("form:has(#closure-first) button").click()


def calendar_changed(page: Page, folder: Path) -> None:
    calendar_previewed(page, folder)
    page.get_by_role("button", name="Xác nhận").click()


def version_previewed(page: Page, _: Path) -> None:
    page.goto("/quan-tri/thu-tuc/1.001193/sua")
    page.locator("#effective_from").fill("2027-03-01")
    page.locator("#reason").fill("QĐ 1")
    page.locator("#times").fill("2 ngày làm việc")
    page.get_by_role("button", name="Xem trước").click()


def version_stored(page: Page, folder: Path) -> None:
    version_previewed(page, folder)
    page.get_by_role("button", name="Ban hành").click()
    page.locator("details.diff summary").click()


def import_previewed(page: Page, folder: Path) -> None:
    (folder / "danh-muc.json").write_text(FILE, "utf-8")
    page.goto("/quan-tri/thu-tuc-nhap")
    page.locator("#file").set_input_files(folder / "danh-muc.json")
    page.locator("input[name=renew]").check()
    page.get_by_role("button", name="Xem trước").click()


def log_checked(page: Page, folder: Path) -> None:
    account_made(page, folder)
    page.goto("/quan-tri/nhat-ky")
    page.locator("main details summary").click()
    page.get_by_role("button", name="Kiểm tra ngay").click()


def model_used(page: Page, _: Path) -> None:
    page.goto("/quan-tri/mo-hinh")
    page.get_by_role("button", name="Dùng bản này").click()


def model_card(page: Page, _: Path) -> None:
    page.goto("/quan-tri/mo-hinh/1")


LOOKS: list[Callable[[Page, Path], None]] = [
    account_made, account_refused, account, token_made, tokens, webhook, calendar_previewed, calendar_changed,
    version_previewed, version_stored, import_previewed, log_checked, model_used, model_card,
]  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_axe_finds_nothing(page: Page, look: Callable[[Page, Path], None], tmp_path: Path) -> None:
    """By day and at night, in 360 pixels."""
    page.emulate_media(color_scheme="light")
    look(page, tmp_path)
    for found in (find_violations(page), find_dark_violations(page)):
        assert not found, found
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
