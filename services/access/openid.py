"""Signing in with the province's identity provider: OpenID Connect, authorization code with PKCE, state and nonce.

The protocol's parts are Authlib's, signatures joserfc's (by the same hand), the calls httpx's. Only asymmetric
signatures count, and only from the keys that the issuer publishes.
"""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.claims import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.dossier.errors import CannotProceed, Refused, TryAgain
from services.settings import Settings
from services.wording import sentence

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_S = 60
KEPT_S = 3600.0
TIMEOUT_S = 10.0
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# amr values (RFC 8176) that say that more than a password was asked for
MORE_THAN_ONE = frozenset({"mfa", "otp", "hwk", "swk", "fpt", "face", "iris", "sc", "pop", "sms"})


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was begun: kept by the browser until it comes back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider says somebody is."""

    claims: Mapping[str, Any]

    @property
    def by_more_than_a_password(self) -> bool:
        """Whether it says that it asked for a second factor."""
        found = self.claims.get("amr")
        return isinstance(found, list) and not MORE_THAN_ONE.isdisjoint(map(str, found))


def is_configured(settings: Settings) -> bool:
    """Whether there is a provider to sign in with."""
    return bool(settings.oidc_issuer and settings.oidc_client_id)


def begin_attempt() -> Attempt:
    """Fresh secrets of one sign-in."""
    return Attempt(generate_token(32), generate_token(32), generate_token(64))


class Provider:
    """The provider that the settings name; what it publishes about itself is kept for an hour."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._about: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._asked_at = float("-inf")

    def address_for(self, attempt: Attempt, back_to: str) -> str:
        """Where to send the browser.

        Raises:
            TryAgain: the provider does not answer.
            CannotProceed: what it says of itself does not fit the settings.
        """
        about = self._describe()
        made: str = prepare_grant_uri(
            about["authorization_endpoint"], self._settings.oidc_client_id, "code", redirect_uri=back_to,
            scope=self._settings.oidc_scopes, state=attempt.state, nonce=attempt.nonce, code_challenge_method="S256",
            code_challenge=create_s256_code_challenge(attempt.verifier),
        )  # fmt: skip
        return made

    def identify(self, attempt: Attempt, code: str, back_to: str) -> Identity:
        """Exchange the code that the browser brought, and check what comes for it.

        Raises:
            TryAgain: the provider does not answer.
            Refused: it does not take the code, or its token does not hold.
        """
        asked = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back_to,
            "client_id": self._settings.oidc_client_id, "code_verifier": attempt.verifier,
        }  # fmt: skip
        about, secret = self._describe(), self._settings.oidc_client_secret.get_secret_value()
        basic = "client_secret_post" not in about.get("token_endpoint_auth_methods_supported", [])
        if secret and not basic:
            asked["client_secret"] = secret
        given = self._call(
            "POST", about["token_endpoint"], data=asked,
            auth=(self._settings.oidc_client_id, secret) if secret and basic else None,
        )  # fmt: skip
        if not isinstance(given.get("id_token"), str):
            raise Refused(sentence("access.oidc_refused"))
        return self._read(given["id_token"], attempt, str(given.get("access_token", "")))

    def _read(self, token: str, attempt: Attempt, access_token: str) -> Identity:
        try:
            signed = self._verify(token)
            claims = CodeIDToken(
                signed.claims, signed.header,
                options={"iss": {"essential": True, "value": self._settings.oidc_issuer},
                         "aud": {"essential": True, "value": self._settings.oidc_client_id}},
                params={"nonce": attempt.nonce, "client_id": self._settings.oidc_client_id,
                        "access_token": access_token},
            )  # fmt: skip
            claims.validate(leeway=LEEWAY_S)
        except (JoseError, AuthlibBaseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise Refused(sentence("access.oidc_token", error=type(error).__name__)) from error
        return Identity(dict(claims))

    def _verify(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            # the provider may have changed its keys since: once more with those of this moment
            self._keys = None
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)

    def _key_set(self) -> KeySet:
        if self._keys is None:
            self._keys = KeySet.import_key_set(self._call("GET", self._describe()["jwks_uri"]))  # type: ignore[arg-type] # checked by the library
        return self._keys

    def _describe(self) -> dict[str, Any]:
        if self._about and time.monotonic() - self._asked_at < KEPT_S:
            return self._about
        issuer = self._settings.oidc_issuer
        about = self._call("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        # another issuer's document would let that issuer sign in anybody (OpenID Connect Discovery 4.3)
        if about.get("issuer") != issuer or not all(_is_safe(str(about.get(name, ""))) for name in names):
            raise CannotProceed(sentence("access.oidc_settings", issuer=issuer))
        self._about, self._keys, self._asked_at = about, None, time.monotonic()
        return about

    def _call(self, method: str, url: str, **sent: Any) -> dict[str, Any]:  # noqa: ANN401 - of httpx
        if not _is_safe(url):
            raise CannotProceed(sentence("access.oidc_settings", issuer=self._settings.oidc_issuer))
        try:
            with httpx.Client(verify=_context(self._settings), timeout=TIMEOUT_S) as client:
                answer = client.request(method, url, headers={"Accept": "application/json"}, **sent)
            if answer.is_server_error:
                raise TryAgain(sentence("access.oidc_away", error=answer.status_code))
            told = answer.json() if answer.is_success else None
        except (httpx.TransportError, OSError) as error:
            raise TryAgain(sentence("access.oidc_away", error=type(error).__name__)) from None
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise Refused(sentence("access.oidc_refused"))
        return told


def _context(settings: Settings) -> ssl.SSLContext | bool:
    if not settings.oidc_ca:
        return True

    return ssl.create_default_context(cafile=settings.oidc_ca)


def _is_safe(url: str) -> bool:
    """Whether nobody on the way can read or change what is said: https, or this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
