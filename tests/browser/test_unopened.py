"""A file the machine could not open: the officer sees which and why and has the original, the citizen sends again."""

from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import FilePayload, Page, expect

from services.storage.database import Connection
from tests.browser.violations import find_violations
from tests.builders.read_dossier import leave_read
from tests.builders.unopened import leave_unopened

PAPER: FilePayload = {"name": "một.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 one"}
EMPTY: FilePayload = {"name": "rỗng.pdf", "mimeType": "application/pdf", "buffer": b""}


@pytest.mark.parametrize("width", [360, 1200])
def test_the_officer_sees_which_file_and_why_and_asks_for_it(
    page: Page, site: str, connection: Connection, tmp_path: Path, width: int
) -> None:
    """By name, with the reason, the original to save, and first in the list of what to ask for."""
    page.set_viewport_size({"width": width, "height": 800})
    files = [("files", (one["name"], one["buffer"], one["mimeType"])) for one in (PAPER, EMPTY)]
    code = httpx.post(f"{site}/v1/dossiers", files=files, data={"procedure": "1.001193", "channel": "1"}).json()["code"]
    leave_read(connection, code)
    leave_unopened(connection, code, 2, b"", tmp_path)
    page.goto(f"/can-bo/ho-so/{code}")
    told = page.locator("section", has=page.get_by_role("heading", name="Tệp máy không mở được"))
    expect(told.locator("li")).to_contain_text("rỗng.pdf: Tệp rỗng (0 byte).")
    address = told.get_by_role("link", name="Tải tệp gốc").get_attribute("href") or ""
    assert page.request.get(address.replace("/2/", "/1/")).body() == PAPER["buffer"]
    sent = page.request.get(address)
    assert sent.body() == b""
    assert sent.headers["content-disposition"].startswith("attachment; filename*=UTF-8''r%E1%BB%97ng.pdf")
    assert page.request.get(address.replace("/2/", "/3/")).status == HTTPStatus.NOT_FOUND
    asked = page.locator("textarea[name=items]").first.input_value().split("\n")
    assert asked[0].startswith("Gửi lại giấy tờ trong tệp “rỗng.pdf”: Tệp rỗng")
    assert "Giấy chứng sinh" in asked[1]
    assert not find_violations(page)


def test_the_citizen_is_told_which_file_to_send_again(page: Page, connection: Connection, tmp_path: Path) -> None:
    """The follow page names it with its reason, leads to where it is sent, and says of nothing that all is well."""
    page.goto("/nop-ho-so?procedure=1.001193")
    page.locator("#files").set_input_files([EMPTY])
    expect(page.locator("[data-files] .error")).to_contain_text("Tệp rỗng")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    expect(page.locator("main .note li")).to_contain_text("rỗng.pdf: Tệp rỗng (0 byte).")
    code = (connection.execute("SELECT code FROM dossier").fetchone() or ("",))[0]
    leave_unopened(connection, code, 1, b"", tmp_path)
    page.goto(f"/ho-so/{code}")
    told = page.locator("#khong-mo-duoc")
    expect(told).to_contain_text("rỗng.pdf: Tệp rỗng (0 byte).")
    expect(page.locator(".timeline .lacking")).to_contain_text("Máy không mở được tệp nào")
    expect(page.get_by_text("Bạn không cần làm gì thêm")).to_have_count(0)
    assert not find_violations(page)
    told.get_by_role("link", name="Gửi thêm giấy tờ").click()
    expect(page.locator("#bo-sung")).to_be_in_viewport()
    # the same name with something in it: nothing is asked for any more, and both files are there
    page.locator("#files").set_input_files([PAPER | {"name": EMPTY["name"]}])
    page.locator("#bo-sung").get_by_role("button", name="Gửi giấy tờ").click()
    expect(page.locator("main .good")).to_contain_text("Đã nhận giấy tờ")
    expect(page.locator("#khong-mo-duoc")).to_have_count(0)
    expect(page.locator(".tag")).to_have_text(["đã gửi lại"])
    expect(page.get_by_text("gửi thêm lúc")).to_have_count(1)
