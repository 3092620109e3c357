"""Officials answer, draft, approve and judge on one page; the figures are everybody's."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from services.clock import now
from services.storage.assistant_log import TurnRow, store_turn
from services.storage.database import Connection
from tests.browser.test_questions import QUESTION


def ask_for_a_person(page: Page) -> None:
    """A question that becomes a ticket."""
    page.goto("/hoi-dap")
    page.get_by_label("Câu hỏi của bạn").fill("tôi muốn gặp cán bộ để hỏi về chỗ gửi xe")
    page.keyboard.press("Enter")
    # the first question of a process loads the search
    expect(page.locator(".reply.handover")).to_have_count(1, timeout=60_000)


def test_a_ticket_is_answered_and_its_answer_is_used_from_then_on(plain: Page) -> None:
    """Without a script: the form of the ticket, the tick, the sentence that says it was done."""
    ask_for_a_person(plain)
    plain.goto("/can-bo/hoi-dap")
    plain.locator("summary", has_text="TL-").click()
    ticket = plain.locator("details", has=plain.locator("summary", has_text="TL-")).first
    ticket.get_by_label("Câu trả lời", exact=True).fill("Gửi xe miễn phí ở sân sau.")
    ticket.get_by_label("Cơ quan chịu trách nhiệm").fill("Trung tâm xã")
    ticket.get_by_label("Từ nay dùng câu trả lời này").check()
    ticket.get_by_label("Người dân hỏi thế nào").fill("chỗ gửi xe trung tâm ở đâu")
    ticket.get_by_label("Mã thủ tục").fill("khong-co")
    ticket.get_by_role("button", name="Gửi câu trả lời").click()
    expect(plain.get_by_role("alert")).to_contain_text("khong-co")
    ticket = plain.locator("details[open]", has=plain.locator("summary", has_text="TL-")).first
    ticket.get_by_label("Mã thủ tục").fill("")
    ticket.get_by_label("Cơ quan chịu trách nhiệm").fill("Trung tâm xã")
    ticket.get_by_role("button", name="Gửi câu trả lời").click()
    expect(plain.get_by_role("status")).to_contain_text("Đã gửi câu trả lời")
    plain.goto("/hoi-dap")
    plain.get_by_label("Câu hỏi của bạn").fill("chỗ gửi xe của trung tâm ở đâu ạ")
    plain.get_by_role("button", name="Gửi").click()
    expect(plain.locator(".reply")).to_contain_text("Gửi xe miễn phí ở sân sau.")


def test_an_answer_is_drafted_approved_and_withdrawn(plain: Page) -> None:
    """A draft answers nobody; the page says who wrote and who approved."""
    plain.goto("/can-bo/hoi-dap")
    plain.locator("summary", has_text="Viết câu trả lời mới").click()
    form = plain.locator("form[action$='cau-tra-loi']")
    form.get_by_label("Người dân hỏi thế nào").fill("nhà văn hoá thôn cho mượn loa không")
    form.get_by_label("Câu trả lời").fill("Có, hỏi trưởng thôn.")
    form.get_by_role("button", name="Lưu bản nháp").click()
    expect(plain.locator("#entries")).to_contain_text("Bản nháp")
    entry = plain.locator("#entries details[open]").first
    entry.get_by_label("Cơ quan chịu trách nhiệm").fill("UBND xã")
    entry.get_by_role("button", name="Duyệt và dùng").click()
    expect(plain.get_by_role("status")).to_contain_text("Đã duyệt")
    plain.locator("#entries summary", has_text="nhà văn hoá").click()
    plain.get_by_role("button", name="Thôi dùng").click()
    expect(plain.locator("#entries")).to_contain_text("Chưa có")


def test_a_sample_is_judged_and_everybody_sees_the_share(page: Page, connection: Connection) -> None:
    """What was drawn by chance makes the published share, with its interval."""
    last_week = now() - timedelta(days=7)
    store_turn(
        connection, TurnRow("t", 1, last_week, QUESTION, "answer", "procedure", "vi", ["1.001193"], [], 0.9, 0.01)
    )
    page.goto("/can-bo/hoi-dap")
    page.locator("#sample").get_by_role("button", name="Đúng").click()
    expect(page.locator("#sample td").last).to_have_text("Đúng")
    page.goto("/so-lieu/tro-ly")
    expect(page.locator("tbody tr").last).to_contain_text("1 câu được chấm")
