"""When something is away: every page says so in a sentence one can act on, with its guards, and goes on afterwards."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from services.catalogue.shipped import load_shipped
from services.portal.app import GUARDS, create_portal
from services.settings import Settings
from services.stack.postgres import EmbeddedPostgres
from services.storage.database import Connection, connect
from services.storage.procedures import add_missing
from tests.browser.test_citizen import PHOTO
from tests.builders.cut_line import line_to
from tests.builders.serving import served

NEED_DATA = ["/thu-tuc", "/nop-ho-so", "/can-bo", "/lanh-dao"]
SOON_S = 2.5
"""A person is told within this; without a note of the last attempt each page waits for a connection for 5 s."""
NEED_NONE = ["/", "/tra-cuu", "/hoi-dap", "/khong-co"]


@pytest.fixture
def breakable(own_postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[str]:
    """The portal over that database."""
    url = own_postgres.database()
    with connect(url) as connection:
        add_missing(connection, load_shipped())
    settings = Settings(database_url=url, store_url=f"file://{tmp_path}/objects", data_folder=tmp_path, access="open")
    app = create_portal(settings)

    @app.get("/hong")
    def fail() -> None:
        raise RuntimeError

    app.state.rules[("GET", "/hong")] = app.state.rules[("GET", "/")]
    with served(app) as address:
        yield address


def test_a_stopped_database_is_a_page_and_comes_back(
    browser: Browser, breakable: str, own_postgres: EmbeddedPostgres
) -> None:
    """503 with a sentence, a way to try again and every guard, on each page that needs data; the others stand.

    An error that nobody foresaw has its guards too.
    """
    check_errors(breakable)
    with httpx.Client(base_url=breakable, headers={"accept": "text/html"}, timeout=30) as client:
        assert client.get("/thu-tuc").status_code == 200
        own_postgres.stop()
        for path in NEED_DATA:
            answer = client.get(path)
            assert answer.elapsed.total_seconds() < SOON_S, path
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "30"), path
            assert "Hồ sơ đã nộp vẫn được giữ an toàn" in answer.text, path
            check_guards(answer)
        assert [client.get(path).status_code for path in NEED_NONE] == [200, 200, 200, 404]
    context = browser.new_context(base_url=breakable, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto("/thu-tuc")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hệ thống đang tạm gián đoạn")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # while one types, the sentence stands at the foot of the page
    page.goto("/")
    page.get_by_label("Tìm thủ tục bằng lời của bạn").fill("khai sinh")
    expect(page.locator("#trouble")).to_contain_text("Hồ sơ đã nộp vẫn được giữ an toàn")
    own_postgres.start()
    page.goto("/thu-tuc")
    while page.get_by_role("link", name="Thử lại").count():
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Thử lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thủ tục")
    context.close()


def check_guards(answer: httpx.Response) -> None:
    """The headers of any page."""
    assert {name: answer.headers.get(name) for name in GUARDS} == GUARDS


def check_errors(address: str) -> None:
    """For people a page, for programs a problem document, with the headers of any page."""
    for path, status in (("/hong", 500), ("/khong-co", 404)):
        answer = httpx.get(f"{address}{path}", headers={"accept": "text/html"}, timeout=60)
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("text/html")
        assert 'href="/"' in answer.text
        check_guards(answer)
        told = httpx.get(f"{address}{path}", timeout=60)
        assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
        check_guards(told)


def test_a_lost_network_is_said_while_one_types_and_forgotten_after(browser: Browser, site: str) -> None:
    """The line is cut for real: a sentence where there was silence; the next answer takes it away."""
    with line_to(int(site.rsplit(":", 1)[1])) as line:
        context = browser.new_context(base_url=f"http://127.0.0.1:{line.port}")
        page = context.new_page()
        page.goto("/")
        line.cut()
        box = page.get_by_label("Tìm thủ tục bằng lời của bạn")
        box.fill("khai sinh")
        expect(page.get_by_role("alert")).to_contain_text("Mất kết nối mạng")
        line.mend()
        box.fill("khai sinh cho con")
        expect(page.locator("#found a").first).to_be_visible()
        expect(page.locator("#trouble")).to_be_hidden()
        context.close()


def test_what_is_asked_for_is_seen_to_be_asked_for(page: Page) -> None:
    """While an answer is on its way its place is busy, and a question cannot be sent twice."""
    held: list[Route] = []
    page.route("**/hoi-dap", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.goto("/hoi-dap")
    page.locator("#text").fill("đăng ký kết hôn ở đâu")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("#thread[aria-busy=true]")).to_be_attached()
    expect(page.get_by_text("Đang tìm câu trả lời")).to_be_visible()
    expect(page.get_by_role("button", name="Gửi")).to_be_disabled()
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.locator(".reply")).to_have_count(1)
    expect(page.get_by_text("Đang tìm câu trả lời")).to_be_hidden()
    expect(page.get_by_role("button", name="Gửi")).to_be_enabled()
    assert len(held) == 1


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page) -> None:
    """A plain form: of two presses one is sent."""
    sent: list[Route] = []
    page.route("**/tra-cuu", lambda route: sent.append(route) if route.request.method == "POST" else route.continue_())
    page.goto("/tra-cuu")
    page.get_by_label("Mã hồ sơ").fill("H37.00-261124-0001")
    page.get_by_label("Mã tra cứu").fill("SAIMATMA")
    page.get_by_role("button", name="Xem hồ sơ").dblclick(no_wait_after=True)
    page.wait_for_timeout(500)
    assert len(sent) == 1
    sent[0].continue_()
    expect(page.get_by_role("alert")).to_contain_text("Không có hồ sơ nào")
    expect(page.get_by_role("button", name="Xem hồ sơ")).to_be_enabled()


def test_a_refused_form_keeps_what_was_typed_and_sent(page: Page, connection: Connection) -> None:
    """The server refuses once; the sentence stands by the button, the name and the file are still there."""
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if route.request.method == "POST" and not refused:
            refused.append("once")
            route.fulfill(
                status=503, content_type="text/html", body='<main><p class="error" role="alert">Bận</p></main>'
            )
        else:
            route.continue_()

    page.route("**/nop-ho-so", refuse_once)
    page.goto("/nop-ho-so")
    page.locator("#files").set_input_files([PHOTO])
    page.get_by_label("Họ và tên").fill("Nông Thị Hoa")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("alert")).to_have_text("Bận")
    expect(page.get_by_label("Họ và tên")).to_have_value("Nông Thị Hoa")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nhận hồ sơ")).to_be_visible()
    assert connection.execute("SELECT applicant ->> 'name' FROM dossier").fetchall() == [("Nông Thị Hoa",)]
