"""A walk-in at the counter: the officer chooses the procedure, scans, and hands over the signed receipt (form 01)."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse

from services.access.addresses import EMAIL_OR_NONE, MAX_EMAIL
from services.api import hand_in as api
from services.api.actions import ActionIn, do_action
from services.api.arrived import Sent
from services.api.database import Resources, resources_of
from services.api.forms import sign_off
from services.api.problems import Problem
from services.api.upload import MeasuredRoute
from services.catalogue.procedure import Procedure
from services.dossier.commands import Action
from services.dossier.errors import MotcuaError
from services.dossier.status import Channel
from services.dossier.transitions import Form as PaperForm
from services.portal.choosing import search_ours
from services.portal.home import in_force, name_in
from services.portal.render import page_language, render
from services.storage.desk import look
from services.storage.units import list_units
from services.wording import Sentence, sentence

router = APIRouter(prefix="/can-bo", route_class=MeasuredRoute)
OurResources = Annotated[Resources, Depends(resources_of)]


@router.get("/ho-so-moi")
def form(
    request: Request,
    resources: OurResources,
    q: Annotated[str, Query(max_length=400)] = "",
    procedure: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """The form; while the officer types, the procedures alone."""
    ours = {one.code: one for one in in_force(resources)}
    found = search_ours(resources, q, ours)[:6]
    chosen = ours.get(procedure)
    values: dict[str, Any] = {"found": [chosen] if chosen and not found else found, "q": q, "name": name_in(request)}
    if request.headers.get("hx-request"):
        return render(request, "counter_procedures.html", **values)
    limits = resources.settings
    return render(
        request, "counter.html", **values, units=_units(resources), unit=_own_unit(resources),
        max_files=limits.max_files, max_file_mb=limits.max_file_mb,
    )  # fmt: skip


def _units(resources: Resources) -> list[tuple[str, str]]:
    """The units that whoever asks may take in for."""
    with resources.writing.connection() as connection:
        return [(one.id, one.name) for one in list_units(connection) if resources.principal.covers(one.id)]


def _own_unit(resources: Resources) -> str:
    """The unit an officer takes in for when he names none: this office's, or his own where that is not his."""
    ours, whoever = resources.settings.unit, resources.principal
    return ours if whoever.covers(ours) or not whoever.units else min(whoever.units)


@router.post("/ho-so-moi")
def take_in(
    request: Request,
    resources: OurResources,
    files: Annotated[list[UploadFile], File(default_factory=list)],
    uploads: Sent,
    procedure: Annotated[str, Form(max_length=40)] = "",
    unit: Annotated[str, Form(max_length=64)] = "",
    channel: Annotated[Channel, Form()] = Channel.DIRECT,
    applicant_name: Annotated[str, Form(max_length=200)] = "",
    applicant_phone: Annotated[str, Form(max_length=20)] = "",
    applicant_citizen_id: Annotated[str, Form(pattern=r"^(\d{9}|\d{12})?$")] = "",
    applicant_email: Annotated[str, Form(max_length=MAX_EMAIL, pattern=EMAIL_OR_NONE)] = "",
    contact_consent: Annotated[bool, Form()] = False,
    receive: Annotated[bool, Form()] = False,
    idempotency_key: Annotated[str | None, Form(max_length=200)] = None,
) -> Response:
    """Taken in once; received and its receipt signed where the officer wishes it and the procedure is known."""
    if channel is Channel.ONLINE:  # somebody stands here or sent a letter; the counter answers for its own unit
        channel = Channel.DIRECT
    receipt: dict[str, Any] = api.hand_in(
        Response(), resources, [file for file in files if file.filename], uploads, procedure or None,
        unit=unit or _own_unit(resources),
        channel=channel, applicant_name=applicant_name, applicant_phone=applicant_phone,
        applicant_citizen_id=applicant_citizen_id, applicant_email=applicant_email, contact_consent=contact_consent,
        idempotency_key=idempotency_key or None,
    )  # fmt: skip
    wrong = _receive(request, resources, receipt["code"]) if receive and procedure else None
    if receive and not procedure:
        wrong = sentence("portal.counter_no_date")
    chosen: Procedure | None = next((one for one in in_force(resources) if one.code == procedure), None)
    return render(
        request, "counter_receipt.html", HTTPStatus.CREATED, receipt=receipt, received=receive and wrong is None,
        said=wrong.say(page_language(request)) if wrong else "", chosen=chosen, name=name_in(request),
        applicant=applicant_name,
    )  # fmt: skip


def _receive(request: Request, resources: Resources, code: str) -> Sentence | None:
    """Received now and form 01 signed by the officer at the counter; the sentence where that was not to be."""
    if not resources.principal.may_do(Action.RECEIVE):
        return sentence("access.not_yours")
    try:
        with resources.writing.connection() as connection:
            case = look(connection, code)
            # the same button pressed again, over a broken line
            if case is not None and case.standing.received_at is None:
                asked = ActionIn(version=len(case.events))
                do_action(connection, code, Action.RECEIVE, asked, resources.principal.name)
        sign_off(code, PaperForm.RECEIPT, request, resources)
    except MotcuaError as error:
        return error.sentence
    except Problem as problem:
        return None if problem.said.id == "forms.already_signed" else problem.said
    return None
