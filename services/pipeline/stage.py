"""A stage run from the door to the next stage's queue: guard → load → work → one transaction → publish.

A stage's `work` knows nothing of queues or SQL: facts in, facts out, or `TryAgain`, or `CannotProceed`.
"""

import os
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from billiard.exceptions import SoftTimeLimitExceeded
from celery import Celery
from psycopg import OperationalError

from services.dossier.errors import MotcuaError, TryAgain
from services.logs import get_logger
from services.pipeline.handover import Done, Ended, Failed, send, settle
from services.pipeline.route import Stage, step_of
from services.settings import Settings
from services.storage.database import Connection, process_connection
from services.storage.objects import ObjectStore
from services.storage.runs import Run, claim_run, release_run
from services.wording import sentence

log = get_logger(__name__)

CLAIM_WAITS_S = (0.1, 0.5, 1.0, 2.0, 4.0, 8.0)

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a stage may use to load its facts: the database, the object store, the settings, an empty folder."""

    connection: Connection
    store: ObjectStore
    settings: Settings
    folder: Path


@dataclass(frozen=True, slots=True)
class StageDefinition(Generic[In, Out]):
    """One stage: how its facts are loaded, what is done with them, how what was found is stored."""

    stage: Stage
    load: Callable[[Desk, Run], In]
    work: Callable[[In], Out]
    store: Callable[[Connection, Run, Out], None]


@dataclass(frozen=True, slots=True)
class Crew:
    """What every run of a worker process shares."""

    app: Celery
    settings: Settings
    objects: ObjectStore


def perform(definition: StageDefinition[In, Out], run_id: UUID, crew: Crew) -> None:
    """Do one run, once: a message for a run that is finished, taken or unknown does nothing."""
    connection, run = _claim(run_id, crew.settings.database_url)
    if run is None:
        log.info("message_dropped", run=str(run_id))
        return
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
            ended = _do(definition, run, Desk(connection, crew.objects, crew.settings, Path(folder)))
        send(crew.app, connection, settle(connection, run, ended, crew.settings))
    finally:
        if not connection.closed:
            release_run(connection, run.id)


def _claim(run_id: UUID, database_url: str) -> tuple[Connection, Run | None]:
    """Claim the run, waiting for a database that restarts rather than throwing the message away."""
    for wait_s in (*CLAIM_WAITS_S, None):
        try:
            connection = process_connection(database_url)
            return connection, claim_run(connection, run_id, worker_name())
        except OperationalError:
            if wait_s is None:
                raise
            time.sleep(wait_s)
    raise AssertionError("unreachable")  # for the type checker: the loop returns or raises


def _do(definition: StageDefinition[In, Out], run: Run, desk: Desk) -> Ended:
    try:
        found = definition.work(definition.load(desk, run))
        return Done(lambda connection: definition.store(connection, run, found))
    except TryAgain as error:
        return Failed("try_again", error.sentence)
    except MotcuaError as error:
        return Failed("waits_for_person", error.sentence)
    except SoftTimeLimitExceeded:
        return Failed("try_again", sentence("pipeline.too_long", seconds=step_of(definition.stage).allowance_s))
    except MemoryError:
        return Failed("try_again", sentence("pipeline.out_of_memory"))
    except Exception as error:
        log.exception("stage_raised", run=str(run.id), stage=run.stage)
        return Failed("try_again", sentence("general.unexpected", error=type(error).__name__))


def worker_name() -> str:
    """Who did a run: host and process."""
    return f"{socket.gethostname()}:{os.getpid()}"
