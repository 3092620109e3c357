"""A citizen finds a procedure, hands in, keeps the receipt and follows the dossier."""

import re
from http import HTTPStatus
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from services.storage.database import Connection

SAMPLES = Path(__file__).parents[2] / "samples/dossiers"
PHOTO: FilePayload = {"name": "giấy khai sinh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 one"}
EMPTY: FilePayload = {"name": "rỗng.pdf", "mimeType": "application/pdf", "buffer": b""}
ARCHIVE: FilePayload = {"name": "nén.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04" + bytes(60)}
OTHER: FilePayload = {"name": "hai.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 two"}


def test_search_answers_while_typing_without_diacritics(page: Page) -> None:
    """No button, no marks on the letters: the procedure is there, one key away."""
    page.goto("/")
    page.get_by_label("Tìm thủ tục bằng lời của bạn").press_sequentially("dang ky khai sinh", delay=20)
    page.locator('a[href="/thu-tuc/1.001193"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thủ tục đăng ký khai sinh")
    expect(page.get_by_text("Giấy chứng sinh").first).to_be_visible()


def test_hand_in_and_follow(page: Page, connection: Connection) -> None:
    """From the procedure to the receipt to the timeline; the key never stands in an address."""
    page.goto("/thu-tuc/1.001193")
    page.get_by_role("link", name="Nộp hồ sơ thủ tục này").click()
    page.locator("#files").set_input_files([PHOTO])
    expect(page.get_by_text("giấy khai sinh.pdf")).to_be_visible()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    row = connection.execute("SELECT code, receipt_key, procedure FROM dossier").fetchone()
    assert row is not None
    code, key, procedure = row
    assert procedure == "1.001193"
    expect(page.locator(".slip")).to_contain_text(key)
    slip = pdf_text(page, f"/ho-so/{code}/xac-nhan.pdf")
    assert code in slip
    assert key in slip
    assert "DỰ THẢO" not in slip
    page.get_by_role("link", name="Theo dõi hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    expect(page.locator(".timeline [aria-current=step]")).to_contain_text("Máy đọc giấy tờ")
    assert key not in page.url


def test_papers_of_the_office_are_there_once_somebody_signed(page: Page, connection: Connection) -> None:
    """What is still a draft is nobody's paper yet."""
    page.goto("/nop-ho-so?procedure=1.001193")
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    code = (connection.execute("SELECT code FROM dossier").fetchone() or ("",))[0]
    act = {"version": 1, "reason": "Thiếu giấy tờ", "items": ["Giấy chứng sinh"]}
    asked = page.request.post(f"/v1/dossiers/{code}/actions/request_supplement", data=act)
    assert asked.ok, asked.text()
    address = f"/ho-so/{code}/mau/02.pdf"
    assert page.request.get(address).status == HTTPStatus.NOT_FOUND
    page.goto(f"/ho-so/{code}")
    expect(page.get_by_role("link", name="Phiếu xác nhận")).to_be_visible()
    expect(page.locator(f"a[href='{address}']")).to_have_count(0)
    assert page.request.post(f"/v1/dossiers/{code}/forms/02/sign-off").ok
    page.reload()
    expect(page.locator(f"a[href='{address}']")).to_be_visible()
    assert "Giấy chứng sinh" in pdf_text(page, address)


def test_what_will_likely_be_asked_is_told_before_it_is(page: Page, connection: Connection) -> None:
    """The check found a paper missing: the page says so as information; once an officer asks, only he is heard."""
    page.goto("/nop-ho-so?procedure=1.001193")
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.get_by_role("link", name="Theo dõi hồ sơ").click()
    expect(page.locator("#con-thieu")).to_have_count(0)
    code = (connection.execute("SELECT code FROM dossier").fetchone() or ("",))[0]
    said = '{"id": "check.missing_paper", "params": {"name": "Giấy chứng sinh"}}'
    connection.execute(
        """INSERT INTO finding (dossier_id, stage, subject, number, rule, severity, sentence, places)
           SELECT id, 'check', 'dossier', 1, 'missing_paper', 'blocking', %s, '[]' FROM dossier""",
        (said,),
    )
    connection.execute("UPDATE dossier SET road = 'finished'")
    # the page looks again by itself
    expect(page.locator("#con-thieu")).to_contain_text("Giấy chứng sinh")
    expect(page.locator("#con-thieu")).to_contain_text("chưa phải yêu cầu; cán bộ sẽ xem lại")
    expect(page.locator(".timeline [aria-current=step]")).to_contain_text("gửi trước giấy tờ còn thiếu")
    page.locator("#con-thieu").get_by_role("link", name="Gửi thêm giấy tờ").click()
    expect(page.locator("#bo-sung")).to_be_in_viewport()
    act = {"version": 1, "reason": "Thiếu giấy tờ", "items": ["Giấy chứng sinh bản chính"]}
    assert page.request.post(f"/v1/dossiers/{code}/actions/request_supplement", data=act).ok
    page.reload()
    expect(page.locator("#con-thieu")).to_have_count(0)
    expect(page.get_by_text("Giấy chứng sinh bản chính").first).to_be_visible()


def test_files_that_cannot_be_read_are_never_said_to_be_enough(page: Page) -> None:
    """An empty file or an archive, alone and then beside a real paper: each by name with its reason, nothing green."""
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([EMPTY, ARCHIVE])
    page.get_by_role("button", name="Kiểm tra trước khi nộp").click()
    looked = page.locator("[data-looked]")
    expect(looked.locator("h2")).to_have_text("Chưa có giấy tờ nào đọc được", timeout=60_000)
    expect(looked.locator("li").filter(has_text="rỗng.pdf")).to_contain_text("Tệp rỗng")
    expect(looked.locator("li").filter(has_text="nén.zip")).to_be_visible()
    expect(looked).to_contain_text("chọn tệp mới")
    expect(looked.locator(".good")).to_have_count(0)
    page.locator("#files").set_input_files(min(SAMPLES.glob("*/*.pdf")))
    page.get_by_role("button", name="Kiểm tra trước khi nộp").click()
    expect(looked.locator("h2")).not_to_have_text("Chưa có giấy tờ nào đọc được", timeout=60_000)
    expect(looked.locator("h2")).to_be_visible(timeout=60_000)
    expect(looked.locator("li").filter(has_text="rỗng.pdf")).to_be_visible()
    expect(looked.locator(".good")).to_have_count(0)


def test_a_phone_that_is_none_is_refused_and_all_else_stays(page: Page, connection: Connection) -> None:
    """The sentence says what to write; after mending it the same files go."""
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_label("Số điện thoại").fill("abc")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.locator("[data-state]")).to_contain_text("Số điện thoại không đúng")
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (0,)
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()


def pdf_text(page: Page, address: str) -> str:
    with pdfium.PdfDocument(page.request.get(address).body()) as document:
        return "".join(document[0].get_textpage().get_text_range().split("\r\n"))


def test_a_file_can_be_taken_back_and_added(page: Page, connection: Connection) -> None:
    """Choosing again adds; a row's button removes; only what stands in the list is sent."""
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([PHOTO])
    page.locator("#files").set_input_files([OTHER])
    expect(page.locator("[data-files] li")).to_have_count(2)
    page.get_by_role("button", name="Bỏ tệp này: giấy khai sinh.pdf").click()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    assert connection.execute("SELECT name FROM document").fetchall() == [("hai.pdf",)]


def test_a_broken_connection_loses_nothing_and_sends_once(page: Page, connection: Connection) -> None:
    """The answer is lost on its way; the same button sends again and finds the dossier already there."""
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([PHOTO])
    dropped: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if not dropped:
            dropped.append("once")
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/nop-ho-so", lose_the_answer)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("status")).to_contain_text("Mất kết nối")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (1,)


def test_without_javascript(browser: Browser, site: str) -> None:
    """Search, hand in and follow need no script."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Tìm thủ tục bằng lời của bạn").fill("dang ky ket hon")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name=re.compile("kết hôn")).first.click()
    page.get_by_role("link", name="Nộp hồ sơ thủ tục này").click()
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.get_by_role("link", name="Theo dõi hồ sơ").click()
    expect(page.locator(".timeline")).to_be_visible()
    context.close()


def test_the_key_is_asked_for_and_a_wrong_one_refused(page: Page, connection: Connection) -> None:
    """Without the receipt's key nobody sees a dossier; the answer does not say which of the two was wrong."""
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    code, key = connection.execute("SELECT code, receipt_key FROM dossier").fetchone() or ("", "")
    page.context.clear_cookies()
    page.goto(f"/ho-so/{code}")
    expect(page).to_have_url(re.compile("/tra-cuu"))
    page.get_by_label("Mã tra cứu").fill("SAIMATMA")
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("Không có hồ sơ nào")
    page.get_by_label("Mã tra cứu").fill(key.lower())
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.locator(".timeline")).to_be_visible()


def test_no_file_is_said_in_a_sentence(page: Page) -> None:
    """A form sent empty comes back as a page with a sentence, not as a document for machines."""
    page.goto("/nop-ho-so")
    page.locator("#files").evaluate("field => field.required = false")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa có tệp nào")


@pytest.mark.parametrize("path", ["/khong-co", "/thu-tuc/9.999999"])
def test_a_missing_page_is_a_page(page: Page, path: str) -> None:
    """A 404 for a person has a way on."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("link", name="Về trang chủ")).to_be_visible()


def test_english_is_one_click_away_and_stays(page: Page) -> None:
    """The choice is remembered on the next page."""
    page.goto("/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you need to do?")
    page.goto("/tra-cuu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow a dossier")


def test_pictures_are_shown_before_they_are_sent(page: Page, tmp_path: object) -> None:
    """A photograph has its thumbnail in the list."""
    path = f"{tmp_path}/one.png"
    Image.new("RGB", (40, 30), "navy").save(path)
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files(path)
    expect(page.locator("[data-files] img")).to_have_count(1)


def test_a_look_before_handing_in_names_what_is_missing_and_keeps_nothing(page: Page, connection: Connection) -> None:
    """A drawn birth declaration alone: the machine names it, says what is missing, and no dossier is made."""
    pages = sorted(path for path in SAMPLES.glob("*/*.pdf"))
    page.goto("/nop-ho-so?procedure=1.001193")
    page.locator("#files").set_input_files(pages[0])
    page.get_by_role("button", name="Kiểm tra trước khi nộp").click()
    expect(page.locator("[data-looked] h2")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-looked]")).to_contain_text("không được lưu lại")
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (0,)
