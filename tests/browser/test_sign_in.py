"""Officers sign in on a page: sent there, first password, second factor, their own pages, out again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from services import clock
from services.access.roles import Role
from services.access.totp import code_at, step_of
from services.access.units import load_shipped_units
from services.settings import Settings
from services.storage.accounts import add_account
from services.storage.database import Connection
from services.storage.units import add_missing_units

FIRST = "Mat-khau-dau-1"
CHOSEN = "Mat-khau-rieng-2"


@pytest.fixture
def settings(settings: Settings, connection: Connection) -> Settings:
    """Closed access, one handler of the whole province."""
    add_missing_units(connection, load_shipped_units())
    add_account(connection, "can.bo", FIRST, [Role.HANDLER], [load_shipped_units()[0].id], at=clock.now())
    return settings.model_copy(update={"access": "closed", "second_factor_required": True})


@pytest.fixture
def officer(browser: Browser, site: str) -> Iterator[Page]:
    """An office computer."""
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


def sign_in(page: Page, password: str, code: str = "") -> None:
    page.get_by_label("Tên tài khoản").fill("can.bo")
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Đăng nhập").click()


def test_from_the_first_password_to_the_work_list(officer: Page) -> None:
    """A page that needs an account leads to signing in; the account finishes itself; then the page is there."""
    officer.goto("/can-bo?show=overdue")
    expect(officer).to_have_url(re.compile("/dang-nhap"))
    sign_in(officer, "sai mat khau")
    expect(officer.get_by_role("alert")).to_be_visible()
    sign_in(officer, FIRST)
    expect(officer.locator("#old")).to_be_visible()
    officer.locator("#old").fill(FIRST)
    officer.locator("#new").fill(CHOSEN)
    officer.locator("#again").fill(CHOSEN)
    officer.get_by_role("button", name="Đổi mật khẩu").click()
    expect(officer.get_by_role("status")).to_contain_text("Đã đổi mật khẩu")
    sign_in(officer, CHOSEN)
    officer.locator("form[action$=xac-thuc] button").click()
    expect(officer.locator("svg.qr")).to_be_visible()
    secret = officer.locator("main code").inner_text()
    officer.locator("#confirm-code").fill(code_at(secret, step_of(clock.now())))
    officer.get_by_role("button", name="Xác nhận").click()
    expect(officer.locator("main").get_by_role("link")).to_be_visible()
    officer.goto("/can-bo")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Việc cần làm")
    # a handler leads nobody
    answer = officer.goto("/lanh-dao")
    assert answer is not None
    assert answer.status == 403
    officer.goto("/tai-khoan")
    officer.get_by_role("button", name="Đăng xuất").click()
    officer.goto("/can-bo")
    expect(officer).to_have_url(re.compile("/dang-nhap"))


def test_an_address_elsewhere_is_not_followed(officer: Page, site: str) -> None:
    """`to` leads to pages of this site only."""
    officer.goto("/dang-nhap?next=//example.org/")
    sign_in(officer, FIRST)
    expect(officer).to_have_url(f"{site}/tai-khoan")
