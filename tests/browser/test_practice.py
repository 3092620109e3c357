"""An official practises: a wrong answer says why, the right one teaches and leads on."""

from playwright.sync_api import Page, expect

from services.storage.database import Connection


def test_a_task_is_tried_until_it_is_right(page: Page, connection: Connection) -> None:
    """The wrong action is told apart from the right one; nothing of it becomes a dossier."""
    page.goto("/tap-su")
    page.get_by_role("link", name="Tiếp nhận hồ sơ đủ").click()
    page.get_by_label("Rút hồ sơ").check()
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("status")).to_contain_text("Chưa đúng")
    page.get_by_label("Tiếp nhận").first.check()
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("status")).to_contain_text("Đúng")
    page.get_by_role("link", name="Bài tiếp theo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Yêu cầu bổ sung một lần")
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (0,)


def test_fields_are_compared_with_the_paper(page: Page) -> None:
    """What the machine misread has to be typed as printed."""
    page.goto("/tap-su/correct_fields")
    page.get_by_label("Họ và tên").fill("Hoàng Thị Mẩy")
    page.get_by_label("Ngày sinh").fill("08/3/2026")
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("status")).to_contain_text("✗ nơi sinh")
    page.get_by_label("Nơi sinh").fill("Trạm Y tế xã Ba Sơn")
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("status")).to_contain_text("Đúng")
