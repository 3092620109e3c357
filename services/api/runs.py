"""Dead letters: stage runs that wait for a person, and running them again."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from services.api.answers import json_answer
from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem, both
from services.pipeline.replay import replay_dossier, replay_run
from services.storage.runs import Run
from services.wording import sentence

router = APIRouter(tags=["runs"])

Outcome = Literal["open", "done", "try_again", "lost", "waits_for_person", "superseded"]
_ENDED = ("r.finished_at IS NOT NULL AND r.outcome = %(outcome)s", "r.finished_at")


@router.get("/v1/runs", summary="Stage runs by outcome", responses={422: {"model": Problem422}})
async def list_runs(
    resources: Annotated[Resources, Depends(resources_of)],
    outcome: Outcome = "waits_for_person",
    stage: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Newest first; those that wait for a person come with the reason, and not those that were replayed."""
    # written out for each case: an index serves neither a CASE nor an order by whichever moment there is
    chosen, newest = ("r.finished_at IS NULL", "r.opened_at") if outcome == "open" else _ENDED
    query = f"""SELECT r.id, d.code, r.stage, r.subject, r.round, r.attempt, r.outcome, r.reason, r.opened_at,
                      r.started_at, r.finished_at, r.worker
               FROM stage_run r JOIN dossier d ON d.id = r.dossier_id
               WHERE {chosen} AND NOT r.replayed AND (%(stage)s::text IS NULL OR r.stage = %(stage)s)
               ORDER BY {newest} DESC LIMIT %(limit)s"""
    async with resources.reading.connection() as connection:
        parameters = {"outcome": outcome, "stage": stage, "limit": limit}
        rows = await (await connection.execute(query.encode(), parameters)).fetchall()
    return json_answer({"items": [_view(row) for row in rows]})


def _view(row: Sequence[Any]) -> dict[str, Any]:
    id_, code, stage, subject, round_, attempt, outcome, reason, opened, started, finished, worker = row
    return {
        "id": str(id_), "dossier": code, "stage": stage, "subject": subject, "round": round_, "attempt": attempt,
        "outcome": outcome, "reason": both(reason), "opened_at": moment(opened), "started_at": moment(started),
        "finished_at": moment(finished), "worker": worker,
    }  # fmt: skip


@router.post("/v1/runs/{run_id}/replay", status_code=HTTPStatus.ACCEPTED, responses={404: {"model": Problem422}},
             summary="Run again what waits for a person")  # fmt: skip
def replay_one(run_id: UUID, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Opens the same subject anew, in a new round from its first attempt."""
    with resources.writing.connection() as connection:
        opened = replay_run(connection, run_id)
        if opened is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_run"))
        row = connection.execute("SELECT code FROM dossier WHERE id = %s", (opened.dossier_id,)).fetchone()
    note(resources, "run_replayed", row[0] if row else "", stage=opened.stage, run=str(run_id))
    return {"opened": [_opened(opened)]}


@router.post("/v1/dossiers/{code}/replay", status_code=HTTPStatus.ACCEPTED, responses={404: {"model": Problem422}},
             summary="Run again everything of a dossier that waits for a person")  # fmt: skip
def replay_all(code: str, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Opens every waiting run of the dossier anew."""
    with resources.writing.connection() as connection:
        try:
            opened = replay_dossier(connection, code)
        except LookupError as error:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code)) from error
    note(resources, "dossier_replayed", code, runs=len(opened))
    return {"opened": [_opened(run) for run in opened]}


def _opened(run: Run) -> dict[str, Any]:
    return {"id": str(run.id), "stage": run.stage, "subject": run.subject.name, "round": run.round}
