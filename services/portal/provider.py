"""Signing in with the identity provider: off to it, back from it, and the phone's code where one is still to come."""

import base64
import hmac
import json
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services import clock
from services.access.openid import Attempt, Provider, begin_attempt, is_configured
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.guard import SESSION_COOKIE
from services.api.problems import Problem
from services.api.provider import enter
from services.dossier.errors import MotcuaError, Refused
from services.portal.render import page_language, render
from services.portal.sign_in import ACCOUNT, local
from services.settings import Settings
from services.storage.accounts import pass_second_factor
from services.storage.sessions import LONGEST, Factor, complete_session
from services.wording import Sentence, sentence

router = APIRouter()

BEGIN, BACK = "/dang-nhap/lien-ket", "/dang-nhap/lien-ket/ve"
ATTEMPT_COOKIE = "motcua_attempt"
ATTEMPT_S = 600
OurResources = Annotated[Resources, Depends(resources_of)]


@router.get(BEGIN)
def begin(request: Request, resources: OurResources, next: str = "") -> Response:  # noqa: A002 - the name in the address
    """Off to the provider; what proves that it is the same browser that comes back stays with the browser."""
    attempt = begin_attempt()
    try:
        address = _provider(request, resources.settings).address_for(attempt, _back(request, resources.settings))
    except MotcuaError as error:
        return _refuse(request, resources, error.sentence)
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    told = json.dumps([attempt.state, attempt.nonce, attempt.verifier, local(next)])
    # lax: it must come along when the provider sends the browser back
    response.set_cookie(
        ATTEMPT_COOKIE, base64.urlsafe_b64encode(told.encode()).decode(), max_age=ATTEMPT_S, httponly=True,
        samesite="lax", path="/dang-nhap", secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


@router.get(BACK)
def come_back(request: Request, resources: OurResources, code: str = "", state: str = "") -> Response:
    """Signed in, or told in a sentence why not; the attempt counts once."""
    try:
        attempt, after = _attempt(request, state)
        if not code:
            raise Refused(sentence("access.oidc_refused"))
        settings = resources.settings
        identity = _provider(request, settings).identify(attempt, code, _back(request, settings))
        with resources.trusted.connection() as connection:
            account, key, factor = enter(connection, settings, identity, clock.now())
    except MotcuaError as error:
        return _refuse(request, resources, error.sentence)
    note(resources, "signed_in", account.name, actor=account.name, by="provider", factor=factor)
    # the session's cookie is strict, so it would not come along on the provider's redirect: the page goes on by itself
    response = render(request, "signed_in.html", after=ACCOUNT if factor is Factor.PENDING else after)
    response.delete_cookie(ATTEMPT_COOKIE, path="/dang-nhap")
    response.set_cookie(
        SESSION_COOKIE, key, max_age=int(LONGEST.total_seconds()), httponly=True, samesite="strict", path="/",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


@router.post(f"{ACCOUNT}/ma")
def give_code(request: Request, resources: OurResources, code: Annotated[str, Form(max_length=10)] = "") -> Response:
    """The phone's code after the provider's word; wrong ones lock the account as they do at the other door."""
    try:
        with resources.trusted.connection() as connection:
            pass_second_factor(connection, resources.principal.name, code.strip(), clock.now())
            complete_session(connection, request.cookies.get(SESSION_COOKIE, ""))
    except Refused as error:
        note(resources, "sign_in_failed", resources.principal.name)
        said = error.sentence.say(page_language(request))
        return render(request, "give_code.html", HTTPStatus.UNPROCESSABLE_ENTITY, said=said)
    return RedirectResponse(local(""), HTTPStatus.SEE_OTHER)


def _attempt(request: Request, state: str) -> tuple[Attempt, str]:
    try:
        kept = json.loads(base64.urlsafe_b64decode(request.cookies.get(ATTEMPT_COOKIE, "")))
        own, nonce, verifier, after = map(str, kept)
    except (ValueError, TypeError):
        raise Refused(sentence("access.oidc_attempt")) from None
    if not own or not hmac.compare_digest(own.encode(), state.encode()):
        raise Refused(sentence("access.oidc_attempt"))
    return Attempt(own, nonce, verifier), local(after)


def _provider(request: Request, settings: Settings) -> Provider:
    if not is_configured(settings):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("access.oidc_off"))
    # one an application: it keeps what the provider publishes about itself
    state = request.app.state
    if not hasattr(state, "identity_provider"):
        state.identity_provider = Provider(settings)
    found: Provider = state.identity_provider
    return found


def _back(request: Request, settings: Settings) -> str:
    base = settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    return base + BACK


def _refuse(request: Request, resources: Resources, said: Sentence) -> HTMLResponse:
    note(resources, "sign_in_failed", "", actor="", by="provider", why=said.id)
    response = render(
        request, "sign_in.html", HTTPStatus.UNAUTHORIZED, after=local(""), name="", changed=False,
        said=said.say(page_language(request)), provider=resources.settings.oidc_name,
    )  # fmt: skip
    response.delete_cookie(ATTEMPT_COOKIE, path="/dang-nhap")
    return response
