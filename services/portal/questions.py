"""Asking the assistant on a page: a thread that goes on, sources under each answer, a person where it stops."""

from http import HTTPStatus
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from services.access.addresses import MAX_EMAIL
from services.api.assistant import LONGEST, ContactIn, MessageIn, RatingIn, post_message, post_rating, put_contact
from services.api.database import Resources, resources_of
from services.api.problems import Problem
from services.portal.light import style_source
from services.portal.render import page_language, render
from services.wording import sentence

router = APIRouter(prefix="/hoi-dap")

# the page in a frame holds no session and acts for nobody, so any site may show it
FRAMED = {
    "content-security-policy": f"default-src 'self'; style-src 'self' {style_source()}; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
}


@router.get("")
def page(request: Request) -> HTMLResponse:
    """The thread, still empty."""
    return render(request, "questions.html", turns=[], talk="", framed=False, longest=LONGEST, reachable=False)


@router.get("/khung")
def frame(request: Request) -> HTMLResponse:
    """The same for a frame on another site (`/static/embed.js`)."""
    response = render(request, "questions_frame.html", turns=[], talk="", framed=True, longest=LONGEST, reachable=False)
    response.headers.update(FRAMED)
    return response


@router.post("")
def ask(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    text: Annotated[str, Form(max_length=LONGEST)] = "",
    talk: Annotated[str, Form(max_length=64)] = "",
    framed: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """One turn: what was asked and what is answered; an error is a turn too, with its sentence."""
    turn: dict[str, Any] = {"asked": text.strip(), "said": "", "reply": None}
    status = HTTPStatus.OK
    if text.strip():
        try:
            turn["reply"] = orjson.loads(post_message(MessageIn(text=text, talk=talk), request, resources).body)
            talk = turn["reply"]["talk"]
        except Problem as problem:
            status, turn["said"] = problem.status, problem.said.say(page_language(request))
    values: dict[str, Any] = {
        "turns": [turn] if turn["asked"] else [],
        "talk": talk,
        "framed": framed,
        "longest": LONGEST,
        "reachable": _can_tell(resources),
    }
    if request.headers.get("hx-request"):
        # a turn that failed is shown like any other: htmx swaps only what came with 200
        return render(request, "questions_turn.html", **values)
    return render(request, "questions_frame.html" if framed else "questions.html", status, **values)


@router.post("/phieu/{code}/lien-he")
def leave_contact(
    request: Request,
    code: str,
    resources: Annotated[Resources, Depends(resources_of)],
    contact: Annotated[str, Form(max_length=MAX_EMAIL)] = "",
) -> HTMLResponse:
    """Where whoever asked wants to be told of the answer: a number is a telephone, anything else an e-mail address."""
    written = contact.strip()
    refused, status, shown = "", HTTPStatus.OK, ""
    try:
        put_contact(code, ContactIn(**{"email" if "@" in written else "phone": written}), resources)
        shown = hide_contact(written)
    except ValidationError:
        refused, status = sentence("assistant.no_contact").say(page_language(request)), HTTPStatus.UNPROCESSABLE_ENTITY
    except Problem as problem:
        refused, status = problem.said.say(page_language(request)), HTTPStatus(problem.status)
    template = "questions_told.html"
    if request.headers.get("hx-request"):
        template, status = "questions_contact.html" if refused else "questions_contact_kept.html", HTTPStatus.OK
    return render(request, template, status, code=code.upper(), contact=shown or written, refused=refused)


def hide_contact(written: str) -> str:
    """An address or number as it is shown back: enough to see a slip, too little for whoever looks on."""
    name, at, host = written.partition("@")
    return f"{name[:2]}•••{at}{host}" if at else f"•••{written[-3:]}"


def _can_tell(resources: Resources) -> bool:
    """Whether this office sends e-mail or text messages at all: nothing is asked that cannot be kept."""
    return bool(resources.settings.smtp_host or resources.settings.sms_url)


@router.post("/{turn}/danh-gia")
def rate(
    request: Request,
    turn: int,
    resources: Annotated[Resources, Depends(resources_of)],
    talk: Annotated[str, Form(max_length=64)] = "",
    helpful: Annotated[bool, Form()] = False,
) -> Response:
    """Whether the answer helped."""
    post_rating(turn, RatingIn(talk=talk, helpful=helpful), resources)
    return render(request, "questions_rated.html")
