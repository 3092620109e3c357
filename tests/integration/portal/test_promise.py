"""A date is told as what it is: expected, given, standing still; alike to citizen, desk, on paper and by API."""

import html
from collections.abc import Iterator

import pypdfium2 as pdfium
import pytest
from fastapi.testclient import TestClient

from services import clock
from services.api.guard import holder_cookie
from services.catalogue.shipped import load_shipped
from services.national.push import payload_of
from services.portal.app import create_portal
from services.portal.render import moment
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing
from services.storage.receipts import try_receipt
from services.storage.synchronising import untold_dossiers
from tests.integration.api.test_actions import FILES, act


@pytest.fixture
def pages(settings: Settings, connection: Connection) -> Iterator[TestClient]:
    """The pages with the catalogue that ships."""
    add_missing(connection, load_shipped())
    with TestClient(create_portal(settings)) as client:
        yield client


def hand_in(client: TestClient) -> tuple[str, str, str]:
    """A dossier that came online: its code, key, and what its date is."""
    receipt = client.post("/v1/dossiers", files=FILES, data={"procedure": "1.004222", "channel": "2"}).json()
    client.cookies.set(holder_cookie(receipt["code"]), receipt["receipt_key"])
    return receipt["code"], receipt["receipt_key"], receipt["due_is"]


def views(client: TestClient, code: str) -> dict[str, str]:
    """What is read of it: by the citizen, on his slip, at the desk, in the desk's list."""
    slip = pdfium.PdfDocument(client.get(f"/ho-so/{code}/xac-nhan.pdf").content)[0].get_textpage().get_text_range()
    addresses = {"citizen": f"/ho-so/{code}", "desk": f"/can-bo/ho-so/{code}", "list": "/can-bo"}
    told = {name: html.unescape(client.get(address).text) for name, address in addresses.items()}
    return told | {"slip": " ".join(slip.split())}


def test_before_reception_nothing_is_promised(pages: TestClient, connection: Connection) -> None:
    code, key, due_is = hand_in(pages)
    dossier = pages.get(f"/v1/dossiers/{code}").json()
    row = pages.get("/v1/dossiers").json()["items"][0]
    assert (due_is, dossier["due_is"], row["due_is"], dossier["verdict"]) == ("expected",) * 3 + (None,)
    told = views(pages, code)
    expected = moment(dossier["due_at"])
    for name in ("citizen", "desk", "list"):
        assert "Chưa tiếp nhận, chưa tính thời hạn" in told[name], name
    assert f"Chưa hẹn. Dự kiến {expected}" in told["citizen"]
    assert f"Chưa hẹn. Dự kiến {expected}" in told["desk"]
    assert expected not in told["list"]
    assert "Chưa hẹn ngày trả" in told["slip"]
    for name, text in told.items():
        assert "trong hạn" not in text, name
    assert "Chưa tiếp nhận" in dossier["due"]["lines"][0]["vi"]
    assert try_receipt(connection, code, key, "", clock.now()).due_at is None
    payload = payload_of(connection, untold_dossiers(connection, 1)[0], clock.now())
    assert payload is not None
    assert payload[1].due is None
    # days later what was expected of that day is no longer said
    connection.execute("UPDATE dossier SET submitted_at = submitted_at - interval '3 days'")
    assert "Sẽ hẹn khi tiếp nhận hồ sơ đầy đủ" in views(pages, code)["citizen"]
    assert pages.get("/can-bo?show=overdue").text.count(code) == 0


def test_received_it_is_given_paused_it_is_not(pages: TestClient, connection: Connection) -> None:
    code, key, _ = hand_in(pages)
    act(pages, code, "receive", 1)
    dossier = pages.get(f"/v1/dossiers/{code}").json()
    given = moment(dossier["due_at"])
    told = views(pages, code)
    assert dossier["due_is"] == "given"
    assert all(given in text for text in told.values()), told
    assert try_receipt(connection, code, key, "", clock.now()).due_at is not None
    act(pages, code, "request_supplement", 2, reason="Thiếu giấy tờ", items=["Tờ khai CT01", "Giấy chứng minh chỗ ở"])
    assert pages.get(f"/v1/dossiers/{code}").json()["due_is"] == "paused"
    told = views(pages, code)
    for said in ("Thời hạn tạm dừng từ", "Thiếu giấy tờ", "Giấy chứng minh chỗ ở", "ngày hẹn trả mới", "Sẽ hẹn lại"):
        assert said in told["citizen"], said
    for once in ("<h2>Cần bổ sung</h2>", "Tờ khai CT01", "Thời hạn tạm dừng từ"):
        assert told["citizen"].count(once) == 1, once
    assert given not in told["citizen"]
    assert given not in told["list"]
    assert f"Hẹn trước khi tạm dừng: {given}" in told["desk"]
    assert "ngày hẹn trả mới có khi" in told["slip"]
    assert try_receipt(connection, code, key, "", clock.now()).due_at is None
    act(pages, code, "complete_supplement", 3)
    again = pages.get(f"/v1/dossiers/{code}").json()
    assert again["due_is"] == "given"
    assert moment(again["due_at"]) in views(pages, code)["citizen"]


def test_a_pause_says_whose_it_is(pages: TestClient) -> None:
    code, _, _ = hand_in(pages)
    act(pages, code, "receive", 1)
    act(pages, code, "request_payment", 2, amount_vnd=75000, reason="Lệ phí")
    assert "Chờ bạn nộp 75.000 đồng" in views(pages, code)["citizen"]
    act(pages, code, "record_payment", 3)
    act(pages, code, "pause", 4, reason="Niêm yết công khai 15 ngày")
    told = views(pages, code)["citizen"]
    for said in ("Bạn không phải làm gì", "Niêm yết công khai 15 ngày", "thời gian tạm dừng không tính"):
        assert said in told, said


def test_what_was_not_received_has_no_date(pages: TestClient) -> None:
    code, _, _ = hand_in(pages)
    act(pages, code, "request_supplement", 1, reason="Thiếu", items=["Tờ khai CT01"])
    assert pages.get(f"/v1/dossiers/{code}").json()["due_is"] == "at_reception"
    assert "Tờ khai CT01" in views(pages, code)["citizen"]
    act(pages, code, "refuse_reception", 2, reason="Không thuộc thẩm quyền")
    assert pages.get(f"/v1/dossiers/{code}").json()["due_is"] == "none"
    assert "Không hẹn" in views(pages, code)["citizen"]
