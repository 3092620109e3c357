"""Signing in: passwords, lock-out, second factor, CSRF; tokens with scope and expiry."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services import clock
from services.access.roles import Permit, Role
from services.access.totp import code_at, step_of
from services.api.guard import SESSION_COOKIE
from services.storage.accounts import TRIES, add_account
from services.storage.database import Connection
from services.storage.sessions import add_token, open_session
from tests.integration.access.conftest import OTHER, OWN, PASSWORD, Somebody

NEW = "Khac-Han-2027?"


def sign(client: TestClient, password: str = PASSWORD, code: str = "", name: str = "hoa") -> tuple[int, dict[str, Any]]:
    client.cookies.clear()
    answer = client.post("/v1/session", json={"name": name, "password": password, "code": code})
    return answer.status_code, answer.json()


@pytest.fixture
def hoa(closed: TestClient, connection: Connection) -> TestClient:
    """An account that was just made."""
    add_account(connection, "hoa", PASSWORD, [Role.ONE_STOP], [OWN], at=clock.now())
    return closed


def test_from_the_first_password_to_work(hoa: TestClient) -> None:
    """Change the password, confirm a phone, then work; no code works twice."""
    status, session = sign(hoa)
    assert (status, session["must_change"]) == (200, True)
    headers = {"x-csrf-token": session["csrf"]}
    assert hoa.get("/v1/dossiers").status_code == 403
    weak = hoa.post("/v1/session/password", json={"old": PASSWORD, "new": "short"}, headers=headers)
    assert weak.status_code == 422
    changed = hoa.post("/v1/session/password", json={"old": PASSWORD, "new": NEW}, headers=headers)
    assert changed.status_code == 204
    assert hoa.get("/v1/session").status_code == 401
    _, session = sign(hoa, NEW)
    headers = {"x-csrf-token": session["csrf"]}
    assert hoa.get("/v1/dossiers").status_code == 403
    secret = hoa.post("/v1/session/second-factor", headers=headers).json()["secret"]
    step = step_of(clock.now())
    wrong = hoa.post("/v1/session/second-factor/confirm", json={"code": "000000"}, headers=headers)
    assert wrong.status_code == 422
    code = code_at(secret, step - 1)
    assert hoa.post("/v1/session/second-factor/confirm", json={"code": code}, headers=headers).status_code == 204
    assert hoa.get("/v1/dossiers").status_code == 200
    assert sign(hoa, NEW)[0] == 401
    assert sign(hoa, NEW, code)[0] == 401
    assert sign(hoa, NEW, code_at(secret, step_of(clock.now())))[0] == 200


def test_five_wrong_tries_lock_the_account(hoa: TestClient, connection: Connection) -> None:
    for _ in range(TRIES):
        assert sign(hoa, "wrong")[0] == 401
    assert sign(hoa)[0] == 401
    connection.execute("UPDATE account SET locked_until = now() - interval '1 second'")
    assert sign(hoa)[0] == 200
    assert sign(hoa, name="nobody")[0] == 401


def test_another_site_cannot_act(signed_in: Callable[[Role], Somebody]) -> None:
    """Without the token of the session, or from another origin, nothing changes."""
    officer = signed_in(Role.ONE_STOP)
    asked = {"version": 2, "step": "x"}
    path = "/v1/dossiers/H37.00-260101-0001/actions/hand_over"
    csrf = officer.headers.pop("x-csrf-token")
    assert officer.ask("POST", path, json=asked)[0] == 403
    officer.headers = {"x-csrf-token": csrf, "origin": "https://evil.example"}
    assert officer.ask("POST", path, json=asked)[0] == 403
    officer.headers = {"x-csrf-token": csrf, "origin": "http://testserver"}
    assert officer.ask("POST", path, json=asked)[0] == 200
    form = {"version": "3", "items": "Giấy chứng sinh", "reason": "Thiếu"}
    page = "/can-bo/ho-so/H37.00-260101-0001/viec/request_supplement"
    officer.headers = {}
    assert officer.ask("POST", page, data=form)[0] == 403
    assert officer.ask("POST", page, data=form | {"csrf": csrf})[0] == 303


def test_sessions_end(closed: TestClient, connection: Connection, signed_in: Callable[[Role], Somebody]) -> None:
    """By signing out, by idleness, when the account is shut."""
    officer = signed_in(Role.ONE_STOP)
    assert officer.ask("GET", "/v1/session")[0] == 200
    connection.execute("UPDATE session SET seen_at = seen_at - interval '31 minutes'")
    assert officer.ask("GET", "/v1/session")[0] == 401
    row = connection.execute("SELECT id FROM account").fetchone()
    assert row is not None
    key, csrf = open_session(connection, row[0], clock.now())
    again = Somebody(closed, {"x-csrf-token": csrf}, {SESSION_COOKIE: key})
    assert again.ask("DELETE", "/v1/session")[0] == 204
    assert again.ask("GET", "/v1/session")[0] == 401


def test_accounts_and_tokens_over_http(signed_in: Callable[[Role], Somebody]) -> None:
    """An administrator makes, resets and shuts them; secrets are told once and never listed."""
    chief = signed_in(Role.ADMINISTRATOR)
    status, made = chief.ask("POST", "/v1/accounts", json={"name": "lan", "roles": ["head"], "units": [OWN]})
    assert (status, "password" in made) == (201, True)
    assert chief.ask("POST", "/v1/accounts", json={"name": "lan", "roles": ["head"], "units": [OWN]})[0] == 422
    assert "password" not in chief.ask("GET", "/v1/accounts")[1]
    assert chief.ask("POST", "/v1/accounts/lan/reset")[0] == 200
    assert chief.ask("POST", "/v1/accounts/lan/disable")[0] == 200
    assert chief.ask("POST", "/v1/accounts/none/disable")[0] == 404
    status, made = chief.ask("POST", "/v1/tokens", json={"name": "t", "permits": ["read"], "units": [OWN]})
    assert (status, "mct_" in made) == (201, True)
    assert "mct_" not in chief.ask("GET", "/v1/tokens")[1]


def test_a_token_does_what_it_was_made_for(closed: TestClient, connection: Connection) -> None:
    """Its permits, in its unit, until it runs out or is shut."""
    now = clock.now()
    token = add_token(connection, "t", [Permit.READ], [OWN], by="x", at=now, expires_at=now + timedelta(days=1))
    program = Somebody(closed, {"authorization": f"Bearer {token}"})
    assert '"total":1' in program.ask("GET", "/v1/dossiers")[1]
    assert program.ask("GET", f"/v1/dossiers?unit={OTHER}")[0] == 403
    assert program.ask("GET", "/v1/runs")[0] == 403
    connection.execute("UPDATE api_token SET expires_at = now()")
    assert program.ask("GET", "/v1/dossiers")[0] == 401
    for bad in ("Bearer x", "Bearer mct_1_2", f"Basic {token}"):
        assert Somebody(closed, {"authorization": bad}).ask("GET", "/v1/procedures")[0] == 401


def test_on_pages(hoa: TestClient) -> None:
    """A browser is led from the desk to the form, to its account, and back to work."""
    html = {"accept": "text/html"}
    hoa.cookies.clear()
    asked = hoa.get("/can-bo", headers=html, follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, "/dang-nhap?next=%2Fcan-bo")
    wrong = hoa.post("/dang-nhap", data={"name": "hoa", "password": "x"})
    assert (wrong.status_code, "hoa" in wrong.text) == (401, True)
    form = {"name": "hoa", "password": PASSWORD, "after": "https://evil.example"}
    right = hoa.post("/dang-nhap", data=form, follow_redirects=False)
    assert (right.status_code, right.headers["location"]) == (303, "/tai-khoan")
    page = hoa.get("/can-bo", headers=html)
    assert page.url.path == "/tai-khoan"
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert csrf is not None
    sent = {"csrf": csrf[1], "old": PASSWORD, "new": NEW, "again": NEW}
    assert hoa.post("/tai-khoan/mat-khau", data=sent | {"new": "x", "again": "x"}).status_code == 422
    twice = hoa.post("/tai-khoan/mat-khau", data=sent | {"again": f"{NEW}x"})
    assert (twice.status_code, "không giống nhau" in twice.text) == (422, True)
    changed = hoa.post("/tai-khoan/mat-khau", data=sent)
    assert (changed.url.path, "Đã đổi mật khẩu" in changed.text) == ("/dang-nhap", True)
    page = hoa.post("/dang-nhap", data={"name": "hoa", "password": NEW})
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert csrf is not None
    page = hoa.post("/tai-khoan/xac-thuc", data={"csrf": csrf[1]})
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.text)
    assert secret is not None
    code = code_at(secret[1], step_of(clock.now()))
    assert hoa.post("/tai-khoan/xac-nhan", data={"csrf": csrf[1], "code": code}).url.path == "/tai-khoan"
    assert hoa.get("/can-bo", headers=html).url.path == "/can-bo"
    assert hoa.post("/dang-xuat", data={"csrf": csrf[1]}).url.path == "/"
    assert hoa.get("/can-bo", headers=html).url.path == "/dang-nhap"
