"""An administrator subscribes a system, tries it, changes its secret, shuts it; a failed delivery is sent again."""

import json

import pytest
from playwright.sync_api import Page, expect

from services.settings import Settings
from services.storage.audit import read_audit
from services.storage.database import Connection
from services.wording import sentence


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """This machine may be told."""
    return settings.model_copy(update={"webhook_hosts": "127.0.0.1"})


def test_a_system_is_subscribed_and_looked_after(plain: Page, connection: Connection) -> None:
    """What lies inside is refused; secrets are shown once; each step is in the log."""
    plain.goto("/quan-tri/bao-tin")
    plain.get_by_label("Tên hệ thống").fill("Trục liên thông")
    plain.get_by_label("Địa chỉ nhận tin").fill("http://10.0.0.8/x")
    plain.get_by_label("Đã tiếp nhận").check()
    plain.get_by_role("button", name="Thêm và hiện khóa ký").click()
    expect(plain.get_by_role("alert")).to_be_visible()
    assert plain.get_by_label("Tên hệ thống").input_value() == "Trục liên thông"
    expect(plain.get_by_label("Đã tiếp nhận")).to_be_checked()
    plain.get_by_label("Địa chỉ nhận tin").fill("http://127.0.0.1:9/x")
    plain.get_by_role("button", name="Thêm và hiện khóa ký").click()
    secret = plain.locator(".once code").inner_text()
    plain.get_by_role("link", name="Đã chép mã").click()
    assert secret not in plain.content()
    plain.get_by_role("button", name="Gửi thử").click()
    expect(plain.locator("main tbody tr")).to_have_count(1)
    expect(plain.locator("main tbody .state")).to_have_text("Đang chờ")
    problem = sentence("notice.unknown_host", host="x.example")
    connection.execute(
        "UPDATE message SET state = 'dead', ended_at = now(), problem = %s",
        (json.dumps({"id": problem.id, "params": dict(problem.params)}),),
    )
    plain.goto("/quan-tri/may")
    expect(plain.locator("main")).to_contain_text(problem.say())
    plain.goto("/quan-tri/bao-tin")
    plain.get_by_role("link", name="Trục liên thông").click()
    plain.get_by_role("button", name="Gửi lại").click()
    expect(plain.locator("main tbody .state")).to_have_text("Đang chờ")
    plain.get_by_role("button", name="Đổi khóa ký").click()
    assert plain.locator(".once code").inner_text() != secret
    plain.get_by_role("link", name="Đã chép mã").click()
    plain.get_by_role("button", name="Đóng").click()
    expect(plain.locator(".facts .state")).to_have_text("Đã đóng")
    plain.get_by_role("button", name="Mở lại").click()
    expect(plain.locator(".facts .state")).to_have_text("Đang gửi")
    assert [entry.action for entry in read_audit(connection)] == [
        "webhook_made", "webhook_tried", "message_retried", "webhook_rotated", "webhook_shut", "webhook_opened",
    ]  # fmt: skip
