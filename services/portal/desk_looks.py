"""What an officer looks at before acting: the form an action would issue, and a masked value in full."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Form, Request, Response

from services.api.database import Resources, resources_of
from services.api.dossiers import read_dossier
from services.api.preview import preview_form
from services.api.problems import Problem
from services.api.reveal import RevealIn, reveal
from services.dossier.commands import Action
from services.dossier.errors import MotcuaError, NeedsConfirmation
from services.portal.desk import show_dossier
from services.portal.papers import as_written, field_rows
from services.portal.render import page_language, render
from services.portal.work import closed_to, read_action

router = APIRouter(prefix="/can-bo")

OurResources = Annotated[Resources, Depends(resources_of)]


@router.post("/ho-so/{code}/viec/{action}/xem-truoc")
async def preview(request: Request, code: str, action: Action, resources: OurResources) -> Response:
    """The form as PDF, or the dossier's page with the sentence that says what is wrong."""
    sent = await request.form()
    try:
        asked = read_action({name: str(value) for name, value in sent.items()})
        return preview_form(resources, code, action, asked, str(request.base_url), page_language(request))
    except NeedsConfirmation as error:
        problem = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.sentence, confirm="deliberate")
    except MotcuaError as error:
        problem = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.sentence)
    except Problem as error:
        if error.status is HTTPStatus.NOT_FOUND:
            raise
        problem = error
    return await show_dossier(request, code, resources, problem=problem, tried=action, sent=sent)


@router.post("/ho-so/{code}/truong/{paper}/{name}/xem")
async def show_whole(
    request: Request,
    code: str,
    paper: int,
    name: str,
    resources: OurResources,
    reason: Annotated[str, Form(min_length=3, max_length=500)],
) -> Response:
    """A masked value in full, kept in the audit log with its reason; the row alone where there is a script."""
    whole = reveal(code, RevealIn(name=name, paper=paper, reason=reason), resources)["value"]
    if request.headers.get("hx-request"):
        told = orjson.loads((await read_dossier(code, resources)).body)
        row = next(row for row in field_rows(told, paper, page_language(request)) if row.name == name)
        seen = replace(row, value=as_written(whole), masked=False)
        answer: Response = render(
            request,
            "desk_field.html",
            row=seen,
            code=code,
            paper_number=paper,
            said="",
            typed=None,
            closed=closed_to(resources.principal, told),
        )
    else:
        answer = await show_dossier(request, code, resources, whole=(paper, name, whole))
    # nothing of it stays in the browser
    answer.headers["Cache-Control"] = "no-store"
    return answer
