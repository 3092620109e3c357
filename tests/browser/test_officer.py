"""An officer works: what is due first, fields with the keyboard alone, an action with its sentence when refused."""

import httpx
import pytest
from playwright.sync_api import FilePayload, Page, expect

from services.storage.database import Connection
from tests.builders.read_dossier import leave_read


@pytest.fixture
def code(site: str, connection: Connection) -> str:
    """A birth dossier that was read."""
    files = {"files": ("giấy.pdf", b"%PDF-1.4 one", "application/pdf")}
    made: str = httpx.post(f"{site}/v1/dossiers", files=files, data={"procedure": "1.001193", "channel": "1"}).json()[
        "code"
    ]
    leave_read(connection, made)
    return made


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
    page.get_by_text("Yêu cầu bổ sung").first.click()
    form = page.locator("form[action$=request_supplement]")
    expect(form.get_by_label("Giấy tờ cần bổ sung")).to_have_value("Thiếu giấy tờ: Giấy chứng sinh.")
    form.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    form.get_by_label("Lý do").fill("Thiếu giấy chứng sinh")
    form.get_by_role("button").click()
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
        expect(page.locator(".rows")).to_contain_text("chứng sinh.pdf")
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (2,)
    assert connection.execute("SELECT road FROM dossier").fetchone() == ("moving",)


def test_leaders_see_what_is_missing_and_due(page: Page, code: str) -> None:
    """One dossier, due within the week and without a paper, is in each figure; the number opens its row."""
    page.goto("/lanh-dao")
    expect(page.get_by_role("region", name="Giấy tờ hay thiếu nhất")).to_contain_text("Giấy chứng sinh")
    expect(page.get_by_role("region", name="Sẽ đến hạn").locator("td").last).to_have_text("1")
    page.locator(".numbers li").first.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("rowheader", name=code)).to_be_visible()
