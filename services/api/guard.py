"""Every request passes here first: who asks, whether the rule of the endpoint lets him, and what he will see."""

import hmac
import re
from http import HTTPStatus
from typing import NoReturn
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from services import clock
from services.access.roles import LOCAL, NOBODY, Permit, Principal, holder_of
from services.api.database import Resources
from services.api.doors import TRUSTED, WHOLE, AsyncDoor, Seen, see_units
from services.api.problems import Problem
from services.api.rules import Rule, Rules, Sight
from services.dossier.commands import Action
from services.storage.receipts import receipt_opens
from services.storage.sessions import Session, find_session, find_token
from services.wording import sentence

SESSION_COOKIE = "motcua_session"
CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf"
RECEIPT_HEADER = "x-receipt-key"
HOLDER_COOKIE = "hs-"
OF_DOSSIER = re.compile(r"/(dossiers|ho-so)/\{code\}")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# the way out for somebody who must change his password or has no second factor yet
ALWAYS_OPEN = ("/v1/session", "/tai-khoan", "/dang-xuat")


async def guard(request: Request) -> None:
    """Let a request pass, or answer it here.

    Raises:
        Problem: 401 when nobody signed in, 403 when he may not, 404 when the dossier is not his to know of.
    """
    base: Resources = request.app.state.resources
    rule = _rule_of(request)
    principal = await _find_principal(request, base, rule)
    request.state.principal = principal
    _check_permit(request, rule, principal)
    if principal.way == "local":
        request.state.resources = base.seen_by(principal, WHOLE, _address(request))
        return
    await _check_unit(request, rule, principal, base)
    request.state.resources = base.seen_by(principal, _sight(rule, principal), _address(request))


def holder_cookie(code: str) -> str:
    """The name of the cookie that holds a receipt key, which must never stand in an address."""
    return HOLDER_COOKIE + re.sub(r"[^A-Za-z0-9]", "-", code)


def _rule_of(request: Request) -> Rule:
    rules: Rules = request.app.state.rules
    path = request.scope["route"].path
    # what answers HEAD by itself has a row of its own; else it is the head of a GET
    rule = rules.get((request.method, path)) or (rules.get(("GET", path)) if request.method == "HEAD" else None)
    if rule is None:
        raise Problem(HTTPStatus.FORBIDDEN, sentence("access.no_rule", path=request.scope["route"].path))
    return rule


async def _find_principal(request: Request, base: Resources, rule: Rule) -> Principal:
    if base.settings.access == "open":
        return LOCAL
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        found = await run_in_threadpool(_by_token, base, token.strip()) if scheme.lower() == "bearer" else None
        return found or _refuse(HTTPStatus.UNAUTHORIZED, "access.bad_token")
    if key := request.cookies.get(SESSION_COOKIE):
        session = await run_in_threadpool(_by_session, base, key)
        if session is not None:
            await _check_session(request, session, base, rule)
            return session.principal
    code = request.path_params.get("code", "")
    if receipt := request.headers.get(RECEIPT_HEADER) or request.cookies.get(holder_cookie(code)):
        async with AsyncDoor(base.reading.pool, TRUSTED, base.reading.reach).connection() as connection:
            if await receipt_opens(connection, code, receipt, _address(request), clock.now()):
                return holder_of(code)
    return NOBODY


def _by_token(base: Resources, token: str) -> Principal | None:
    with base.trusted.connection() as connection:
        return find_token(connection, token, clock.now())


def _by_session(base: Resources, key: str) -> Session | None:
    with base.trusted.connection() as connection:
        return find_session(connection, key, clock.now())


async def _check_session(request: Request, session: Session, base: Resources, rule: Rule) -> None:
    """A page of another site must not act in somebody's name, and a half-made account may only finish itself."""
    request.state.csrf, request.state.session = session.csrf, session
    # what is open to everybody is done in nobody's name
    if rule.permit is Permit.PUBLIC:
        return
    if request.method not in SAFE:
        check_origin(request)
        sent = request.headers.get(CSRF_HEADER, "") or await _field(request)
        if not hmac.compare_digest(sent.encode(), session.csrf.encode()):
            _refuse(HTTPStatus.FORBIDDEN, "access.csrf")
    if request.url.path.startswith(ALWAYS_OPEN):
        return
    if session.pending:
        _refuse(HTTPStatus.FORBIDDEN, "access.code_needed")
    if session.must_change:
        _refuse(HTTPStatus.FORBIDDEN, "access.must_change")
    if base.settings.second_factor_required and not session.second_factor:
        _refuse(HTTPStatus.FORBIDDEN, "access.second_factor_needed")


def check_origin(request: Request) -> None:
    """Let pass what the browser says comes from this very site, and what no browser sent.

    Raises:
        Problem: 403, it comes from another site.
    """
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        _refuse(HTTPStatus.FORBIDDEN, "access.csrf")


async def _field(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(FORMS):
        return ""
    return str((await request.form()).get(CSRF_FIELD, ""))


def _check_permit(request: Request, rule: Rule, principal: Principal) -> None:
    if rule.permit is not None:
        allowed = principal.may(rule.permit)
    else:
        # an action that does not exist is refused by the endpoint itself, for whoever may do anything at all
        name = request.path_params.get("action", "")
        known = name in set(Action)
        allowed = principal.may_do(Action(name)) if known else principal.may(Permit.FOLLOW)
    if allowed:
        return
    if principal.way == "nobody":
        _refuse(HTTPStatus.UNAUTHORIZED, "access.sign_in")
    _refuse(HTTPStatus.FORBIDDEN, "access.not_yours")


async def _check_unit(request: Request, rule: Rule, principal: Principal, base: Resources) -> None:
    if rule.of_province and principal.units is not None:
        _refuse(HTTPStatus.FORBIDDEN, "access.of_province")
    if principal.units is None or rule.sight is Sight.WHOLE or rule.permit is Permit.PUBLIC:
        return
    named = [request.path_params["unit"]] if rule.of_unit else request.query_params.getlist("unit")
    has_units = principal.way not in {"nobody", "receipt"}
    if has_units and not all(principal.covers(unit) for unit in named):
        _refuse(HTTPStatus.FORBIDDEN, "access.other_unit")
    code = request.path_params.get("code", "")
    if not OF_DOSSIER.search(request.scope["route"].path) or code == principal.dossier:
        return
    async with AsyncDoor(base.reading.pool, TRUSTED, base.reading.reach).connection() as connection:
        row = await (await connection.execute("SELECT unit FROM dossier WHERE code = %s", (code,))).fetchone()
    if row is None or not principal.covers(row[0]):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))


def _sight(rule: Rule, principal: Principal) -> Seen:
    without_units = principal.way in {"nobody", "receipt"}
    if rule.sight is Sight.WHOLE or (rule.sight is Sight.PUBLISHED and without_units):
        return WHOLE
    return see_units(principal.units, principal.dossier)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _refuse(status: HTTPStatus, said: str) -> NoReturn:
    raise Problem(status, sentence(said))
