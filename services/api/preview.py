"""`POST /v1/dossiers/{code}/actions/{action}/preview`: the form an action would issue, before anything is done."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from services.api.actions import PROBLEMS, ActionIn, do_action
from services.api.database import Resources, resources_of
from services.api.forms import facts_of, file_of
from services.api.problems import Problem, language_of
from services.dossier.commands import Action
from services.dossier.transitions import TRANSITIONS, Form
from services.forms.write import write_form
from services.storage.desk import look
from services.wording import Language, sentence

router = APIRouter(tags=["actions"])


@router.post(
    "/v1/dossiers/{code}/actions/{action}/preview", response_class=Response, summary="The form an action would issue",
    responses={200: {"content": {"application/pdf": {}}}, **PROBLEMS},
)  # fmt: skip
def preview(
    code: str, action: Action, asked: ActionIn, request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
) -> Response:  # fmt: skip
    """A draft as PDF, by the same guards as the action itself; the dossier stays as it is."""
    return preview_form(resources, code, action, asked, str(request.base_url), language_of(request))


def preview_form(
    resources: Resources, code: str, action: Action, asked: ActionIn, base_url: str, language: Language
) -> Response:
    """The draft of a form as it would be.

    Raises:
        Problem: 404, the action has no form of its own; else as the action itself.
        Refused, CannotProceed: the sentence says what to do.
    """
    form = TRANSITIONS[action].form
    if form is None or form is Form.REGISTER:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("forms.none_goes_with"))
    with resources.writing.connection() as connection, connection.transaction(force_rollback=True):
        # done for real and then undone: what is seen is what would be issued, and no rule is written twice
        do_action(connection, code, action, asked, resources.principal.name)
        case = look(connection, code)
        if case is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
        facts, _ = facts_of(connection, case, form, base_url, language)
    return file_of(write_form(form, facts, None, language), "pdf", f"{code}-{form}-du-thao")
