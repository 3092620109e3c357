"""The forms 01–07 as files: drafts until a person signs them off."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from services import clock
from services.access.roles import ACTION_PERMITS
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.masking import mask_numbers
from services.api.models import Problem422
from services.api.problems import Problem, language_of
from services.deadline.lead import LeadTime
from services.deadline.promise import NEVER, promise_of
from services.dossier.history import HistoryEvent
from services.dossier.status import DossierStatus
from services.dossier.transitions import TRANSITIONS, Form
from services.forms.docx import write_docx
from services.forms.facts import FormFacts, RegisterRow, SignOff, StepFacts
from services.forms.listing import list_papers
from services.forms.pdf import draw_pdf
from services.forms.sheet import Sheet
from services.forms.write import Office, write_acknowledgement, write_form, write_register
from services.storage.database import Connection
from services.storage.desk import Case, look
from services.storage.forms import find_signed, read_papers, read_register, sign_form
from services.storage.projection import find_due_of
from services.storage.units import list_units
from services.wording import Language, sentence

router = APIRouter(tags=["forms"])

Kind = Literal["pdf", "docx"]
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {} for media in MEDIA.values()}},
    404: {"model": Problem422},
    422: {"model": Problem422},
}
_EVENTS = {form: {one.event for one in TRANSITIONS.values() if one.form is form} for form in Form}
ROWS = 5000
OurResources = Annotated[Resources, Depends(resources_of)]


@router.get("/v1/dossiers/{code}/forms/{form}.{kind}", responses=_ANSWERS, response_class=Response, summary="A form")
def read_form(code: str, form: Form, kind: Kind, request: Request, resources: OurResources) -> Response:
    """Of the last event that calls for it: 01 receipt, 02 missing papers, 03 refusal, 04 apology, 05 stop, 06 steps."""
    language = language_of(request)
    facts, signature = _filled(resources, code, form, str(request.base_url), language)
    return file_of(write_form(form, facts, signature, language), kind, f"{code}-{form}")


def read_issued(resources: Resources, code: str, form: Form, base_url: str, language: Language) -> Response:
    """A form as the applicant may have it: the PDF, once somebody has signed it off.

    Raises:
        Problem: 404, there is no such dossier or nobody has signed; 422, nothing calls for the form.
    """
    facts, signature = _filled(resources, code, form, base_url, language)
    if signature is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("forms.not_signed", form=form))
    return file_of(write_form(form, facts, signature, language), "pdf", f"{code}-{form}")


def acknowledge(resources: Resources, code: str, key: str, base_url: str, language: Language) -> Response:
    """What whoever handed a dossier in keeps of it, as PDF.

    Raises:
        Problem: 404, there is no such dossier.
    """
    with resources.writing.connection() as connection:
        case = _case(connection, code)
        facts = handed_in_facts(connection, case, case.events, base_url, language)
    status = case.standing.status or DossierStatus.NEW
    received, dated = facts.received_at is not None, facts.due_at is not None
    promise = promise_of(status, received=received, dated=dated, paused=case.ledger.paused)
    return file_of(write_acknowledgement(facts, key, promise, language), "pdf", code)


def _filled(
    resources: Resources, code: str, form: Form, base_url: str, language: Language
) -> tuple[FormFacts, SignOff | None]:
    _check_form(form)
    with resources.writing.connection() as connection:
        case = _case(connection, code)
        facts, number = facts_of(connection, case, form, base_url, language)
        signed = find_signed(connection, case.id, form, number)
    return facts, None if signed is None else SignOff(form, *signed)


@router.post(
    "/v1/dossiers/{code}/forms/{form}/sign-off", responses={404: {"model": Problem422}, 409: {"model": Problem422}},
    summary="Sign a form off",
)  # fmt: skip
def sign_off(code: str, form: Form, request: Request, resources: OurResources) -> dict[str, Any]:
    """From now on it is no draft. Who may do what the form goes with may sign it."""
    _check_form(form)
    permits = {ACTION_PERMITS[action] for action, one in TRANSITIONS.items() if one.form is form}
    if not any(resources.principal.may(permit) for permit in permits):
        raise Problem(HTTPStatus.FORBIDDEN, sentence("access.not_yours"))
    now, by = clock.now(), resources.principal.name
    with resources.writing.connection() as connection:
        case = _case(connection, code)
        _, number = facts_of(connection, case, form, str(request.base_url), language_of(request))
        if not sign_form(connection, case.id, form, number, by=by, at=now):
            raise Problem(HTTPStatus.CONFLICT, sentence("forms.already_signed", form=form))
    note(resources, "form_signed", code, form=form, event=number)
    return {"code": code, "form": form, "event": number, "signed_by": by}


@router.get(
    "/v1/units/{unit}/register.{kind}", responses=_ANSWERS, response_class=Response, summary="The register of a unit"
)
def read_unit_register(
    unit: str, kind: Kind, request: Request, resources: OurResources,
    first_day: Annotated[Day | None, Query(alias="from")] = None,
    last_day: Annotated[Day | None, Query(alias="to")] = None,
) -> Response:  # fmt: skip
    """Form 07: every dossier received in a period (this year's when not given), numbered from 01."""
    now = clock.now()
    today = clock.in_vietnam(now).date()
    first, last = first_day or today.replace(month=1, day=1), last_day or today
    language = language_of(request)
    with resources.writing.connection() as connection:
        units = {one.id: one for one in list_units(connection)}
        if unit not in units:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_unit", unit=unit))
        rows = read_register(connection, unit, first, last, ROWS)
    parent = units.get(units[unit].parent or "")
    lines = [
        RegisterRow(code, name, applicant or "", received, due, result, returned,
                    sentence(f"forms.channel_{channel}").say(language), _ended_as(status, language))
        for code, name, applicant, received, due, result, returned, channel, status in rows
    ]  # fmt: skip
    since, until = clock.moments_of(first, last)
    office = Office(units[unit].name, parent.name if parent else "", _place(units[unit].name))
    sheet = write_register(office, lines, since or now, min(until or now, now), language)
    return file_of(sheet, kind, f"{unit}-07")


def _ended_as(status: int, language: Language) -> str:
    return sentence(f"dossier.status_{status}").say(language).capitalize() if DossierStatus(status) in NEVER else ""


def facts_of(
    connection: Connection, case: Case, form: Form, base_url: str, language: Language = Language.VI
) -> tuple[FormFacts, int]:
    """What a form tells of a dossier, and the number of the event it goes with.

    Raises:
        Problem: 422, nothing calls for the form yet.
    """
    numbers = [n for n, event in enumerate(case.events, start=1) if event.kind in _EVENTS[form]]
    if not numbers:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("forms.not_yet", form=form))
    until = case.events[: numbers[-1] - 1] if form is Form.APOLOGY else case.events
    facts = handed_in_facts(connection, case, until, base_url, language)
    standing = case.standing
    dated = {judged.step: judged for judged in case.judge_steps(clock.now())}
    ends = [*(step.since for step in standing.steps[1:]), standing.ended_at]
    steps = tuple(
        StepFacts(step.holder, step.name, step.since, dated[step].due_at if step in dated else None, end,
                  step in dated and dated[step].late)
        for step, end in zip(standing.steps, ends, strict=True)
    ) if standing.steps else ()  # fmt: skip
    return replace(facts, event=case.events[numbers[-1] - 1], steps=steps), numbers[-1]


def handed_in_facts(
    connection: Connection, case: Case, until: Sequence[HistoryEvent], base_url: str, language: Language
) -> FormFacts:
    """What every form tells of a dossier, whatever happened to it; the due date is that of these events."""
    papers = read_papers(connection, case.id)
    due = find_due_of(until, case.procedure, case.calendar)
    lead = case.time_case.lead if case.time_case else None
    return FormFacts(
        code=case.code,
        unit_name=papers.unit_name,
        parent_name=papers.parent_name,
        place=_place(papers.unit_name),
        applicant=str(papers.applicant.get("name", "")),
        phone=str(papers.applicant.get("phone", "")),
        procedure=case.procedure.name_vi if case.procedure else "",
        papers=list_papers(papers.documents, papers.kinds, language, [mask_numbers(title) for title in papers.titles]),
        lead=_say_lead(lead, language),
        submitted_at=case.events[0].at,
        received_at=case.standing.received_at,
        due_at=None if due is None else due.at,
        event=None,
        qr=f"{base_url}tra-cuu?code={case.code}",
    )


def _place(unit_name: str) -> str:
    """The place a unit dates its papers from: its own name without the kind of unit."""
    for kind in ("Xã ", "Phường ", "Tỉnh "):
        if unit_name.startswith(kind):
            return unit_name.removeprefix(kind)
    return "Lạng Sơn"


def _say_lead(lead: LeadTime | None, language: Language) -> str:
    return "" if lead is None else sentence(f"catalogue.time_{lead.unit}", amount=lead.amount).say(language)


def _case(connection: Connection, code: str) -> Case:
    case = look(connection, code)
    if case is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    return case


def _check_form(form: Form) -> None:
    if form is Form.REGISTER:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("forms.no_such", form=form))


def file_of(sheet: Sheet, kind: Kind, name: str) -> Response:
    """A sheet as an answer."""
    data = draw_pdf(sheet) if kind == "pdf" else write_docx(sheet)
    return Response(data, media_type=MEDIA[kind], headers={"Content-Disposition": f'inline; filename="{name}.{kind}"'})
