"""At the counter: a walk-in's dossier with few keys, its printed receipt, and the procedure corrected at the desk."""

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import FilePayload, Page, expect

from services.storage.database import Connection
from tests.browser.violations import find_violations
from tests.builders.read_dossier import leave_read

SCAN: FilePayload = {"name": "quét.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 one"}


def text_of(body: bytes) -> str:
    with pdfium.PdfDocument(body) as document:
        return "".join(sheet.get_textpage().get_text_range() for sheet in document).replace("\r\n", " ")


def test_a_walk_in_is_received_with_the_keyboard_and_takes_the_signed_receipt(
    page: Page, connection: Connection
) -> None:
    """From the work list: N, a few words, the name, the scan, Enter; form 01 is no draft."""
    page.goto("/can-bo")
    page.keyboard.press("n")
    expect(page.get_by_label("Thủ tục: tên")).to_be_focused()
    page.keyboard.type("khai sinh")
    expect(page.get_by_role("radio").first).to_be_checked()
    page.locator("input[value='1.001193']").check()
    assert not find_violations(page)
    page.locator("#files").set_input_files([SCAN])
    page.get_by_label("Người nộp").fill("Nông Thị Hoa")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible()
    assert not find_violations(page)
    row = connection.execute("SELECT code, status, channel, procedure, received_at IS NOT NULL FROM dossier").fetchone()
    assert row is not None
    assert row[1:] == (2, 1, "1.001193", True)
    printed = page.get_by_role("link", name="In giấy tiếp nhận").get_attribute("href") or ""
    told = text_of(page.request.get(printed).body())
    assert "DỰ THẢO" not in told
    assert row[0] in told
    assert "Nông Thị Hoa" in told


def test_without_a_script_and_without_a_procedure_it_is_taken_in_and_said_so(
    plain: Page, connection: Connection
) -> None:
    """Searching is a form of its own; without a procedure there is no date, and the page says what to do."""
    plain.goto("/can-bo/ho-so-moi")
    plain.get_by_label("Thủ tục: tên").fill("ket hon")
    plain.get_by_role("button", name="Tìm", exact=True).click()
    expect(plain.get_by_role("radio").first).to_be_checked()
    plain.goto("/can-bo/ho-so-moi")
    plain.get_by_label("Người nộp").fill("Hoàng Văn Thọ")
    plain.locator("#files").set_input_files([SCAN])
    plain.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(plain.get_by_role("alert")).to_contain_text("Chưa chọn thủ tục")
    assert connection.execute("SELECT status, due_at FROM dossier").fetchone() == (2, None)


@pytest.fixture
def code(site: str, page: Page, connection: Connection) -> str:
    """A dossier handed in for one procedure, read, of which the machine suggests two."""
    made: str = page.request.post(
        f"{site}/v1/dossiers", multipart={"files": SCAN, "procedure": "1.001193"}
    ).json()["code"]  # fmt: skip
    leave_read(connection, made)
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done'")
    connection.execute(
        """UPDATE dossier SET guess = '{"code": null, "confidence": 0.6, "reasons": [],
           "alternatives": [["1.001193", 0.6], ["1.004873", 0.3]]}'"""
    )
    return made


def test_the_procedure_is_chosen_at_the_desk(page: Page, connection: Connection, code: str) -> None:
    """The suggestions with what speaks for them, and a search through all; the check is opened anew."""
    page.goto(f"/can-bo/ho-so/{code}")
    page.get_by_role("link", name="Đổi thủ tục").click()
    expect(page.locator(".choose li")).to_have_count(2)
    expect(page.locator(".choose li").first).to_contain_text("Đang áp dụng")
    page.get_by_label("Tên thủ tục").fill("dang ky ket hon")
    expect(page.locator("#found li").first).to_be_visible()
    assert not find_violations(page)
    page.locator(".choose li").nth(1).get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    row = connection.execute("SELECT procedure, declared_procedure FROM dossier").fetchone()
    assert row == ("1.004873", "1.004873")
    opened = connection.execute("SELECT count(*) FROM stage_run WHERE stage = 'check' AND finished_at IS NULL")
    assert opened.fetchone() == (1,)
    kept = connection.execute("SELECT data ->> 'before' FROM event WHERE kind = 'procedure_chosen'").fetchall()
    assert kept == [("1.001193",)]
