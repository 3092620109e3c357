"""Files go ahead of the form in pieces: over a line that breaks, and over a page that is loaded anew."""

import base64
import hashlib
import io
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from services.storage.database import Connection
from tests.builders.cut_line import line_to

BIG = b"%PDF-1.4 " + bytes(range(256)) * 10_000
SCAN: FilePayload = {"name": "bản quét.pdf", "mimeType": "application/pdf", "buffer": BIG}


CUT_AFTER = 1_500_000


def received(connection: Connection) -> int:
    """Bytes that rest of the files on their way."""
    row = connection.execute("SELECT coalesce(sum(received), 0) FROM upload").fetchone()
    return int(row[0]) if row else 0


def handed_in(connection: Connection) -> list[tuple[str, str]]:
    """Names and SHA-256 of what dossiers hold."""
    return connection.execute("SELECT name, sha256 FROM document").fetchall()


def test_a_line_that_breaks_goes_on_by_itself(page: Page, connection: Connection) -> None:
    """The second and the third try of the second piece are lost; nobody presses anything, the file arrives whole."""
    numbers = count(1)

    def lose_some(route: Route) -> None:
        if route.request.method == "PATCH" and next(numbers) in {2, 3}:
            route.abort()
        else:
            route.continue_()

    page.route("**/v1/uploads/*", lose_some)
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([SCAN])
    expect(page.locator("[data-files] small")).to_have_text("Mất kết nối, đang thử lại…")
    expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong", timeout=15_000)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    assert handed_in(connection) == [("bản quét.pdf", hashlib.sha256(BIG).hexdigest())]


def test_a_line_that_is_really_cut_goes_on_from_its_offset(browser: Browser, site: str, connection: Connection) -> None:
    """The connection dies in the middle of a piece and none can be opened for a while; then the rest is sent by itself.

    It goes on from the byte the server has, and the file arrives whole.
    """
    with line_to(int(site.rsplit(":", 1)[1]), CUT_AFTER) as line:
        context = browser.new_context(base_url=f"http://127.0.0.1:{line.port}")
        page = context.new_page()
        offsets: list[int] = []
        page.on("request", lambda told: offsets.append(int(told.headers.get("upload-offset", -1))))
        page.goto("/nop-ho-so")
        page.locator("#files").set_input_files([SCAN])
        expect(page.locator("[data-files] small")).to_have_text("Mất kết nối, đang thử lại…")
        assert line.is_cut
        there = received(connection)
        assert 1024 * 1024 <= there < len(BIG)
        offsets.clear()
        line.mend()
        expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong", timeout=40_000)
        assert next(offset for offset in offsets if offset >= 0) >= there
        page.get_by_role("button", name="Nộp hồ sơ").click()
        expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
        context.close()
    assert handed_in(connection) == [("bản quét.pdf", hashlib.sha256(BIG).hexdigest())]


def test_a_page_loaded_anew_goes_on_where_it_was(page: Page, connection: Connection, tmp_path: Path) -> None:
    """One piece is there when the page is loaded anew: the file is asked for again, only its rest is sent."""
    sent: list[int] = []
    # a file that lies somewhere: chosen again it has the same date
    scan = tmp_path / "bản quét.pdf"
    scan.write_bytes(BIG)

    def only_the_first(route: Route) -> None:
        if route.request.method == "PATCH" and sent:
            route.abort()
        else:
            sent.extend([1] if route.request.method == "PATCH" else [])
            route.continue_()

    page.route("**/v1/uploads/*", only_the_first)
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files(scan)
    expect(page.locator("[data-files] small")).to_have_text("Mất kết nối, đang thử lại…")
    assert received(connection) == 1024 * 1024
    page.unroute("**/v1/uploads/*")
    page.reload()
    expect(page.locator("[data-files] li")).to_contain_text("bản quét.pdf")
    expect(page.locator("[data-files] small")).to_contain_text("chọn lại đúng tệp này")
    offsets: list[str] = []
    page.on("request", lambda request: offsets.append(request.headers.get("upload-offset", "")))
    expect(page.locator("[data-files] li")).to_have_count(1)
    page.locator("#files").set_input_files(scan)
    expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong")
    assert next(offset for offset in offsets if offset) == str(1024 * 1024)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    assert handed_in(connection) == [("bản quét.pdf", hashlib.sha256(BIG).hexdigest())]
    # the tab forgets what was handed in
    assert page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('files '))") == []


def test_whole_files_are_still_there_after_a_reload(page: Page, connection: Connection) -> None:
    """What had arrived whole needs no choosing again."""
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([SCAN])
    expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong")
    page.reload()
    expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    assert handed_in(connection) == [("bản quét.pdf", hashlib.sha256(BIG).hexdigest())]


def test_a_pdf_that_arrived_has_its_picture_and_a_broken_one_says_why(page: Page) -> None:
    """The server draws what a browser cannot; a broken file keeps its plain icon, with a sentence beside it."""
    drawn = io.BytesIO()
    Image.new("RGB", (600, 800), "navy").save(drawn, "PDF")
    good: FilePayload = {"name": "tốt.pdf", "mimeType": "application/pdf", "buffer": drawn.getvalue()}
    bad: FilePayload = {"name": "hỏng.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 broken"}
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([good, bad])
    rows = page.locator("[data-files] li")
    expect(rows.nth(0).locator("img")).to_be_visible()
    expect(rows.nth(1).locator("i")).to_have_text("pdf")
    expect(rows.nth(1).locator(".error")).to_contain_text("Tệp PDF bị hỏng")
    expect(rows.nth(0).locator(".error")).to_be_hidden()
    # chosen again or loaded anew, the list shows the same
    page.reload()
    expect(page.locator("[data-files] img")).to_have_count(1)
    expect(page.locator("[data-files] .error").nth(1)).to_contain_text("Tệp PDF bị hỏng")


def test_files_of_before_are_told_as_such_and_gone_once_handed_in(page: Page, connection: Connection) -> None:
    """A page opened again says the list is of before and empties it at one press; after handing in nothing is left."""
    page.goto("/nop-ho-so")
    expect(page.locator("[data-before]")).to_be_hidden()
    page.locator("#files").set_input_files([SCAN])
    expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong")
    expect(page.locator("[data-before]")).to_be_hidden()
    page.goto("/nop-ho-so")
    expect(page.locator("[data-before]")).to_contain_text("lần trước, chưa nộp")
    page.get_by_role("button", name="Bắt đầu lại, bỏ tất cả").click()
    expect(page.locator("[data-files] li")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-before]")).to_be_hidden()
    page.locator("#files").set_input_files([SCAN])
    expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    page.wait_for_timeout(500)
    page.goto("/nop-ho-so")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-files] li")).to_have_count(0)
    expect(page.locator("[data-before]")).to_be_hidden()
    assert len(handed_in(connection)) == 1


DROP = """async (place, [name, type, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const dragged = new DataTransfer();
    dragged.items.add(new File([bytes], name, { type }));
    const told = { dataTransfer: dragged, bubbles: true, cancelable: true };
    const say = (kind) => place.dispatchEvent(new DragEvent(kind, told));
    say("dragover");
    const over = place.classList.contains("over");
    return [over, !say("drop"), place.classList.contains("over")];
}"""


def test_a_file_that_is_dropped_goes_as_one_that_is_chosen(page: Page, connection: Connection) -> None:
    """The place shows that it takes the file, the browser does not open it, and it is handed in whole."""
    page.goto("/nop-ho-so")
    content = base64.b64encode(BIG).decode()
    place = page.locator("[data-drop]")
    assert place.evaluate(DROP, [SCAN["name"], SCAN["mimeType"], content]) == [True, True, False]
    expect(page.locator("[data-files] small")).to_have_text("Đã gửi xong", timeout=15_000)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible(timeout=20_000)
    assert handed_in(connection) == [("bản quét.pdf", hashlib.sha256(BIG).hexdigest())]


def test_a_telephone_offers_its_camera(browser: Browser, site: str, connection: Connection) -> None:
    """The button opens the camera at the back for pictures; each is one more file. A mouse has no such button."""
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "navy").save(picture, "JPEG")
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto("/nop-ho-so")
    camera = page.locator("#camera")
    assert (camera.get_attribute("capture"), camera.get_attribute("accept")) == ("environment", "image/*")
    for name in ("một.jpg", "hai.jpg"):
        with page.expect_file_chooser() as asked:
            page.get_by_text("Chụp ảnh").tap()
        picture.write(name.encode())
        taken: FilePayload = {"name": name, "mimeType": "image/jpeg", "buffer": picture.getvalue()}
        asked.value.set_files([taken])
    expect(page.locator("[data-files] img")).to_have_count(2)
    page.get_by_role("button", name="Nộp hồ sơ").tap()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    assert {name for name, _ in handed_in(connection)} == {"một.jpg", "hai.jpg"}
    context.close()
    desk = browser.new_page(base_url=site)
    desk.goto("/nop-ho-so")
    expect(desk.get_by_text("Chụp ảnh", exact=True)).to_be_hidden()
    desk.close()
