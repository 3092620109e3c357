"""An officer works: what is due first, fields with the keyboard alone, an action with its sentence when refused."""

import httpx
import pytest
from playwright.sync_api import FilePayload, Page, expect
from psycopg.types.json import Jsonb
from pypdfium2 import PdfDocument

from services.storage.database import Connection
from tests.builders.read_dossier import leave_read


@pytest.fixture
def code(site: str, connection: Connection) -> str:
    """A birth dossier that was read."""
    files = {"files": ("giấy.pdf", b"%PDF-1.4 one", "application/pdf")}
    made: str = httpx.post(
        f"{site}/v1/dossiers", files=files, data={"procedure": "1.001193", "channel": "1"}, timeout=60
    ).json()["code"]
    leave_read(connection, made)
    return made


def open_action(page: Page, name: str) -> None:
    """On a phone the actions are behind one button at the foot of the window."""
    page.locator(".do > .menu summary").click()
    page.locator(".do .action summary", has_text=name).first.click()


def test_what_may_be_done_is_always_in_reach_and_covers_no_field(page: Page, code: str) -> None:
    """At the foot of the window of a phone and of a computer, before any scrolling; what has focus is seen whole."""
    for width, height in ((360, 640), (1200, 700)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"/can-bo/ho-so/{code}")
        held = page.locator(".do")
        expect(held).to_be_in_viewport(ratio=1)
        bar = held.bounding_box()
        assert bar
        assert bar["height"] <= 170
        inputs = page.locator(".field input[name=value]")
        page.keyboard.press("j")
        for number in range(inputs.count()):
            expect(inputs.nth(number)).to_be_focused()
            field, bar = inputs.nth(number).bounding_box(), held.bounding_box()
            assert field
            assert bar
            assert 0 <= field["y"] < field["y"] + field["height"] <= bar["y"]
            page.keyboard.press("ArrowDown")
        page.locator("h1").click()
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("x")
        expect(page.locator(".do summary:focus")).to_have_count(1)


def test_the_list_leads_to_the_dossier(page: Page, code: str) -> None:
    """Findings are counted in the list, the dossier is one click away."""
    page.goto("/can-bo")
    expect(page.get_by_text("1 thiếu")).to_be_visible()
    page.get_by_role("link", name=code).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    page.goto("/can-bo?show=overdue")
    expect(page.get_by_text("Không còn việc nào")).to_be_visible()


def test_fields_are_confirmed_by_keyboard(page: Page, connection: Connection, code: str) -> None:
    """Least sure first; Enter confirms and goes on; a wrong date is refused in its row; masked numbers stay here."""
    page.goto(f"/can-bo/ho-so/{code}")
    first = page.locator(".field input[name=value]").first
    expect(first).to_have_value("02/01/2026")
    first.focus()
    expect(page.locator(".sheet rect")).to_have_count(1)
    first.fill("31/2/2026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("không đúng dạng")
    page.keyboard.press("Control+a")
    page.keyboard.type("03/01/2026")
    page.keyboard.press("Enter")
    expect(page.locator(".field.confirmed")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".field.confirmed")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator(".field.confirmed")).to_have_count(3)
    kept: dict[str, str] = dict(connection.execute("SELECT name, value FROM confirmation").fetchall())
    assert kept == {"date_of_birth": "2026-01-03", "full_name": "Nông Thị Hoa", "citizen_id": "020326001234"}
    assert "020326001234" not in page.content()


def test_asking_for_papers_is_prefilled_and_needs_a_reason(page: Page, connection: Connection, code: str) -> None:
    """The list of missing papers stands there; without a reason the page says so and keeps the form open."""
    page.goto(f"/can-bo/ho-so/{code}")
    open_action(page, "Yêu cầu bổ sung")
    form = page.locator("form[action$=request_supplement]")
    expect(form.get_by_label("Giấy tờ cần bổ sung")).to_have_value("Thiếu giấy tờ: Giấy chứng sinh.")
    send = form.get_by_role("button", name="Yêu cầu bổ sung")
    send.click()
    expect(page.get_by_role("alert")).to_be_visible()
    form.get_by_label("Lý do").fill("Thiếu giấy chứng sinh")
    send.click()
    expect(page.locator(".facts")).to_contain_text("Yêu cầu bổ sung giấy tờ")
    assert connection.execute("SELECT status FROM dossier").fetchone() == (5,)
    # form 02 is a draft until somebody signs it off
    forms = page.locator(".rows li", has_text="02.")
    assert page.request.get(forms.get_by_role("link", name="PDF").get_attribute("href") or "").body()[:5] == b"%PDF-"
    forms.get_by_role("button").click()
    assert connection.execute("SELECT count(*) FROM form_signed").fetchone() == (1,)
    # the citizen sees what is asked for and sends it; the same file again is not kept twice
    key = connection.execute("SELECT receipt_key FROM dossier").fetchone()
    page.goto(f"/tra-cuu?code={code}")
    page.get_by_label("Mã tra cứu").fill(key[0] if key else "")
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.get_by_role("heading", name="Cần bổ sung")).to_be_visible()
    for _ in range(2):
        paper = FilePayload(name="chứng sinh.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4 two")
        page.locator("#files").set_input_files([paper])
        page.get_by_role("button", name="Gửi giấy tờ").click()
        expect(page.locator(".rows").first).to_contain_text("chứng sinh.pdf")
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (2,)
    assert connection.execute("SELECT road FROM dossier").fetchone() == ("moving",)
    # the officer is told in the list and, once, in the dossier; the letter goes to whoever works on it
    assert connection.execute("SELECT kind, facts FROM notice WHERE kind = 'papers_added'").fetchall() == [
        ("papers_added", {"files": 1, "by_officer": False})
    ]
    page.goto("/can-bo")
    page.get_by_role("link", name="Có giấy tờ mới 1").click()
    expect(page.locator(".work .fresh")).to_have_count(1)
    page.get_by_role("link", name=code).click()
    came = page.get_by_role("region", name="Giấy tờ người nộp gửi thêm")
    expect(came).to_contain_text("chứng sinh.pdf")
    expect(came.locator(".fresh")).to_have_count(1)
    page.reload()
    expect(came).to_contain_text("chứng sinh.pdf")
    expect(came.locator(".fresh")).to_have_count(0)
    page.goto("/can-bo?show=fresh")
    expect(page.get_by_text("Không còn việc nào")).to_be_visible()


def test_a_form_is_seen_before_it_is_issued(page: Page, connection: Connection, code: str) -> None:
    """Form 02 as a draft with the reason just typed, in a tab of its own; nothing has happened to the dossier."""
    page.goto(f"/can-bo/ho-so/{code}")
    open_action(page, "Yêu cầu bổ sung")
    form = page.locator("form[action$=request_supplement]")
    form.get_by_label("Lý do").fill("Thiếu giấy chứng sinh")
    button = form.get_by_role("button", name="Xem trước mẫu 02")
    address = button.get_attribute("formaction") or ""
    sent = dict(form.evaluate("form => Array.from(new FormData(form))"))
    answer = page.request.post(address, form=sent)
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(sheet.get_textpage().get_text_range() for sheet in PdfDocument(answer.body()))
    assert "DỰ THẢO" in text
    assert "Thiếu giấy chứng sinh" in text
    assert connection.execute("SELECT status FROM dossier").fetchone() == (2,)
    with page.context.expect_page() as opened:
        button.click()
    opened.value.close()
    # what the action itself would refuse is refused here with the same sentence
    answer = page.request.post(address, form=sent | {"reason": ""}, headers={"Accept": "text/html"})
    assert answer.status == 422
    assert 'role="alert"' in answer.text()
    # issued: signed off once, and the page says by whom in place of the button
    form.get_by_role("button", name="Yêu cầu bổ sung").click()
    signed = page.locator("form[action$='/mau/02/ky']")
    signed.get_by_role("button").click()
    expect(page.get_by_text("Đã ký xác nhận")).to_have_count(1)
    expect(signed).to_have_count(0)


def test_a_masked_number_is_shown_by_a_click_that_is_kept(page: Page, connection: Connection, code: str) -> None:
    """Masked until somebody says why; then in full, with his reason in the log; loaded anew it is masked again."""
    page.goto(f"/can-bo/ho-so/{code}")
    row = page.locator(".field", has=page.locator("details.reveal"))
    expect(row.locator("input[name=value]")).to_have_value("•••••••••234")
    row.get_by_text("Xem đầy đủ").click()
    row.get_by_role("button", name="Hiện đầy đủ").click()
    expect(page.locator(".field input[name=value]:focus")).to_have_value("020326001234")
    kept = connection.execute("SELECT data ->> 'reason' FROM audit WHERE action = 'value_revealed'").fetchall()
    assert kept == [("Đối chiếu với giấy tờ",)]
    page.reload()
    assert "020326001234" not in page.content()


def test_a_masked_number_is_shown_without_a_script(plain: Page, code: str) -> None:
    """The same as a form; the page is not kept by the browser."""
    plain.goto(f"/can-bo/ho-so/{code}")
    plain.locator("details.reveal summary").click()
    with plain.expect_response("**/xem") as answered:
        plain.get_by_role("button", name="Hiện đầy đủ").click()
    assert answered.value.headers["cache-control"] == "no-store"
    expect(plain.locator("input[value='020326001234'][name=value]")).to_have_count(1)


def test_what_two_papers_disagree_on_is_seen_side_by_side(page: Page, connection: Connection, code: str) -> None:
    """Both places as pieces of their pages; a place with a masked number is not drawn."""
    row = connection.execute("SELECT id FROM dossier").fetchone()
    apart, number = [[1, 1, [0.5, 0.5, 0.9, 0.55]], [1, 1, [0.2, 0.7, 0.6, 0.75]]], [[1, 1, [0.1, 0.1, 0.4, 0.13]]]
    said = Jsonb({"id": "check.contradiction", "params": {"field_vi": "họ", "field_en": "name", "values": "A / B"}})
    for at, places in enumerate((apart, number), start=2):
        connection.execute(
            """INSERT INTO finding (dossier_id, stage, subject, number, rule, severity, sentence, places)
               VALUES (%s, 'check', 0, %s, 'contradiction', 'warning', %s, %s)""",
            (row and row[0], at, said, Jsonb(places)),
        )
    page.goto(f"/can-bo/ho-so/{code}")
    expect(page.locator(".findings > li").nth(1).get_by_role("img")).to_have_count(2)
    expect(page.locator(".findings > li").nth(2).get_by_role("img")).to_have_count(0)


def test_what_presses_is_one_click_away(page: Page, connection: Connection, code: str) -> None:
    """Chips say how many come due soon and how many are late; a name finds its dossier."""
    connection.execute(
        """UPDATE dossier SET near_from = now() - interval '1 hour', applicant = '{"name": "Vi Văn Páo"}'"""
    )
    page.goto("/can-bo")
    page.get_by_role("link", name="Sắp đến hạn 1").click()
    expect(page.get_by_role("link", name=code)).to_be_visible()
    connection.execute("UPDATE dossier SET late_after = now() - interval '1 minute'")
    page.goto("/can-bo?show=near")
    expect(page.get_by_text("Không còn việc nào")).to_be_visible()
    page.locator(".chips .overdue").click()
    expect(page.get_by_role("link", name=code)).to_be_visible()
    page.goto("/can-bo?q=văn+páo")
    expect(page.get_by_role("link", name=code)).to_be_visible()


def test_leaders_see_what_is_missing_and_due(page: Page, connection: Connection, code: str) -> None:
    """One dossier, due within the week and without a paper, is in each figure; each number opens its row."""
    page.goto("/lanh-dao")
    page.locator(".numbers li").first.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("rowheader", name=code)).to_be_visible()
    for region in ("Sẽ đến hạn", "Giấy tờ hay thiếu nhất"):
        page.goto("/lanh-dao")
        shown = page.get_by_role("region", name=region)
        expect(shown.locator("td").last).to_have_text("1")
        shown.locator("td").last.get_by_role("link").click()
        expect(page.get_by_role("rowheader", name=code)).to_be_visible()
    page.goto("/lanh-dao")
    page.get_by_role("navigation", name="Mỗi điểm là").get_by_role("link", name="Tháng").click()
    expect(page.get_by_role("region", name="Xu hướng đúng hạn").locator("tbody tr")).to_have_count(1)
    # received, but paused and so not judged: said so beside the table, not called empty
    connection.execute("UPDATE dossier SET paused_at = now()")
    page.reload()
    expect(page.get_by_text("Đã tiếp nhận 1 hồ sơ trong thời gian này")).to_be_visible()
    # nothing is foreseen from a handful of dossiers
    expect(page.get_by_text("chưa đủ để ước tính")).to_be_visible()
    assert page.request.get("/lanh-dao/tai-ve.csv").text().startswith("\ufeff")


def test_the_time_of_the_citizen_is_not_the_office_s(page: Page, connection: Connection, code: str) -> None:
    """Ten days from reception to result, three of them after a request for papers: seven with the office."""
    connection.execute(
        """UPDATE dossier SET received_at = now() - interval '11 days', result_at = now() - interval '1 second'"""
    )
    for number, kind, days in ((8, "supplement_requested", 6), (9, "supplement_received", 3)):
        connection.execute(
            """INSERT INTO history (dossier_id, number, kind, at)
               SELECT id, %s, %s, now() - %s * interval '1 day' FROM dossier""",
            (number, kind, days),
        )
    page.goto("/lanh-dao?period=year")
    row = page.get_by_role("region", name="Thời gian ở cơ quan").locator("tbody tr")
    expect(row.locator("td")).to_have_text(["1", "8,0", "3,0"])
    opened = [link.get_attribute("href") for link in row.get_by_role("link").all()]
    assert len(opened) == 3
    for address in opened:
        page.goto(address or "")
        expect(page.get_by_role("rowheader", name=code)).to_be_visible()


def test_index_766_opens_its_rows(page: Page, connection: Connection, code: str) -> None:
    """A finished dossier is in a numerator; the number leads to it, the file has the same points."""
    connection.execute("UPDATE dossier SET result_at = now() - interval '1 second'")
    page.goto("/lanh-dao/chi-so-766")
    figures = page.get_by_role("region", name="Chỉ số 766: Tổng")
    figures.locator("a[href*='indicator=in_time&side=denominator']").click()
    expect(page.get_by_role("link", name=code)).to_be_visible()
    page.goto("/lanh-dao/chi-so-766")
    assert page.request.get(page.get_by_role("link", name="CSV").get_attribute("href") or "").status == 200
