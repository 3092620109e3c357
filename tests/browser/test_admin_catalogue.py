"""A new version of a procedure by hand, and a file of procedures: each is looked at before it holds; no script."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services import clock
from services.catalogue.shipped import load_shipped
from services.dossier.history import EventKind, HistoryEvent
from services.settings import Settings
from services.storage.appointments import appoint
from services.storage.audit import read_audit
from services.storage.database import Connection
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import add_missing, find_procedure, versions_of
from services.storage.projection import project

CODE = "1.004873"


@pytest.fixture
def settings(settings: Settings, connection: Connection) -> Settings:
    """The catalogue that ships, and an open dossier under it."""
    add_missing(connection, load_shipped())
    now = clock.now()
    new = NewDossier("H37.00-261124-0001", "tinh", 1, {}, "", None, "normal", 1, now, "K7M2P9QX")
    dossier_id = add_dossier(connection, new)
    facts = [HistoryEvent(EventKind.SUBMITTED, now), HistoryEvent(EventKind.RECEIVED, now)]
    append_history(connection, dossier_id, facts, after=0)
    appoint(connection, dossier_id, next(one for one in load_shipped() if one.code == CODE), "normal")
    return settings


def test_a_new_version_holds_from_its_day_and_dossiers_keep_theirs(plain: Page, connection: Connection) -> None:
    """Only what changed is shown; the date of the open dossier stays; the version before ends the day before."""
    today = clock.in_vietnam(clock.now()).date()
    plain.goto("/quan-tri/thu-tuc?q=tinh+trang+hon+nhan")
    plain.get_by_role("link", name=re.compile("xác nhận tình trạng hôn nhân")).first.click()
    plain.get_by_role("link", name="Lập phiên bản mới").click()
    plain.get_by_label("Có hiệu lực từ").fill(today.isoformat())
    plain.get_by_label("Lý do").fill("QĐ 99/QĐ-UBND")
    plain.locator("#times").fill("2 ngày làm việc")
    plain.get_by_role("button", name="Xem trước").click()
    expect(plain.locator(".diff tbody tr")).to_have_count(1)
    expect(plain.locator(".diff ins")).to_have_text("2 ngày làm việc")
    expect(plain.locator(".facts")).to_contain_text("1 hồ sơ giữ phiên bản cũ")
    assert len(versions_of(connection, CODE)) == 1
    plain.get_by_role("button", name="Ban hành phiên bản 2").click()
    expect(plain.get_by_role("status")).to_be_visible()
    new, old = versions_of(connection, CODE)
    assert (new.times[0].lead.amount, new.effective_from, old.effective_to) == (2, today, today - timedelta(days=1))
    row = connection.execute("SELECT id, due_at, procedure_version FROM dossier").fetchone()
    assert row is not None
    project(connection, row[0])
    assert connection.execute("SELECT id, due_at, procedure_version FROM dossier").fetchone() == row
    assert row[2] == 1
    found = find_procedure(connection, CODE, on=today - timedelta(days=1))
    assert found is not None
    assert found.version == 1
    (entry,) = read_audit(connection)
    assert (entry.action, entry.subject, entry.data["parts"]) == ("procedure_renewed", CODE, ["times"])


def test_what_does_not_hold_is_said_and_what_was_typed_stays(plain: Page) -> None:
    """An unreadable time, an unknown condition, nothing changed."""
    for name, value, said in (
        ("times", "ba hôm", "ba hôm"),
        ("paper-1-when", "online and khong_biet", "khong_biet"),
        ("effective_from", "2020-01-01", "phải có hiệu lực sau"),
        ("steps", None, "giống hệt"),
    ):
        plain.goto(f"/quan-tri/thu-tuc/{CODE}/sua")
        plain.locator("#reason").fill("QĐ 1")
        if value is not None:
            plain.locator(f"#{name}").fill(value)
        plain.get_by_role("button", name="Xem trước").click()
        expect(plain.get_by_role("alert")).to_contain_text(said)
        assert plain.locator("#reason").input_value() == "QĐ 1"
        assert value is None or plain.locator(f"#{name}").input_value() == value


def renew(plain: Page, times: str, day: date, like: str = "") -> None:
    """A version that differs in its time, or says what another said, from a day on."""
    plain.goto(f"/quan-tri/thu-tuc/{CODE}/sua{like}")
    plain.get_by_label("Có hiệu lực từ").fill(day.isoformat())
    plain.get_by_label("Lý do").fill("QĐ 99/QĐ-UBND")
    if times:
        plain.locator("#times").fill(times)
    plain.get_by_role("button", name="Xem trước").click()
    plain.get_by_role("button", name="Ban hành phiên bản").click()
    expect(plain.get_by_role("status")).to_be_visible()


def test_any_two_versions_are_compared_and_an_earlier_one_holds_again(plain: Page, connection: Connection) -> None:
    """The first beside the third, then what the first said from another day on; equal ones are told to be so."""
    today = clock.in_vietnam(clock.now()).date()
    first = versions_of(connection, CODE)[0]
    renew(plain, "2 ngày làm việc", today)
    renew(plain, "9 ngày làm việc", today + timedelta(days=3))
    plain.goto(f"/quan-tri/thu-tuc/{CODE}")
    plain.locator("#old").select_option("1")
    plain.get_by_role("button", name="So sánh").click()
    expect(plain.locator(".diff tbody tr")).to_have_count(1)
    expect(plain.locator(".diff ins")).to_have_text("9 ngày làm việc")
    plain.get_by_role("link", name="Cho nội dung phiên bản 1 có hiệu lực trở lại").click()
    assert plain.url.endswith("like=1")
    renew(plain, "", today + timedelta(days=9), like="?like=1")
    newest = versions_of(connection, CODE)[0]
    assert (newest.version, newest.times, newest.papers) == (4, first.times, first.papers)
    assert newest.effective_from == today + timedelta(days=9)
    plain.goto(f"/quan-tri/thu-tuc/{CODE}/so-sanh?old=1&new=4")
    expect(plain.locator("main .empty")).to_contain_text("giống hệt")
    assert plain.request.get(f"/quan-tri/thu-tuc/{CODE}/so-sanh?old=1&new=9").status == 404
    told = plain.request.get(f"/v1/catalogue/{CODE}/differences?old=2&new=3").json()
    assert [one["part"] for one in told["differences"]] == ["times"]
    assert len([one for one in read_audit(connection) if one.action == "procedure_renewed"]) == 3


def test_a_procedure_ends(plain: Page, connection: Connection) -> None:
    """After its last day nobody finds it in force."""
    today = clock.in_vietnam(clock.now()).date()
    plain.goto(f"/quan-tri/thu-tuc/{CODE}")
    plain.get_by_text("Cho hết hiệu lực").first.click()
    plain.get_by_label("Lý do").fill("Bãi bỏ")
    plain.get_by_role("button", name="Cho hết hiệu lực").click()
    expect(plain.get_by_role("status")).to_be_visible()
    assert find_procedure(connection, CODE, on=today) is not None
    assert find_procedure(connection, CODE, on=today + timedelta(days=1)) is None


def test_a_file_is_looked_at_and_then_imported(plain: Page, connection: Connection, tmp_path: Path) -> None:
    """A new procedure, a changed one, and a row without a code; known ones change only where that is asked for."""
    rows = [
        {"code": CODE, "name_vi": "Giấy xác nhận", "processing_days": 2, "day_kind": "working"},
        {"code": "1.999999", "name_vi": "Thủ tục mới", "processing_days": 5, "day_kind": "working", "field": "Mới"},
        {"code": "", "name_vi": "Không mã"},
    ]
    path = tmp_path / "danh-muc.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    plain.goto("/quan-tri/thu-tuc-nhap")
    plain.locator("#file").set_input_files(path)
    plain.get_by_label("Thủ tục đã có").check()
    plain.get_by_role("button", name="Xem trước").click()
    assert plain.locator(".numbers b").all_inner_texts()[:3] == ["2", "1", "1"]
    expect(plain.locator("main tbody")).to_contain_text("Tên thủ tục")
    # a thin file would lose what the catalogue knows: that is said before anything is written
    expect(plain.locator("main tbody .error")).to_contain_text("Giấy tờ")
    assert find_procedure(connection, "1.999999", version=1) is None
    plain.get_by_role("button", name="Xác nhận nhập").click()
    expect(plain.get_by_role("status")).to_be_visible()
    assert find_procedure(connection, "1.999999", version=1) is not None
    assert [one.version for one in versions_of(connection, CODE)] == [2, 1]
    assert [entry.action for entry in read_audit(connection)] == ["catalogue_imported"]
    (tmp_path / "hong.json").write_text("{")
    plain.goto("/quan-tri/thu-tuc-nhap")
    plain.locator("#file").set_input_files(tmp_path / "hong.json")
    plain.get_by_role("button", name="Xem trước").click()
    expect(plain.get_by_role("alert")).to_contain_text("hong.json")
