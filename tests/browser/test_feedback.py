"""A citizen rates the service once there is a result, says something at any time; the desk reads it."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from services.api.guard import holder_cookie
from services.storage.database import Connection


@pytest.fixture
def receipt(site: str) -> dict[str, str]:
    """A dossier just handed in."""
    made: dict[str, str] = httpx.post(
        f"{site}/v1/dossiers", files={"files": ("giấy.pdf", b"%PDF-1.4 one", "application/pdf")}
    ).json()
    return made


def follow(page: Page, site: str, receipt: dict[str, str]) -> None:
    """Open the dossier's page as whoever holds the receipt."""
    name = holder_cookie(receipt["code"])
    page.context.add_cookies([{"name": name, "value": receipt["receipt_key"], "url": site}])
    page.goto(f"/ho-so/{receipt['code']}")


def test_stars_once_after_the_result_and_words_at_any_time(
    page: Page, site: str, receipt: dict[str, str], connection: Connection
) -> None:
    """No stars before the result; then once, by keyboard; the desk sees both and marks them read."""
    follow(page, site, receipt)
    expect(page.get_by_role("radio", name="Rất hài lòng")).to_have_count(0)
    page.get_by_text("Góp ý, khen hoặc phản ánh").click()
    page.get_by_role("radio", name="Phản ánh").check()
    page.get_by_label("Nội dung").fill("Chờ lâu quá, số của tôi là 020326001234")
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.get_by_role("status").filter(has_text="Đã nhận")).to_be_visible()
    connection.execute("UPDATE dossier SET result_at = now()")
    page.goto(f"/ho-so/{receipt['code']}")
    page.get_by_role("radio", name="Hài lòng", exact=False).nth(1).check()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.locator("#danh-gia")).to_contain_text("Bạn đã đánh giá 4 trên 5")
    expect(page.get_by_role("button", name="Gửi đánh giá")).to_have_count(0)
    page.goto("/can-bo/gop-y")
    expect(page.locator(".numbers .main b")).to_have_text("100,0\N{NO-BREAK SPACE}%")
    assert "020326001234" not in page.content()
    page.get_by_role("link", name="Phản ánh 1").click()
    expect(page.locator(".said li")).to_have_count(1)
    page.get_by_role("button", name="Đã đọc").click()
    page.goto("/can-bo/gop-y?unread=true")
    expect(page.locator(".said li")).to_have_count(1)


def test_without_a_script(plain: Page, site: str, receipt: dict[str, str], connection: Connection) -> None:
    """Rating is a form like any other."""
    connection.execute("UPDATE dossier SET result_at = now()")
    follow(plain, site, receipt)
    plain.get_by_role("radio", name="Rất không hài lòng").check()
    plain.get_by_role("button", name="Gửi đánh giá").click()
    assert connection.execute("SELECT stars FROM feedback").fetchall() == [(1,)]


def test_the_api_says_what_is_wrong(site: str, receipt: dict[str, str], connection: Connection) -> None:
    """Too early, unfinished, twice: each refused with its own sentence, and counted nowhere."""
    address = f"{site}/v1/dossiers/{receipt['code']}/feedback"
    early = httpx.post(address, json={"stars": 5})
    unfinished = [httpx.post(address, json=body) for body in ({}, {"kind": "praise"}, {"kind": "praise", "stars": 5})]
    connection.execute("UPDATE dossier SET result_at = now()")
    answers = [httpx.post(address, json={"stars": stars}) for stars in (2, 5)]
    assert (early.status_code, early.json()["type"]) == (422, "urn:motcua:problem:feedback.too_early")
    assert [answer.status_code for answer in (*unfinished, *answers)] == [422, 422, 422, 201, 409]
    figures = httpx.get(f"{site}/v1/satisfaction").json()
    assert figures["total"]["stars"] == {"1": 0, "2": 1, "3": 0, "4": 0, "5": 0}
    assert figures["total"]["rate"] == 0.0
    assert figures["groups"][0]["group"] == "tinh"
