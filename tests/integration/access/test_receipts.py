"""A receipt's key cannot be guessed: wrong tries shut it for a while, by dossier and by address, at every door."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from services import clock
from services.storage.database import Connection
from services.storage.receipts import SPAN, TRIES_BY_ADDRESS, TRIES_BY_CODE, TooManyTries, try_receipt
from tests.integration.access.conftest import CODES, KEY, OTHER, OWN, Somebody

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def status(client: TestClient, key: str, unit: str = OWN) -> tuple[int, str]:
    return Somebody(client, {"x-receipt-key": key}).ask("GET", f"/v1/dossiers/{CODES[unit]}")


def test_a_dossier_shuts_after_wrong_keys_and_opens_again(closed: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    for _ in range(TRIES_BY_CODE):
        assert status(closed, "WRONGKEY")[0] == 401
    code, said = status(closed, KEY)
    assert code == 429
    # it says when, and says it in a header for programs
    assert "10:15" in said
    answer = closed.get(f"/v1/dossiers/{CODES[OWN]}", headers={"x-receipt-key": KEY})
    assert answer.headers["retry-after"] == str(int(SPAN.total_seconds()) + 1)
    assert status(closed, KEY, OTHER)[0] == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + SPAN + timedelta(seconds=1))
    assert status(closed, KEY)[0] == 200


def test_the_page_and_the_assistant_count_too(closed: TestClient) -> None:
    """Ten tries in all, not ten at each door; the page and the assistant say when to come back."""
    for _ in range(TRIES_BY_CODE - 2):
        assert status(closed, "WRONGKEY")[0] == 401
    nobody = Somebody(closed)
    sent = {"code": CODES[OWN], "key": "WRONGKEY"}
    assert nobody.ask("POST", "/tra-cuu", data=sent)[0] == 403
    question = f"Hồ sơ {CODES[OWN]} của tôi đến đâu rồi, mã tra cứu {{key}}"
    nobody.ask("POST", "/v1/assistant/messages", json={"text": question.format(key="WR2NGKEY")})
    code, page = nobody.ask("POST", "/tra-cuu", data={**sent, "key": KEY})
    assert (code, "Hãy thử lại sau" in page) == (429, True)
    _, told = nobody.ask("POST", "/v1/assistant/messages", json={"text": question.format(key=KEY)})
    assert "thử lại sau" in told


def test_the_assistant_tells_the_state_to_the_holder_of_the_key(closed: TestClient) -> None:
    """Also where the database shows nobody anything."""
    question = {"text": f"Hồ sơ {CODES[OWN]} của tôi đến đâu rồi, mã tra cứu {KEY}"}
    _, told = Somebody(closed).ask("POST", "/v1/assistant/messages", json=question)
    assert "Được tiếp nhận" in told


def test_an_address_shuts_for_every_dossier(connection: Connection, closed: TestClient) -> None:
    assert closed
    for number in range(TRIES_BY_ADDRESS):
        assert not try_receipt(connection, f"H37.00-260101-{number:04d}", "WRONGKEY", "203.0.113.7", NOW).opens
    with pytest.raises(TooManyTries):
        try_receipt(connection, CODES[OWN], KEY, "203.0.113.7", NOW)
    assert try_receipt(connection, CODES[OWN], KEY, "203.0.113.8", NOW).opens


def test_slow_mistakes_shut_nothing(connection: Connection, closed: TestClient) -> None:
    """Tries further apart than the span are forgotten, and after a day no row is left of them."""
    assert closed
    for number in range(TRIES_BY_CODE + 2):
        at = NOW + number * (SPAN + timedelta(minutes=1))
        assert not try_receipt(connection, CODES[OWN], "WRONGKEY", "203.0.113.7", at).opens
    assert try_receipt(connection, CODES[OWN], KEY, "203.0.113.7", at).opens
    try_receipt(connection, CODES[OTHER], "WRONGKEY", "", NOW + timedelta(days=3))
    assert connection.execute("SELECT count(*) FROM receipt_try").fetchone() == (1,)


def test_the_api_sees_no_tries(connection: Connection) -> None:
    connection.execute("SET ROLE motcua_api")
    with pytest.raises(Exception, match="permission denied"):
        connection.execute("SELECT * FROM receipt_try")


def test_codes_and_keys_of_any_letters_are_wrong_not_broken(closed: TestClient) -> None:
    assert status(closed, "a" * 5000)[0] == 401
    for key in ("", "\0", "é" * 20):
        assert Somebody(closed).ask("POST", "/tra-cuu", data={"code": "\0x", "key": key})[0] in {403, 422}
