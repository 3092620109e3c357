"""Signing in on a page, and one's own account: password, second factor, signing out. The same doors as the API."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.access.openid import is_configured
from services.access.passwords import SHORTEST
from services.api import session as api
from services.api.database import Resources, resources_of
from services.api.problems import Problem
from services.dossier.errors import MotcuaError
from services.portal.qr import qr_svg
from services.portal.render import page_language, render
from services.wording import Sentence, sentence

router = APIRouter()

OurResources = Annotated[Resources, Depends(resources_of)]
Secret = Annotated[str, Form(max_length=200)]
Code = Annotated[str, Form(max_length=10)]
ACCOUNT = "/tai-khoan"
WORK = "/can-bo"


@router.get("/dang-nhap")
def ask(
    request: Request,
    resources: OurResources,
    next: str = WORK,  # noqa: A002 - the name in the address
    changed: bool = False,
) -> HTMLResponse:
    """The form; `changed` when one comes from giving oneself another password."""
    return render(
        request, "sign_in.html", after=local(next), name="", said="", changed=changed, provider=_provider(resources)
    )


@router.post("/dang-nhap")
def open_session(
    request: Request, resources: OurResources, name: Annotated[str, Form(max_length=64)] = "", password: Secret = "",
    code: Code = "", after: Annotated[str, Form(max_length=500)] = WORK,
) -> Response:  # fmt: skip
    """To where one wanted to go, or first to one's account when it is not ready for work."""
    response = RedirectResponse(local(after), HTTPStatus.SEE_OTHER)
    try:
        told = api.open_(api.SignInIn(name=name, password=password, code=code), request, response, resources)
    except Problem as problem:
        said = problem.said.say(page_language(request))
        return render(
            request,
            "sign_in.html",
            problem.status,
            after=local(after),
            name=name,
            said=said,
            changed=False,
            provider=_provider(resources),
        )
    ready = not told["must_change"] and (told["second_factor"] or not resources.settings.second_factor_required)
    if not ready:
        response.headers["location"] = ACCOUNT
    return response


@router.post("/dang-xuat")
def close_session(request: Request, resources: OurResources) -> Response:
    """Signed out, to the first page."""
    response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    api.close(request, response, resources)
    return response


@router.get(ACCOUNT)
def account(request: Request, resources: OurResources) -> HTMLResponse:
    """What is still to be done before work, and what may be changed."""
    session = getattr(request.state, "session", None)
    if session is not None and session.pending:
        return render(request, "give_code.html", said="")
    return _show(request, resources)


@router.post(f"{ACCOUNT}/mat-khau")
def change(
    request: Request, resources: OurResources, old: Secret = "", new: Secret = "", again: Secret = "", code: Code = ""
) -> Response:
    """Another password, typed twice; one signs in again with it and is told so."""
    if new != again:
        return _show(request, resources, said=sentence("portal.password_differs"))
    try:
        api.change(api.PasswordIn(old=old, new=new, code=code), resources)
    except (Problem, MotcuaError) as error:
        return _show(request, resources, said=_sentence_of(error))
    return RedirectResponse("/dang-nhap?changed=true", HTTPStatus.SEE_OTHER)


@router.post(f"{ACCOUNT}/xac-thuc")
def begin(request: Request, resources: OurResources) -> Response:
    """The secret as a QR code for a phone app."""
    try:
        told = api.begin(resources)
    except Problem as error:
        return _show(request, resources, said=_sentence_of(error))
    return _show(request, resources, enrolment={"secret": told["secret"], "qr": qr_svg(told["uri"])})


@router.post(f"{ACCOUNT}/xac-nhan")
def confirm(request: Request, resources: OurResources, code: Code = "") -> Response:
    """From now on signing in asks for a code."""
    try:
        api.confirm(api.CodeIn(code=code), resources)
    except (Problem, MotcuaError) as error:
        return _show(request, resources, said=_sentence_of(error))
    return RedirectResponse(ACCOUNT, HTTPStatus.SEE_OTHER)


def _show(
    request: Request, resources: Resources, *, said: Sentence | None = None, enrolment: dict[str, Any] | None = None
) -> HTMLResponse:
    told = api.read(request, resources)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if said else HTTPStatus.OK
    words = said.say(page_language(request)) if said else ""
    return render(request, "account.html", status, account=told, said=words, enrolment=enrolment, shortest=SHORTEST)


def _provider(resources: Resources) -> str:
    """What the button of the identity provider says; empty where there is none."""
    return resources.settings.oidc_name if is_configured(resources.settings) else ""


def _sentence_of(error: Problem | MotcuaError) -> Sentence:
    return error.said if isinstance(error, Problem) else error.sentence


def local(address: str) -> str:
    """An address of this site; one of another site is not followed."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else WORK
