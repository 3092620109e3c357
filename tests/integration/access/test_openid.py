"""Signing in with an identity provider that really runs: who is let in, who is not, and what a liar achieves."""

import re
import time
from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from services import clock
from services.access.roles import Role
from services.access.totp import code_at, new_secret, step_of
from services.portal.app import create_portal
from services.settings import Settings
from services.storage.accounts import add_account, disable_account, find_account
from services.storage.database import Connection
from tests.builders.openid_provider import CLIENT, SECRET, OpenIdProvider, openid_provider
from tests.integration.access.conftest import OWN, PASSWORD

HOA = "nong.thi.hoa"


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    """A provider where the officer is signed in."""
    with openid_provider() as running:
        running.claims = {"preferred_username": "Nong.Thi.Hoa"}
        yield running


@pytest.fixture
def phone(connection: Connection) -> str:
    """The officer's account, ready to work; the secret in the phone."""
    account, secret = add_account(connection, HOA, PASSWORD, [Role.ONE_STOP], [OWN], at=clock.now()), new_secret()
    connection.execute("UPDATE account SET totp_confirmed = true, totp_secret = %s WHERE id = %s", (secret, account.id))
    return secret


@pytest.fixture
def client(closed: TestClient, settings: Settings, provider: OpenIdProvider) -> Iterator[TestClient]:
    """A browser at the application, which knows the provider."""
    assert closed
    told = {"access": "closed", "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT,
            "oidc_client_secret": SecretStr(SECRET), "oidc_name": "VNeID cán bộ"}  # fmt: skip
    with TestClient(create_portal(settings.model_copy(update=told)), follow_redirects=False) as made:
        yield made


def with_settings(client: TestClient, **told: object) -> None:
    """Other settings for the running application."""
    state = client.app.state  # type: ignore[attr-defined] # Starlette's state has no types
    object.__setattr__(state.resources, "settings", state.resources.settings.model_copy(update=told))
    if hasattr(state, "identity_provider"):
        del state.identity_provider


def enter(client: TestClient, **changed: str) -> httpx.Response:
    """Press the button, agree at the provider, come back; `changed` is what somebody changes on the way back."""
    off = client.get("/dang-nhap/lien-ket", params={"next": "/can-bo?q=1"})
    assert off.status_code == 303, off.text
    back = httpx.URL(httpx.get(off.headers["location"]).headers["location"])
    answer: httpx.Response = client.get(back.path, params=dict(back.params) | changed)
    return answer


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_with_the_phones_code(client: TestClient, provider: OpenIdProvider, phone: str) -> None:
    """The provider asked for a password alone: nothing is open until the phone's code is given."""
    assert "VNeID cán bộ" in client.get("/dang-nhap").text
    welcome = enter(client)
    assert welcome.status_code == 200, welcome.text
    assert 'content="0; url=/tai-khoan"' in welcome.text
    assert client.get("/v1/dossiers").status_code == 403
    assert client.get("/can-bo", headers={"accept": "text/html"}).headers["location"] == "/tai-khoan"
    csrf = csrf_of(client.get("/tai-khoan").text)
    assert client.post("/tai-khoan/ma", data={"csrf": csrf, "code": "000000"}).status_code == 422
    assert client.get("/v1/dossiers").status_code == 403
    given = client.post("/tai-khoan/ma", data={"csrf": csrf, "code": code_at(phone, step_of(clock.now()))})
    assert (given.status_code, given.headers["location"]) == (303, "/can-bo")
    assert client.get("/v1/dossiers").status_code == 200
    asked = provider.asked[0]
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


@pytest.mark.usefixtures("phone")
def test_wrong_codes_lock_the_account(client: TestClient, connection: Connection) -> None:
    enter(client)
    csrf = csrf_of(client.get("/tai-khoan").text)
    for _ in range(5):
        client.post("/tai-khoan/ma", data={"csrf": csrf, "code": "000000"})
    found = find_account(connection, HOA)
    assert found is not None
    assert found.locked_until is not None


@pytest.mark.usefixtures("phone")
def test_the_providers_second_factor_counts_where_the_settings_say_so(
    client: TestClient, provider: OpenIdProvider
) -> None:
    provider.claims["amr"] = ["pwd", "otp"]
    assert "/tai-khoan" in enter(client).text
    assert client.get("/v1/dossiers").status_code == 403
    with_settings(client, oidc_trust_mfa=True)
    assert "url=/can-bo?q=1" in enter(client).text
    assert client.get("/v1/dossiers").status_code == 200
    provider.claims["amr"] = ["pwd"]
    enter(client)
    assert client.get("/v1/dossiers").status_code == 403


def test_who_has_no_account_gets_none(client: TestClient, provider: OpenIdProvider, connection: Connection) -> None:
    add_account(connection, HOA, PASSWORD, [Role.ONE_STOP], [OWN], at=clock.now())
    before = connection.execute("SELECT count(*) FROM account").fetchone()
    for claims in ({"preferred_username": "somebody"}, {}, {"preferred_username": 7}, {"preferred_username": ""}):
        provider.claims = dict(claims)
        refused = enter(client)
        assert refused.status_code == 401, claims
        assert 'role="alert"' in refused.text
    provider.claims = {"preferred_username": HOA}
    disable_account(connection, HOA, clock.now())
    assert enter(client).status_code == 401
    assert connection.execute("SELECT count(*) FROM account").fetchone() == before
    assert connection.execute("SELECT count(*) FROM session").fetchone() == (0,)


@pytest.mark.usefixtures("phone")
def test_by_an_address_that_the_provider_verified(
    client: TestClient, provider: OpenIdProvider, connection: Connection
) -> None:
    with_settings(client, oidc_claim="email")
    connection.execute("UPDATE account SET email = 'hoa@example.gov.vn'")
    provider.claims = {"email": "Hoa@example.gov.vn"}
    assert enter(client).status_code == 401
    provider.claims["email_verified"] = True
    assert enter(client).status_code == 200


@pytest.mark.usefixtures("phone")
def test_groups_give_roles_only_where_the_settings_map_them(
    client: TestClient, provider: OpenIdProvider, connection: Connection
) -> None:
    def roles() -> tuple[Role, ...]:
        found = find_account(connection, HOA)
        assert found is not None
        return found.roles

    provider.claims["groups"] = ["lanh-dao", "administrator"]
    enter(client)
    assert roles() == (Role.ONE_STOP,)
    with_settings(client, oidc_roles="mot-cua=one_stop, lanh-dao=head")
    assert enter(client).status_code == 200
    assert roles() == (Role.HEAD,)
    provider.claims["groups"] = ["administrator"]
    assert enter(client).status_code == 401
    assert roles() == (Role.HEAD,)


LIES: dict[str, dict[str, object]] = {
    "another nonce": {"nonce": "x"}, "no nonce": {"nonce": None}, "for another": {"aud": "other"},
    "for nobody": {"aud": None}, "by another": {"iss": "https://evil.example"}, "expired": {"exp": time.time() - 3600},
    "without end": {"exp": None}, "of the future": {"iat": time.time() + 3600}, "another party": {"azp": "other"},
    "another access token": {"at_hash": "AAAA"},
}  # fmt: skip


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_hold_lets_nobody_in(lie: str, client: TestClient, provider: OpenIdProvider) -> None:
    provider.token = LIES[lie]
    refused = enter(client)
    assert (refused.status_code, client.cookies.get("motcua_session")) == (401, None)


@pytest.mark.usefixtures("phone")
def test_a_foreign_key_lets_nobody_in_a_new_one_does(client: TestClient, provider: OpenIdProvider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
    assert enter(client).status_code == 401
    provider.signs_with = None
    assert enter(client).status_code == 200
    provider.key = RSAKey.generate_key(2048, {"kid": "two"}, private=True)
    assert enter(client).status_code == 200


@pytest.mark.usefixtures("phone")
def test_the_way_back_is_for_the_browser_that_began(client: TestClient, provider: OpenIdProvider) -> None:
    """Another state, no attempt, a code used before or made up, and a provider that says no."""
    assert enter(client, state="x").status_code == 401
    assert enter(client, code="made-up").status_code == 401
    off = client.get("/dang-nhap/lien-ket")
    back = httpx.URL(httpx.get(off.headers["location"]).headers["location"])
    kept = dict(client.cookies)
    client.cookies.clear()
    assert client.get(back.path, params=dict(back.params)).status_code == 401
    client.cookies.update(kept)
    assert client.get(back.path, params=dict(back.params)).status_code == 200
    client.cookies.clear()
    client.cookies.update(kept)
    assert client.get(back.path, params=dict(back.params)).status_code == 401
    assert client.get(back.path, params={"error": "access_denied", "state": "x"}).status_code == 401
    # a verifier that is not the one the code was asked with
    off = client.get("/dang-nhap/lien-ket")
    provider.asked[-1]["code_challenge"] = "x"
    back = httpx.URL(httpx.get(off.headers["location"]).headers["location"])
    provider.asked[-1]["code_challenge"] = "x"
    assert client.get(back.path, params=dict(back.params)).status_code == 401


def test_a_provider_that_is_away_or_another_is_a_sentence(client: TestClient, provider: OpenIdProvider) -> None:
    provider.away = True
    away = client.get("/dang-nhap/lien-ket")
    assert away.status_code == 401
    assert "không trả lời" in away.text
    provider.away = False
    provider.claims_to_be = "https://evil.example"
    other = client.get("/dang-nhap/lien-ket")
    assert other.status_code == 401
    assert "MOTCUA_OIDC_ISSUER" in other.text
    with_settings(client, oidc_issuer="http://10.0.0.1")
    assert client.get("/dang-nhap/lien-ket").status_code == 401


def test_without_a_provider_there_is_no_button(closed: TestClient) -> None:
    assert "lien-ket" not in closed.get("/dang-nhap").text
    assert closed.get("/dang-nhap/lien-ket").status_code == 404


def test_it_never_leads_away(client: TestClient, provider: OpenIdProvider, phone: str) -> None:
    assert provider.issuer
    assert phone
    with_settings(client, oidc_trust_mfa=True)
    provider.claims["amr"] = ["mfa"]
    off = client.get("/dang-nhap/lien-ket", params={"next": "//evil.example"})
    back = httpx.URL(httpx.get(off.headers["location"]).headers["location"])
    assert "url=/can-bo" in client.get(back.path, params=dict(back.params)).text
