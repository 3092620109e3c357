"""Questions and answers for officials: what waits, what did not help, a sample to judge, and the answers in use."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from services import clock
from services.api import assistant_desk as api
from services.api.database import Resources, resources_of
from services.api.problems import Problem
from services.portal.heading import unit_name
from services.portal.render import page_language, render
from services.wording import all_ids, sentence

router = APIRouter()

OurResources = Annotated[Resources, Depends(resources_of)]
Text = Annotated[str, Form()]
Ticked = Annotated[bool, Form()]
PAGE = "/can-bo/hoi-dap"
SAMPLE = 30
"""Answers of a week that are judged: with 30 all right the share is at least 88 %."""

WEEKS = 26
FAULTS = (Problem, ValidationError)
EMPTY = {
    "ticket": "",
    "new": False,
    "text": "",
    "question": "",
    "procedure": "",
    "approve": False,
    "answer": "",
    "source": "",
}
"""What the forms hold before anybody typed."""


@router.get(PAGE)
def page(
    request: Request, resources: OurResources, week: date | None = None,
    done: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:  # fmt: skip
    """Everything that waits for a person."""
    return _show(request, resources, week=week, done=done)


@router.post(f"{PAGE}/phieu/{{code}}")
def answer(
    request: Request, code: str, resources: OurResources, text: Text = "", by: Text = "", question: Text = "",
    procedure: Text = "", approve: Ticked = False,
) -> Response:  # fmt: skip
    """A ticket answered; ticked, the answer is knowledge from now on."""
    typed = {"text": text, "by": by, "question": question, "procedure": procedure, "approve": approve}
    try:
        api.post_answer(code, api.AnswerIn.model_validate(_stripped(typed)), resources)
    except FAULTS as fault:
        return _show(request, resources, fault=fault, typed=typed | {"ticket": code})
    return _go("answered")


@router.post(f"{PAGE}/luot/{{turn}}")
def judge(
    request: Request, turn: int, resources: OurResources, right: Ticked = False, by: Text = "", sample: Ticked = False,
    week: Text = "",
) -> Response:  # fmt: skip
    """Right or wrong, by somebody who knows."""
    try:
        api.put_judgement(turn, api.JudgementIn(right=right, by=by.strip(), sample=sample), resources)
    except FAULTS as fault:
        return _show(request, resources, fault=fault)
    return _go("judged", f"&week={week}#sample" if sample and week else "#unhelpful")


@router.post(f"{PAGE}/cau-tra-loi")
def draft(
    request: Request, resources: OurResources, question: Text = "", answer: Text = "", procedure: Text = "",
    source: Text = "",
) -> Response:  # fmt: skip
    """An answer written without a ticket."""
    typed = {"question": question, "answer": answer, "procedure": procedure, "source": source}
    try:
        api.post_draft(api.DraftIn.model_validate(_stripped(typed)), resources)
    except FAULTS as fault:
        return _show(request, resources, fault=fault, typed=typed | {"new": True})
    return _go("drafted", "#entries")


@router.post(f"{PAGE}/cau-tra-loi/{{entry}}/duyet")
def approve(request: Request, entry: int, resources: OurResources, by: Text = "") -> Response:
    """From now on the question is answered with it."""
    try:
        api.post_approval(entry, api.ApprovalIn(by=by.strip()), resources)
    except FAULTS as fault:
        return _show(request, resources, fault=fault)
    return _go("approved", "#entries")


@router.post(f"{PAGE}/cau-tra-loi/{{entry}}/rut")
def withdraw(request: Request, entry: int, resources: OurResources) -> Response:
    """Out of use; it stays on record."""
    try:
        api.delete_knowledge(entry, resources)
    except FAULTS as fault:
        return _show(request, resources, fault=fault)
    return _go("withdrawn", "#entries")


@router.get("/so-lieu/tro-ly")
def figures(request: Request, resources: OurResources) -> HTMLResponse:
    """How often the assistant was asked, answered, said nothing, and was right: by week, for everybody."""
    weeks = _read(api.read_figures(resources, WEEKS))["weeks"]
    return render(request, "assistant_figures.html", weeks=weeks, sample=SAMPLE)


def _show(
    request: Request, resources: Resources, *, week: date | None = None, done: str = "",
    fault: Problem | ValidationError | None = None, typed: dict[str, Any] | None = None,
) -> HTMLResponse:  # fmt: skip
    week = _monday(week or clock.in_vietnam(clock.now()).date() - timedelta(days=7))
    work = _read(api.read_work_list(resources, 100))
    units = sorted(resources.principal.units or ())
    response = render(
        request, "knowledge.html", HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        tickets=work["tickets"], unhelpful=work["unhelpful"], week=week, later=week + timedelta(days=7),
        earlier=week - timedelta(days=7), sample=_read(api.read_sample(resources, week, SAMPLE))["turns"],
        entries=_read(api.read_knowledge(resources, 200))["entries"], typed=EMPTY | (typed or {}),
        office=unit_name(units[0]) if units else "", said=_say(request, fault) if fault else "",
        done=done if f"portal.kb_done_{done}" in all_ids() and not fault else "",
    )  # fmt: skip
    response.headers["cache-control"] = "no-store"
    return response


def _say(request: Request, fault: Problem | ValidationError) -> str:
    language = page_language(request)
    if isinstance(fault, Problem):
        return fault.said.say(language)
    named = ", ".join(dict.fromkeys(str(one["loc"][0]) for one in fault.errors() if one["loc"]))
    return sentence("portal.kb_invalid", where=named).say(language)


def _go(done: str, rest: str = "") -> RedirectResponse:
    return RedirectResponse(f"{PAGE}?done={done}{rest}", HTTPStatus.SEE_OTHER)


def _read(answer: Response) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(bytes(answer.body))
    return found


def _stripped(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in typed.items()}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
