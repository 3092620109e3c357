"""An officer sorts a file that holds several papers: by mouse, by keyboard, and without a script."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from services.storage.database import Connection
from services.storage.sorting import all_sorted
from tests.browser.violations import find_violations
from tests.builders.read_dossier import leave_read


@pytest.fixture
def code(site: str, connection: Connection) -> str:
    """A scan of three pages that the machine took for one paper."""
    files = {"files": ("quét.pdf", b"%PDF-1.4 one", "application/pdf")}
    made: str = httpx.post(f"{site}/v1/dossiers", files=files, data={"channel": "1"}).json()["code"]
    dossier = leave_read(connection, made)
    for number in (2, 3):
        connection.execute(
            """INSERT INTO page (dossier_id, document, number, width, height, source, engine, preparation, confidence,
                                 lines)
               VALUES (%s, 1, %s, 1000, 1400, 'ocr', 'pytesseract', '{}', 0.9, '[]')""",
            (dossier, number),
        )
    connection.execute("UPDATE paper SET pages = '[[1, 1], [1, 2], [1, 3]]' WHERE dossier_id = %s", (dossier,))
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done'")
    return made


def papers_of(connection: Connection) -> list[tuple[str, list[list[int]]]]:
    return connection.execute("SELECT kind, pages FROM paper ORDER BY pages -> 0").fetchall()


def test_papers_are_split_and_joined_by_keyboard_and_mouse(page: Page, connection: Connection, code: str) -> None:
    """T splits, G joins, a page is dragged; what is saved is read again and kept as an example for training."""
    page.goto(f"/can-bo/ho-so/{code}")
    page.get_by_role("link", name="Sắp xếp, tách, ghép giấy tờ").click()
    piles = page.locator(".pile:visible")
    expect(piles).to_have_count(1)
    page.locator("[data-page] a").nth(1).focus()
    page.keyboard.press("t")
    expect(piles).to_have_count(2)
    expect(page.locator("[data-told]")).to_contain_text("Đã tách")
    expect(piles.nth(1).get_by_label("Loại giấy tờ")).to_be_focused()
    assert not find_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    piles.nth(1).locator("[data-page] a").first.focus()
    page.keyboard.press("g")
    expect(piles).to_have_count(1)
    page.get_by_role("button", name="Tách từ đây thành giấy tờ mới: quét.pdf, trang 2").click()
    piles.nth(1).get_by_label("Loại giấy tờ").select_option("medical_birth_certificate")
    # fingers do not drag: that is for a mouse, before a larger screen
    page.set_viewport_size({"width": 1200, "height": 1600})
    page.locator("[data-page] a").nth(2).drag_to(piles.nth(0).get_by_role("heading"))
    expect(piles.nth(0).locator("[data-page]")).to_have_count(2)
    page.get_by_role("button", name="Lưu cách sắp xếp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    sorted_so = [("birth_certificate", [[1, 1], [1, 3]]), ("medical_birth_certificate", [[1, 2]])]
    assert papers_of(connection) == sorted_so
    (example,) = all_sorted(connection).values()
    assert [(paper.kind, [list(one) for one in paper.pages]) for paper in example] == sorted_so
    # the machine reads what changed before anybody may sort again
    page.goto(f"/can-bo/ho-so/{code}/giay-to")
    expect(page.get_by_role("button", name="Lưu cách sắp xếp")).to_be_disabled()
    expect(page.get_by_role("status").first).to_contain_text("Máy còn đang đọc")
    assert not find_violations(page)
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done' WHERE stage = 'extract'")
    expect(page.get_by_role("button", name="Lưu cách sắp xếp")).to_be_enabled()


def test_papers_are_sorted_without_a_script(plain: Page, connection: Connection, code: str) -> None:
    """Boxes alone; a paper without a kind is named in a sentence, and nothing of what was chosen is lost."""
    plain.goto(f"/can-bo/ho-so/{code}/giay-to")
    plain.get_by_label("Thuộc giấy tờ: quét.pdf, trang 3").select_option("2")
    plain.get_by_role("button", name="Lưu cách sắp xếp").click()
    expect(plain.get_by_role("alert")).to_contain_text("Chưa chọn loại cho giấy tờ 2")
    expect(plain.get_by_label("Thuộc giấy tờ: quét.pdf, trang 3")).to_have_value("2")
    plain.locator("#k2").select_option("residence_confirmation")
    plain.get_by_role("button", name="Lưu cách sắp xếp").click()
    assert papers_of(connection) == [
        ("birth_certificate", [[1, 1], [1, 2]]), ("residence_confirmation", [[1, 3]])
    ]  # fmt: skip
