"""The end of a run: its outcome, what it found and what comes next are one transaction; then the messages go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from celery import Celery
from kombu.exceptions import OperationalError

from services import clock
from services.logs import get_logger
from services.pipeline.advance import next_openings
from services.pipeline.broker import publish
from services.pipeline.route import LOST_CAP, Stage, step_of
from services.settings import Settings
from services.storage.database import Connection
from services.storage.dossiers import lock_dossier, set_road
from services.storage.events import note_event
from services.storage.runs import (
    Opening,
    Run,
    close_run,
    count_lost,
    mark_published,
    open_runs,
)
from services.wording import Sentence, sentence

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """The run found something; `store` writes it inside the closing transaction."""

    store: Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Failed:
    """The run found nothing: `try_again`, `lost` or `waits_for_person`, and why."""

    outcome: str
    reason: Sentence


Ended = Done | Failed


def settle(connection: Connection, run: Run, ended: Ended, settings: Settings) -> list[Run]:
    """Close the run, store what it found, open what follows; the runs whose messages are to be sent now.

    Nothing happens when somebody closed the run before (a worker taken for lost that came back).
    """
    with connection.transaction():
        dossier = lock_dossier(connection, run.dossier_id)
        closing = _closing(connection, run, ended, settings)
        if not close_run(connection, run, closing.outcome, closing.reason):
            return []
        if isinstance(ended, Done):
            ended.store(connection)
        openings = closing.openings or next_openings(
            connection, run, done=closing.outcome == "done", pages_per_run=settings.pages_per_run
        )
        opened = open_runs(connection, dossier.id, dossier.lane, [o for o in openings if o.wait_s is None])
        open_runs(connection, dossier.id, dossier.lane, [o for o in openings if o.wait_s is not None])
        _note(connection, run, closing.outcome, set_road(connection, dossier.id))
    return opened


@dataclass(frozen=True, slots=True)
class _Closing:
    outcome: str
    reason: Sentence | None = None
    openings: tuple[Opening, ...] = ()


def _closing(connection: Connection, run: Run, ended: Ended, settings: Settings) -> _Closing:
    if isinstance(ended, Done):
        return _Closing("done")
    if _is_last(connection, run, ended):
        lost = ended.outcome == "lost"
        return _Closing(
            "waits_for_person", sentence("pipeline.lost_too_often", times=LOST_CAP) if lost else ended.reason
        )
    wait = settings.retry_base_s * 2 ** (run.attempt - 1) if ended.outcome == "try_again" else None
    again = Opening(run.stage, run.subject, run.round, run.attempt + 1, wait)
    return _Closing(ended.outcome, ended.reason, (again,))


def _is_last(connection: Connection, run: Run, failed: Failed) -> bool:
    if failed.outcome == "waits_for_person":
        return True
    if failed.outcome == "lost" and count_lost(connection, run) + 1 >= LOST_CAP:
        return True
    return run.attempt >= step_of(Stage(run.stage)).attempts


def _note(connection: Connection, run: Run, outcome: str, road: str) -> None:
    facts = {"stage": run.stage, "subject": run.subject.name, "attempt": run.attempt, "outcome": outcome, "road": road}
    note_event(connection, run.dossier_id, clock.now(), "run_closed", facts)


def send(app: Celery, connection: Connection, runs: Sequence[Run]) -> None:
    """Publish and note it; a broker that is away loses nothing, since the relay sends what is not noted."""
    if not runs:
        return
    try:
        publish(app, runs)
    except (OperationalError, OSError, TimeoutError) as error:
        log.warning("left_to_relay", runs=len(runs), error=type(error).__name__)
        return
    mark_published(connection, [run.id for run in runs])
