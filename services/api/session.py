"""Signing in: a session in a cookie no script can read, a second factor, the password's change."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from services import clock
from services.access.roles import Principal, permits_of
from services.access.totp import enrolment_uri, new_secret
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.guard import SESSION_COOKIE, check_origin
from services.api.models import Problem422
from services.api.problems import Problem
from services.dossier.errors import Refused
from services.storage.accounts import begin_second_factor, confirm_second_factor, find_account, set_password, sign_in
from services.storage.sessions import LONGEST, close_session, open_session
from services.wording import sentence

router = APIRouter(tags=["access"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (401, 403, 409, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]


class SignInIn(BaseModel):
    """Name, password, and the code of the phone where one was confirmed."""

    name: str = Field(max_length=64)
    password: str = Field(max_length=200)
    code: str = Field("", max_length=10)


class PasswordIn(BaseModel):
    """The old and the new password."""

    old: str = Field(max_length=200)
    new: str = Field(max_length=200)
    code: str = Field("", max_length=10)


class CodeIn(BaseModel):
    """The code a phone shows."""

    code: str = Field(max_length=10)


class SessionOut(BaseModel):
    """Who is signed in; `csrf` goes back in `X-CSRF-Token` (or a form's field `csrf`) with everything that changes."""

    name: str
    roles: list[str]
    permits: list[str]
    units: list[str] | None = Field(description="null: the whole province")
    way: str
    csrf: str = ""
    must_change: bool = False
    second_factor: bool = False


@router.post("/v1/session", response_model=SessionOut, responses=PROBLEMS, summary="Sign in")
def open_(asked: SignInIn, request: Request, response: Response, resources: OurResources) -> dict[str, Any]:
    """Five wrong passwords lock an account for a quarter of an hour."""
    check_origin(request)
    now = clock.now()
    try:
        with resources.trusted.connection() as connection:
            account = sign_in(connection, asked.name.strip().lower(), asked.password, asked.code.strip(), now)
            key, csrf = open_session(connection, account.id, now)
    except Refused as error:
        note(resources, "sign_in_failed", asked.name.strip().lower(), actor="")
        raise Problem(HTTPStatus.UNAUTHORIZED, error.sentence) from error
    note(resources, "signed_in", account.name, actor=account.name)
    response.set_cookie(
        SESSION_COOKIE, key, max_age=int(LONGEST.total_seconds()), httponly=True, samesite="strict", path="/",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    permits = sorted(permits_of(account.roles))
    return {
        "name": account.name, "roles": account.roles, "permits": permits, "units": list(account.units),
        "way": "session", "csrf": csrf, "must_change": account.must_change, "second_factor": account.second_factor,
    }  # fmt: skip


@router.get("/v1/session", response_model=SessionOut, responses=PROBLEMS, summary="Who is signed in")
def read(request: Request, resources: OurResources) -> dict[str, Any]:
    """Roles, permits and units."""
    session = getattr(request.state, "session", None)
    return _tell(resources.principal) | {
        "csrf": getattr(request.state, "csrf", ""),
        "must_change": bool(session and session.must_change),
        "second_factor": bool(session and session.second_factor),
    }


@router.delete("/v1/session", status_code=HTTPStatus.NO_CONTENT, responses=PROBLEMS, summary="Sign out")
def close(request: Request, response: Response, resources: OurResources) -> None:
    """Ends the session on the server too."""
    with resources.trusted.connection() as connection:
        close_session(connection, request.cookies.get(SESSION_COOKIE, ""))
    note(resources, "signed_out", resources.principal.name)
    response.delete_cookie(SESSION_COOKIE, path="/")


@router.post("/v1/session/password", status_code=HTTPStatus.NO_CONTENT, responses=PROBLEMS, summary="Change password")
def change(asked: PasswordIn, resources: OurResources) -> None:
    """Twelve characters at least, of four kinds; every session of the account ends."""
    _of_account(resources)
    with resources.trusted.connection() as connection:
        try:
            sign_in(connection, resources.principal.name, asked.old, asked.code.strip(), clock.now())
        except Refused as error:
            raise Problem(HTTPStatus.UNAUTHORIZED, error.sentence) from error
        set_password(connection, resources.principal.name, asked.new, clock.now())
    note(resources, "password_changed", resources.principal.name)


@router.post("/v1/session/second-factor", responses=PROBLEMS, summary="Begin a second factor")
def begin(resources: OurResources) -> dict[str, str]:
    """A secret for a phone app; it counts once a code of it is confirmed."""
    account = _of_account(resources)
    secret = new_secret()
    with resources.trusted.connection() as connection:
        found = find_account(connection, account)
        if found is None or found.second_factor:
            raise Problem(HTTPStatus.CONFLICT, sentence("access.has_second_factor"))
        begin_second_factor(connection, account, secret)
    return {"secret": secret, "uri": enrolment_uri(secret, account)}


@router.post(
    "/v1/session/second-factor/confirm", status_code=HTTPStatus.NO_CONTENT, responses=PROBLEMS,
    summary="Confirm a second factor",
)  # fmt: skip
def confirm(asked: CodeIn, resources: OurResources) -> None:
    """From now on signing in asks for a code."""
    account = _of_account(resources)
    with resources.trusted.connection() as connection:
        confirm_second_factor(connection, account, asked.code.strip(), clock.now())
    note(resources, "second_factor_confirmed", account)


def _of_account(resources: Resources) -> str:
    if resources.principal.way != "session":
        raise Problem(HTTPStatus.FORBIDDEN, sentence("access.no_account"))
    return resources.principal.name


def _tell(principal: Principal) -> dict[str, Any]:
    return {
        "name": principal.name,
        "roles": sorted(principal.roles),
        "permits": sorted(principal.permits),
        "units": None if principal.units is None else sorted(principal.units),
        "way": principal.way,
    }
