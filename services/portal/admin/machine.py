"""The health of the machine: queues, workers, versions, what waits for a person and the button that replays it."""

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from services.api.database import Resources, resources_of
from services.api.machine import read_machine
from services.api.messages import list_every as list_messages
from services.api.messages import retry
from services.api.runs import list_runs, replay_one
from services.dossier.notices import MessageState
from services.portal.admin.frame import FAULTS, Fault, go, show

router = APIRouter(prefix="/quan-tri/may")

OurResources = Annotated[Resources, Depends(resources_of)]
DEAD = 50


@router.get("")
async def look(request: Request, resources: OurResources) -> HTMLResponse:
    """All of it on one page, as it is now."""
    return await _show(request, resources)


@router.post("/chay-lai/{run_id}")
def replay(run_id: UUID, resources: OurResources) -> Response:
    """The run anew, from its first attempt; one that somebody else replayed meanwhile waits no longer."""
    try:
        replay_one(run_id, resources)
    except FAULTS:
        return go("/quan-tri/may", "run_gone")
    return go("/quan-tri/may", "run_replayed")


@router.post("/gui-lai/{message_id}")
def send_again(message_id: int, resources: OurResources) -> Response:
    """A message that was given up, tried from the beginning."""
    try:
        retry(message_id, resources)
    except FAULTS:
        return go("/quan-tri/may", "message_gone")
    return go("/quan-tri/may", "message_retried")


async def _show(request: Request, resources: Resources, fault: Fault | None = None) -> HTMLResponse:
    told = await read_machine(resources)
    dead: list[dict[str, Any]] = orjson.loads((await list_runs(resources, limit=DEAD)).body)["items"]
    messages = await run_in_threadpool(list_messages, resources, state=MessageState.DEAD, limit=DEAD)
    return show(
        request, "machine.html", fault=fault, machine=told, dead=dead, stages=_by_stage(told["queues"]),
        messages=messages,
    )  # fmt: skip


def _by_stage(queues: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a stage, its lanes side by side."""
    stages = dict.fromkeys(queue["stage"] for queue in queues)
    return [
        {
            "stage": stage, "lanes": {queue["lane"]: queue for queue in queues if queue["stage"] == stage},
            "oldest_s": max(queue["oldest_s"] for queue in queues if queue["stage"] == stage),
            "working": sum(queue["working"] for queue in queues if queue["stage"] == stage),
        }
        for stage in stages
    ]  # fmt: skip
