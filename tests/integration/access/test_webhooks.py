"""Webhooks are made, rotated, tried and shut by those who may; the secret is told once and rests closed to the API."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.access.roles import Role
from services.storage.database import Connection
from tests.integration.access.conftest import OTHER, OWN, Somebody

URL = "https://1.1.1.1/motcua"
Ask = Callable[..., Any]


@pytest.fixture
def ask(closed: TestClient, signed_in: Callable[[Role], Somebody]) -> Ask:
    """An administrator of one commune asks."""
    somebody = signed_in(Role.ADMINISTRATOR)

    def asked(method: str, path: str, **sent: object) -> Any:  # noqa: ANN401 - a response
        closed.cookies.clear()
        closed.cookies.update(somebody.cookies)
        return closed.request(method, path, headers=somebody.headers, **sent)  # type: ignore[arg-type]

    return asked


def test_the_life_of_a_webhook(ask: Ask, connection: Connection) -> None:
    made = ask("POST", "/v1/webhooks", json={"name": "Trục", "url": URL, "kinds": ["received"], "units": [OWN]}).json()
    assert made["secret"].startswith("whsec_")
    address = f"/v1/webhooks/{made['id']}"
    listed = ask("GET", "/v1/webhooks").json()["items"]
    assert [(one["id"], one["kinds"], one["units"], one["shut_at"]) for one in listed] == [
        (made["id"], ["received"], [OWN], None)
    ]
    assert made["secret"] not in ask("GET", "/v1/webhooks").text + ask("GET", address).text
    assert ask("POST", f"{address}/test").status_code == 202
    deliveries = ask("GET", f"{address}/deliveries").json()["items"]
    assert [(one["kind"], one["state"]) for one in deliveries] == [("test", "waiting")]
    rotated = ask("POST", f"{address}/rotate").json()
    assert rotated["secret"] != made["secret"]
    kept = connection.execute("SELECT secret, old_secret FROM webhook").fetchone()
    assert kept == (rotated["secret"], made["secret"])
    assert ask("POST", f"{address}/shut").json()["shut_why"] == "by_hand"
    assert ask("GET", f"{address}/deliveries").json()["items"][0]["state"] == "dropped"
    assert ask("POST", f"{address}/test").status_code == 409
    assert ask("POST", f"{address}/open").json()["shut_at"] is None
    deeds = connection.execute("SELECT action, data::text FROM audit WHERE subject = %s ORDER BY id", (made["id"],))
    rows = deeds.fetchall()
    assert [action for action, _ in rows] == [
        f"webhook_{deed}" for deed in ("made", "tried", "rotated", "shut", "opened")
    ]
    assert not any("whsec_" in data for _, data in rows)


def test_addresses_inside_are_refused(ask: Ask) -> None:
    for url in ("https://127.0.0.1/x", "http://169.254.169.254/latest", "https://localhost/", "gopher://1.1.1.1/"):
        refused = ask("POST", "/v1/webhooks", json={"name": "x", "url": url, "units": [OWN]})
        assert refused.status_code == 422, url
    assert ask("GET", "/v1/webhooks").json()["items"] == []


def test_nobody_reaches_beyond_his_units(ask: Ask, connection: Connection) -> None:
    for units in ([OTHER], []):
        assert ask("POST", "/v1/webhooks", json={"name": "x", "url": URL, "units": units}).status_code == 403
    connection.execute(
        """INSERT INTO webhook (id, name, url, secret, kinds, units, created_by, created_at)
           VALUES ('whole', 'x', 'https://1.1.1.1/', 'whsec_eA==', '{}', '{}', 'x', now())"""
    )
    assert ask("GET", "/v1/webhooks").json()["items"] == []
    for method, rest in (
        ("GET", ""),
        ("POST", "/shut"),
        ("POST", "/rotate"),
        ("GET", "/deliveries"),
        ("POST", "/test"),
    ):
        assert ask(method, f"/v1/webhooks/whole{rest}").status_code == 404, rest
