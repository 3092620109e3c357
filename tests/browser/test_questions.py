"""Asking the assistant: by keyboard, without a script, from another site's page."""

import http.server
import threading
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from services.settings import Settings
from tests.browser.violations import find_violations


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """An office that sends e-mail."""
    return settings.model_copy(update={"smtp_host": "127.0.0.1"})


QUESTION = "đăng ký khai sinh cần giấy tờ gì"


def test_a_question_is_answered_with_its_sources_and_rated(page: Page) -> None:
    """Enter sends, the answer names the procedure, the box is empty for the next question, a rating is thanked for."""
    page.goto("/hoi-dap")
    box = page.get_by_label("Câu hỏi của bạn")
    box.fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".reply")).to_have_count(1)
    expect(page.locator(".reply .sources a").first).to_be_visible()
    expect(box).to_have_value("")
    page.keyboard.type("thế còn lệ phí?")
    page.keyboard.press("Enter")
    expect(page.locator(".reply")).to_have_count(2)
    page.locator(".reply").first.get_by_role("button", name="Có").click()
    expect(page.get_by_text("Cảm ơn bạn đã đánh giá")).to_be_visible()


def test_without_a_script_the_talk_goes_on(browser: Browser, site: str) -> None:
    """The key of the talk is kept in the form."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/hoi-dap")
    page.get_by_label("Câu hỏi của bạn").fill(QUESTION)
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator(".reply")).to_contain_text("khai sinh")
    assert page.locator("#talk").input_value()
    context.close()


def test_another_site_embeds_it_with_one_tag(browser: Browser, site: str, tmp_path: Path) -> None:
    """A page of another origin shows the button, the frame answers in it."""
    (tmp_path / "index.html").write_text(
        f'<html lang="vi"><body><script src="{site}/static/embed.js"></script></body></html>'
    )
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{other.server_port}/")
        page.get_by_role("button", name="Hỏi Một cửa").click()
        frame = page.frame_locator("iframe")
        frame.get_by_label("Câu hỏi của bạn").fill(QUESTION)
        frame.get_by_role("button", name="Gửi").click()
        expect(frame.locator(".reply")).to_have_count(1)
        page.close()
        other.shutdown()


def test_who_is_handed_over_leaves_an_address(page: Page) -> None:
    """Asked for under the ticket; a slip is said where it is, what was kept is shown half."""
    page.goto("/hoi-dap")
    page.get_by_label("Câu hỏi của bạn").fill("tôi muốn gặp cán bộ để hỏi trực tiếp")
    page.keyboard.press("Enter")
    box = page.get_by_label("E-mail hoặc số điện thoại")
    box.fill("hoa.example.org")
    assert find_violations(page) == ""
    page.get_by_role("button", name="Báo cho tôi").click()
    expect(page.get_by_role("alert")).to_contain_text("0912 345 678")
    box.fill("hoa@example.org")
    page.get_by_role("button", name="Báo cho tôi").click()
    expect(page.get_by_text("ho•••@example.org")).to_be_visible()
