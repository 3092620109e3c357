"""An administrator looks after the machine: the log sought and checked, a dead letter replayed, a model changed."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from services import clock
from services.pipeline.route import Stage
from services.settings import Settings
from services.storage.audit import Deed, Doer, note_deed, read_audit
from services.storage.database import Connection
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.models import ModelShelf
from services.storage.objects import open_store
from services.storage.runs import Opening, Subject, open_runs
from services.wording import sentence

CARD = """# Kinds of paper

| figure | this model |
| --- | --- |
| first guess right | 0.9698 |

Made by

    motcua train
"""


def note(connection: Connection, actor: str, action: str, subject: str) -> None:
    note_deed(connection, Doer(actor), Deed(action, subject, {"reason": "vì <b>việc</b>"}), clock.now())


def test_the_log_is_searched_and_checked(plain: Page, connection: Connection) -> None:
    """By who, what and about what; whole until somebody changes a row behind its back; an old head must be there."""
    note(connection, "hoa", "value_revealed", "H37.00-261124-0001")
    note(connection, "hoa", "signed_in", "hoa")
    note(connection, "lan", "value_revealed", "H37.00-261124-0002")
    plain.goto("/quan-tri/nhat-ky")
    plain.get_by_label("Người làm").fill("hoa")
    plain.get_by_label("Việc", exact=True).select_option("value_revealed")
    plain.get_by_role("button", name="Tìm").click()
    expect(plain.locator("main tbody tr")).to_have_count(1)
    expect(plain.locator("main tbody")).to_contain_text("vì <b>việc</b>")
    plain.goto("/quan-tri/nhat-ky?subject=H37.00-261124-0002&from=2020-01-01&to=2020-12-31")
    expect(plain.locator(".empty")).to_be_visible()
    plain.locator("main summary").click()
    plain.get_by_role("button", name="Kiểm tra ngay").click()
    head = plain.get_by_role("status").locator("code").inner_text()
    plain.get_by_label("Đầu chuỗi ghi lần trước").fill(head)
    plain.get_by_role("button", name="Kiểm tra ngay").click()
    expect(plain.get_by_role("status")).to_contain_text("còn nguyên")
    plain.get_by_label("Đầu chuỗi ghi lần trước").fill("99:abcd")
    plain.get_by_role("button", name="Kiểm tra ngay").click()
    expect(plain.get_by_role("alert")).to_contain_text("bị cắt")
    connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_kept")
    connection.execute("UPDATE audit SET actor = 'ai đó' WHERE id = 2")
    plain.goto("/quan-tri/nhat-ky")
    plain.locator("main summary").click()
    plain.get_by_role("button", name="Kiểm tra ngay").click()
    expect(plain.get_by_role("alert")).to_contain_text("dòng 2")


def test_the_log_is_taken_along(plain: Page, connection: Connection) -> None:
    """The filtered rows, whole; what a stranger typed is no formula; that it was taken is a row."""
    note(connection, "", "sign_in_failed", "=cmd|' /C calc'!A0")
    note(connection, "hoa", "signed_in", "hoa")
    table = plain.request.get("/v1/audit/export.csv").text()
    assert "'=cmd" in table
    assert ",=cmd" not in table
    lines = plain.request.get("/v1/audit/export.jsonl?actor=hoa").text().splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["signed_in"]
    assert [entry.action for entry in read_audit(connection)][-2:] == ["audit_exported"] * 2


def test_what_waits_for_a_person_is_replayed(plain: Page, connection: Connection) -> None:
    """The reason is shown; the button opens it anew and it waits no longer."""
    now = clock.now()
    new = NewDossier("H37.00-261124-0001", "tinh", 1, {}, "", None, "normal", 1, now, "K7M2P9QX")
    dossier_id = add_dossier(connection, new)
    reason = sentence("pipeline.out_of_memory")
    (run,) = open_runs(connection, dossier_id, "normal", [Opening(Stage.CHECK, Subject(), 1, wait_s=0)])
    connection.execute(
        """UPDATE stage_run SET started_at = now(), finished_at = now(), worker = 'a:1', outcome = 'waits_for_person',
           reason = %s WHERE id = %s""",
        (json.dumps({"id": reason.id, "params": dict(reason.params)}), run.id),
    )
    plain.goto("/quan-tri/may")
    expect(plain.locator("main")).to_contain_text(reason.say())
    plain.get_by_role("button", name="Chạy lại").click()
    expect(plain.get_by_role("status")).to_be_visible()
    expect(plain.get_by_role("button", name="Chạy lại")).to_have_count(0)
    row = connection.execute("SELECT count(*) FROM stage_run WHERE finished_at IS NULL AND stage = 'check'").fetchone()
    assert row == (1,)
    (entry,) = read_audit(connection)
    assert (entry.action, entry.subject) == ("run_replayed", "H37.00-261124-0001")


def test_a_model_is_put_in_use_and_taken_back(plain: Page, settings: Settings, connection: Connection) -> None:
    """Its card is read first; the way back leads to what was in use before."""
    Path(settings.store_url.removeprefix("file://")).mkdir(parents=True, exist_ok=True)
    shelf = ModelShelf(open_store(settings), "kinds")
    shelf.add(b"model", CARD)
    plain.goto("/quan-tri/mo-hinh")
    plain.get_by_role("link", name="Phiên bản 1").click()
    expect(plain.get_by_role("cell", name="0.9698")).to_be_visible()
    plain.goto("/quan-tri/mo-hinh")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Dùng bản này").click()
    assert shelf.in_use() == 1
    with plain.expect_navigation():
        plain.get_by_role("button", name="Quay lại").click()
    assert shelf.in_use() == 0
    assert [entry.action for entry in read_audit(connection)] == ["model_used", "model_rolled_back"]
