"""Following a dossier: its code and its receipt key open a page that says what happens now and when it is due."""

from http import HTTPStatus
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services import clock
from services.access.addresses import EMAIL_OR_NONE, MAX_EMAIL
from services.api import contact
from services.api.arrived import Sent
from services.api.database import Resources, resources_of
from services.api.dossiers import read_dossier
from services.api.forms import acknowledge, read_issued
from services.api.guard import holder_cookie
from services.api.history import read_case
from services.api.masking import MASKED
from services.api.supplement import add_papers
from services.dossier.history import EventKind
from services.dossier.naming import name_paper
from services.dossier.status import DossierStatus
from services.dossier.transitions import Form as PaperForm
from services.intake.supplement import UNDER_WAY
from services.portal.home import in_force, name_in
from services.portal.likely import likely_asked
from services.portal.render import page_language, render
from services.portal.timeline import timeline_of
from services.portal.unopened import replaced_in, unopened_of
from services.storage.feedback import Kind, stars_of
from services.storage.forms import list_signed
from services.storage.readers import CONSENT
from services.storage.receipts import TooManyTries, receipt_opens
from services.wording import Language, sentence

router = APIRouter()

ADDED = "da-nhan"
"""In an address: how many files have just been added."""


def remember_holder(response: Response, code: str, key: str) -> None:
    """Let this browser follow the dossier until it is closed."""
    response.set_cookie(holder_cookie(code), key, httponly=True, samesite="strict", path="/")


@router.get("/tra-cuu")
def ask(request: Request, code: str = "") -> HTMLResponse:
    """The form for code and key."""
    return render(request, "tracking_form.html", code=code, refused="")


@router.post("/tra-cuu")
async def open_dossier(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    code: Annotated[str, Form(max_length=60)] = "",
    key: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """To the dossier's page, or the form again: it does not say which of the two was wrong."""
    code = code.strip().upper()
    try:
        async with resources.reading.connection() as connection:
            opens = await receipt_opens(connection, code, key, resources.address, clock.now())
    except TooManyTries as error:
        said = error.sentence.say(page_language(request))
        return render(request, "tracking_form.html", HTTPStatus.TOO_MANY_REQUESTS, code=code, refused=said)
    if not opens:
        said = sentence("portal.tracking_refused").say(page_language(request))
        return render(request, "tracking_form.html", HTTPStatus.FORBIDDEN, code=code, refused=said)
    response = RedirectResponse(f"/ho-so/{code}", HTTPStatus.SEE_OTHER)
    remember_holder(response, code, key.strip().upper())
    return response


@router.get("/ho-so/{code}")
async def follow(request: Request, code: str, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """The dossier as its applicant sees it; without the key it asks for it."""
    key = request.cookies.get(holder_cookie(code), "")
    opens = resources.principal.way == "receipt"
    # an officer, or nobody at all where everything is open, may hold a receipt too
    if not opens and key and resources.principal.way != "nobody":
        async with resources.reading.connection() as connection:
            opens = await receipt_opens(connection, code, key, resources.address, clock.now())
    if not opens:
        return RedirectResponse(f"/tra-cuu?code={code}", HTTPStatus.SEE_OTHER)
    dossier: dict[str, Any] = orjson.loads((await read_dossier(code, resources)).body)
    template = "tracking_now.html" if request.headers.get("hx-request") else "tracking.html"
    told = await run_in_threadpool(read_case, code, resources)
    asked, may_add = _asked(told), told["status"]["code"] in UNDER_WAY
    named = await run_in_threadpool(_named, dossier, request, resources)
    issued, rated = await run_in_threadpool(_issued, code, resources)
    return render(
        request, template, dossier=dossier, steps=timeline_of(dossier), pause=_pause(told), asked=asked,
        issued=issued, rated=rated, given=request.query_params.get("da-gui", "") in set(Kind),
        likely=likely_asked(dossier["findings"], may_add=may_add, is_asked=asked is not None),
        procedure_name=named, papers_of=_papers_of(dossier, page_language(request)), contact=_contact(dossier),
        may_add=may_add, unopened=unopened_of(dossier) if may_add else (), replaced=replaced_in(dossier["documents"]),
        max_files=resources.settings.max_files, max_file_mb=resources.settings.max_file_mb,
        added=request.query_params.get(ADDED, ""),
    )  # fmt: skip


@router.post("/ho-so/{code}/nhan-tin")
def be_told(
    code: str,
    resources: Annotated[Resources, Depends(resources_of)],
    email: Annotated[str, Form(max_length=MAX_EMAIL, pattern=EMAIL_OR_NONE)] = "",
    phone: Annotated[str, Form(max_length=20)] = "",
    consent: Annotated[bool, Form()] = False,
) -> Response:
    """Where and whether the applicant is told: the same door as the API's."""
    # a number that was shown masked comes back masked, and stays as it was
    kept = None if MASKED in phone else phone.strip()
    contact.change(code, contact.ContactIn(email=email, phone=kept, consent=consent), resources)
    return RedirectResponse(f"/ho-so/{code}", HTTPStatus.SEE_OTHER)


def _contact(dossier: dict[str, Any]) -> dict[str, Any]:
    told = dossier["applicant"]
    return {"email": told.get("email", ""), "phone": told.get("phone", ""), "agreed": told.get(CONSENT) == "yes"}


def _issued(code: str, resources: Resources) -> tuple[list[str], int | None]:
    """The papers of the office for the citizen, and the stars he gave."""
    with resources.writing.connection() as connection:
        signed = [form for form in list_signed(connection, code) if form != PaperForm.CONTROL_SHEET]
        return signed, stars_of(connection, code)


def _papers_of(dossier: dict[str, Any], language: Language) -> dict[str, list[str]]:
    """What the machine recognised in each file."""
    found: dict[str, list[str]] = {}
    for paper in dossier["papers"]:
        for file in dict.fromkeys(page["file"] for page in paper["pages"] if paper["kind"]):
            found.setdefault(file, []).append(name_paper(paper["kind"], paper["title"], language))
    return {file: list(dict.fromkeys(names)) for file, names in found.items()}


def _named(dossier: dict[str, Any], request: Request, resources: Resources) -> str:
    """The procedure in the reader's language."""
    code = dossier["procedure"]["code"]
    known = next((one for one in in_force(resources) if one.code == code), None)
    return name_in(request)(known) if known else dossier["procedure"]["name"] or ""


def _pause(told: dict[str, Any]) -> dict[str, Any] | None:
    """The pause that lasts, with why and what is asked."""
    return next((pause for pause in reversed(told["pauses"]) if pause["to"] is None), None)


def _asked(told: dict[str, Any]) -> dict[str, Any] | None:
    """The request for papers that the dossier waits on."""
    if told["status"]["code"] != DossierStatus.SUPPLEMENT_REQUESTED:
        return None
    asked = [event for event in told["events"] if event["kind"] == EventKind.SUPPLEMENT_REQUESTED]
    return asked[-1] if asked else None


@router.get("/ho-so/{code}/xac-nhan.pdf")
def acknowledgement(request: Request, code: str, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """The receipt as a file; the key on it is the one this browser has shown."""
    key = request.cookies.get(holder_cookie(code), "")
    return acknowledge(resources, code, key, str(request.base_url), page_language(request))


@router.get("/ho-so/{code}/mau/{form}.pdf")
def issued_form(
    request: Request, code: str, form: PaperForm, resources: Annotated[Resources, Depends(resources_of)]
) -> Response:
    """A paper of the office that somebody there has signed off."""
    return read_issued(resources, code, form, str(request.base_url), page_language(request))


@router.post("/ho-so/{code}/bo-sung")
def supplement(
    code: str,
    resources: Annotated[Resources, Depends(resources_of)],
    files: Annotated[list[UploadFile], File(default_factory=list)],
    uploads: Sent,
) -> Response:
    """More papers; then the dossier's page, where they are being read."""
    added = add_papers(code, resources, [file for file in files if file.filename], uploads)
    return RedirectResponse(f"/ho-so/{code}?{ADDED}={len(added['documents'])}", HTTPStatus.SEE_OTHER)
