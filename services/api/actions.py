"""What an officer does to a dossier that its clock must know: pause, go on, result ready."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem
from services.storage.desk import finish_dossier, pause_dossier, resume_dossier
from services.storage.dossiers import find_dossier
from services.wording import sentence

router = APIRouter(tags=["actions"])

PROBLEMS: dict[int | str, dict[str, Any]] = {404: {"model": Problem422}, 409: {"model": Problem422}}
ACTIONS = {"result": finish_dossier, "pause": pause_dossier, "resume": resume_dossier}


def _act(name: str, code: str, resources: Resources) -> dict[str, Any]:
    now = clock.now()
    with resources.writing.connection() as connection:
        dossier = find_dossier(connection, code)
        if dossier is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
        if not ACTIONS[name](connection, dossier.id, now):
            raise Problem(HTTPStatus.CONFLICT, sentence("api.already_done", code=code))
    return {"code": code, "action": name, "at": moment(now)}


@router.post("/v1/dossiers/{code}/result", responses=PROBLEMS, summary="The result is ready")
def finish(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Status 9; on time is judged by this moment, not by when the citizen collects."""
    return _act("result", code, resources)


@router.post("/v1/dossiers/{code}/pause", responses=PROBLEMS, summary="Stop the clock")
def pause(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """The time until the clock goes on is the citizen's, not the office's."""
    return _act("pause", code, resources)


@router.post("/v1/dossiers/{code}/resume", responses=PROBLEMS, summary="Let the clock go on")
def resume(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """The due date moves by the pause, counted as the law counts."""
    return _act("resume", code, resources)
