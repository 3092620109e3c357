"""A worker process of Celery for one or several stages."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from celery import Celery

from services.pipeline.broker import HARD_LIMIT_GRACE_S
from services.pipeline.route import Lane, Stage, step_of
from services.pipeline.stage import Crew, StageDefinition, perform


def register(crew: Crew, definition: StageDefinition[Any, Any]) -> None:
    """Give Celery the stage's task: it takes a run's id and nothing else."""
    step = step_of(definition.stage)

    @crew.app.task(name=step.task, soft_time_limit=step.allowance_s, time_limit=step.allowance_s + HARD_LIMIT_GRACE_S)
    def _task(run_id: str) -> None:
        perform(definition, UUID(run_id), crew)


def queues_of(stages: Sequence[Stage], lanes: Sequence[Lane]) -> list[str]:
    """The queues of these stages in these lanes, most urgent lane first, late stages before early ones.

    A dossier that is nearly through is finished before a new one is begun.
    """
    return [step_of(stage).queue(lane) for lane in Lane if lane in lanes for stage in reversed(stages)]


def run_worker(
    app: Celery, queues: Sequence[str], *, concurrency: int, name: str, started: Callable[[], None] | None = None
) -> None:
    """Work until told to stop (TERM: finish what is begun, then end)."""
    if started is not None:
        started()
    app.worker_main(
        ["worker", "-Q", ",".join(queues), "-c", str(concurrency), "-n", f"{name}@%h", "-l", "WARNING",
         "--without-gossip", "--without-mingle", "--without-heartbeat"],
    )  # fmt: skip
