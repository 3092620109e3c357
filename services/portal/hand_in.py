"""Handing in a dossier on a page: the same door as `POST /v1/dossiers`, answered with a receipt to keep or print."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse

from services.access.addresses import EMAIL_OR_NONE, MAX_EMAIL
from services.api import hand_in as api
from services.api.arrived import Sent
from services.api.database import Resources, resources_of
from services.api.pre_check import pre_check
from services.api.upload import MeasuredRoute
from services.catalogue.facts import Fact
from services.catalogue.procedure import Procedure, RequiredPaper
from services.catalogue.rule_words import explain_rule
from services.catalogue.rules import holds
from services.portal.home import also_called, in_force, name_in
from services.portal.qr import qr_svg
from services.portal.render import page_language, render
from services.portal.tracking import remember_holder
from services.wording import Language

router = APIRouter(route_class=MeasuredRoute)


@router.get("/nop-ho-so")
def form(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    procedure: str = "",
    words: Annotated[str, Query(max_length=4000)] = "",
) -> HTMLResponse:
    """The form; with a procedure it lists what to hand in."""
    chosen = next((found for found in in_force(resources) if found.code == procedure), None)
    limits = resources.settings
    return render(
        request, "hand_in.html", chosen=chosen, words=words, name=name_in(request), max_files=limits.max_files,
        max_file_mb=limits.max_file_mb, papers=asked_online(chosen, page_language(request)) if chosen else (),
        also=also_called(chosen, page_language(request)) if chosen else {},
    )  # fmt: skip


def asked_online(procedure: Procedure, language: Language) -> list[tuple[RequiredPaper, str]]:
    """The papers that may be asked of someone who hands in here, each with its condition; surely needed ones first."""
    papers = [(paper, holds(paper.when, {Fact.ONLINE: True})) for paper in procedure.papers if not paper.presented]
    needed = [(paper, "") for paper, truth in papers if truth]
    return needed + [
        (paper, explain_rule(paper.when, language)) for paper, truth in papers if truth is None and paper.when
    ]


@router.post("/nop-ho-so")
def take_in(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    files: Annotated[list[UploadFile], File(default_factory=list)],
    uploads: Sent,
    procedure: Annotated[str, Form(max_length=40)] = "",
    applicant_name: Annotated[str, Form(max_length=200)] = "",
    applicant_phone: Annotated[str, Form(max_length=20)] = "",
    applicant_email: Annotated[str, Form(max_length=MAX_EMAIL, pattern=EMAIL_OR_NONE)] = "",
    contact_consent: Annotated[bool, Form()] = False,
    words: Annotated[str, Form(max_length=4000)] = "",
    idempotency_key: Annotated[str | None, Form(max_length=200)] = None,
) -> Response:
    """Take the dossier in once, however often the button was pressed, and show its receipt."""
    # a browser sends one empty part for an empty file field
    files = [file for file in files if file.filename]
    receipt: dict[str, Any] = api.hand_in(
        Response(), resources, files, uploads, procedure or None, applicant_name=applicant_name,
        applicant_phone=applicant_phone, applicant_email=applicant_email, contact_consent=contact_consent, words=words,
        idempotency_key=idempotency_key or None,
    )  # fmt: skip
    address = f"{request.base_url}tra-cuu?code={receipt['code']}"
    response = render(request, "receipt.html", HTTPStatus.CREATED, receipt=receipt, qr=qr_svg(address))
    remember_holder(response, receipt["code"], receipt["receipt_key"])
    return response


@router.post("/nop-ho-so/xem-truoc")
def look(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    files: Annotated[list[UploadFile], File(default_factory=list)],
    uploads: Sent,
    procedure: Annotated[str, Form(max_length=40)] = "",
    words: Annotated[str, Form(max_length=4000)] = "",
) -> HTMLResponse:
    """What the machine sees in the files before they are handed in; nothing of them is kept."""
    found = pre_check(resources, [file for file in files if file.filename], uploads, procedure, words)
    part = bool(request.headers.get("x-part"))
    named, known = found["procedure"], {one.code: one for one in in_force(resources)}
    ours = known.get(named["code"])
    return render(
        request, "look.html" if part else "look_page.html", found=found, procedure=procedure, words=words,
        procedure_name=name_in(request)(ours) if ours else named["name"],
        also=also_called(ours, page_language(request)) if ours else {},
    )  # fmt: skip
