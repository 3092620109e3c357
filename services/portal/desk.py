"""The officer's desk: what is due first, and one dossier with its pages beside what the machine read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services import clock
from services.access.roles import Permit
from services.api.actions import do_action
from services.api.confirm import confirm_value
from services.api.database import Resources, resources_of
from services.api.dossiers import read_dossier
from services.api.forms import sign_off
from services.api.history import read_case
from services.api.problems import Problem
from services.catalogue.procedure import Procedure
from services.dossier.commands import Action
from services.dossier.errors import MotcuaError
from services.dossier.standing import Finance
from services.dossier.transitions import TRANSITIONS
from services.dossier.transitions import Form as Form_
from services.portal.home import in_force, name_in
from services.portal.papers import FieldRow, as_written, field_rows, page_pictures, sides_of
from services.portal.render import page_language, render
from services.portal.unopened import unopened_of
from services.portal.work import (
    closed_to,
    forms_of,
    later_papers,
    offered_to,
    read_action,
    rows_of,
    signed_of,
    unrecorded_fees,
    wishes_of,
)
from services.storage.forms import read_signatures
from services.storage.fresh_papers import see_fresh
from services.storage.worklist import WorkFilter, pressing_query, worklist_query
from services.wording import sentence

router = APIRouter(prefix="/can-bo")

ROWS = 50


@router.get("")
async def work_list(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    q: Annotated[str, Query(max_length=100)] = "",
    status: str = "",
    show: str = "",
    after: str = "",
) -> HTMLResponse:
    """Open dossiers, the one due first on top."""
    now = clock.now()
    chosen = WorkFilter(
        status=int(status) if status.isdecimal() else None, overdue=show == "overdue", near=show == "near",
        unconfirmed=show == "unconfirmed", fresh=show == "fresh", words=q, after=wishes_of(after),
    )  # fmt: skip
    async with resources.reading.connection() as connection:
        found = await (await connection.execute(*worklist_query(chosen, ROWS + 1, now))).fetchall()
        counts = await (await connection.execute(*pressing_query(now))).fetchone()
    rows, following = rows_of(found, ROWS, now)
    return render(
        request, "desk_list.html", rows=rows, following=following, q=q, state=status, show=show,
        chips=dict(zip(("", "near", "overdue", "unconfirmed", "fresh"), counts or (0,) * 5, strict=True)),
    )  # fmt: skip


@router.get("/ho-so/{code}")
async def dossier(request: Request, code: str, resources: Annotated[Resources, Depends(resources_of)]) -> HTMLResponse:
    """The dossier whole: pages, papers with their fields, findings, clock, history, what may be done.

    Opened by whoever works on it, papers that came later are no longer new in the list.
    """
    fresh = None
    # what a page asks for by itself while the machine reads is no opening
    if resources.principal.may(Permit.CONFIRM) and not request.headers.get("hx-request"):
        with resources.writing.connection() as connection:
            fresh = see_fresh(connection, code)
    return await show_dossier(request, code, resources, fresh=fresh)


@router.post("/ho-so/{code}/viec/{action}")
async def do(
    request: Request, code: str, action: Action, resources: Annotated[Resources, Depends(resources_of)]
) -> Response:
    """One action; back to the dossier when done, or to its page with the sentence that says what is wrong."""
    sent = await request.form()
    try:
        asked = read_action({name: str(value) for name, value in sent.items()})
        with resources.writing.connection() as connection:
            do_action(connection, code, action, asked, resources.principal.name)
    except MotcuaError as error:
        problem = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.sentence)
        return await show_dossier(request, code, resources, problem=problem, tried=action, sent=sent)
    except Problem as problem:
        if problem.status is HTTPStatus.NOT_FOUND:
            raise
        return await show_dossier(request, code, resources, problem=problem, tried=action, sent=sent)
    return RedirectResponse(f"/can-bo/ho-so/{code}", HTTPStatus.SEE_OTHER)


@router.post("/ho-so/{code}/mau/{form}/ky")
def sign_form(
    request: Request, code: str, form: Form_, resources: Annotated[Resources, Depends(resources_of)]
) -> Response:
    """A form signed off: from now on it is no draft."""
    sign_off(code, form, request, resources)
    return RedirectResponse(f"/can-bo/ho-so/{code}", HTTPStatus.SEE_OTHER)


@router.post("/ho-so/{code}/truong/{paper}/{name}")
async def confirm(
    request: Request,
    code: str,
    paper: int,
    name: str,
    resources: Annotated[Resources, Depends(resources_of)],
    value: Annotated[str, Form(max_length=2000)] = "",
    shown: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """A field confirmed as read, or corrected; the row comes back, or the whole page where there is no script."""
    # a value left as it was shown is confirmed, not sent back: a masked number never travels
    typed = None if value.strip() == shown.strip() else value
    problem: Problem | None = None
    try:
        with resources.writing.connection() as connection:
            confirm_value(connection, code, paper, name, typed, by=resources.principal.name)
    except Problem as error:
        problem = error
    if not request.headers.get("hx-request"):
        if problem:
            raise problem
        return RedirectResponse(f"/can-bo/ho-so/{code}", HTTPStatus.SEE_OTHER)
    told = orjson.loads((await read_dossier(code, resources)).body)
    row = next(row for row in field_rows(told, paper, page_language(request)) if row.name == name)
    said = problem.said.say(page_language(request)) if problem else ""
    status = problem.status if problem else HTTPStatus.OK
    return render(
        request, "desk_field.html", status, row=row, code=code, paper_number=paper, said=said, typed=typed,
        closed=closed_to(resources.principal, told),
    )  # fmt: skip


async def show_dossier(
    request: Request,
    code: str,
    resources: Resources,
    *,
    problem: Problem | None = None,
    tried: Action | None = None,
    sent: Mapping[str, Any] | None = None,
    whole: tuple[int, str, str] | None = None,
    fresh: datetime | None = None,
) -> HTMLResponse:
    """The dossier's page; `whole` is paper, name and full value of a field that is shown unmasked, `fresh` since when
    papers came that nobody had looked at, `sent` what was typed for the action `tried`."""
    told: dict[str, Any] = orjson.loads((await read_dossier(code, resources)).body)
    history = read_case(code, resources)
    with resources.writing.connection() as connection:
        signatures = read_signatures(connection, code)
    language, unopened, ours = page_language(request), unopened_of(told), _procedure_of(resources, told)
    papers = [(paper, _unmasked(field_rows(told, paper["number"], language), paper, whole)) for paper in told["papers"]]
    return render(
        request, "desk_dossier.html", problem.status if problem else HTTPStatus.OK, dossier=told, history=history,
        papers=papers, pictures=page_pictures(told), said=problem.said.say(language) if problem else "", tried=tried,
        sent=sent or {}, warned=problem is not None and problem.extra.get("confirm") == "deliberate",
        **offered_to(resources.principal, history, language),
        closed=closed_to(resources.principal, told), ours=ours, name=name_in(request),
        owes=history["finance"] == Finance.DUE, fees=unrecorded_fees(history, ours, language),
        later=later_papers(told["documents"], fresh),
        unopened=unopened,
        forms=forms_of(history), signed=signed_of(history, signatures),
        form_of={action: str(one.form) for action, one in TRANSITIONS.items() if one.form},
        findings=[(finding, sides_of(told, finding)) for finding in told["findings"]],
        missing=[
            *(sentence("portal.unopened_ask", name=one.name, why=one.why[language]).say(language) for one in unopened),
            *(finding["text"][language] for finding in told["findings"] if finding["rule"] == "missing_paper"),
        ],
    )  # fmt: skip


def _procedure_of(resources: Resources, told: Mapping[str, Any]) -> Procedure | None:
    """The procedure as it is today; None where none is named, or it is no longer offered."""
    code = told["procedure"]["code"]
    return next((one for one in in_force(resources) if one.code == code), None)


def _unmasked(rows: list[FieldRow], paper: Mapping[str, Any], whole: tuple[int, str, str] | None) -> list[FieldRow]:
    if whole is None or whole[0] != paper["number"]:
        return rows
    return [replace(row, value=as_written(whole[2]), masked=False) if row.name == whole[1] else row for row in rows]
