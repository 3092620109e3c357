"""The relay publishes what was not published and closes as lost the runs whose worker never came back.

Any number of relays may run; each takes rows the others do not hold.
"""

import time
from collections.abc import Callable
from typing import Any

from celery import Celery
from kombu import Queue
from kombu.exceptions import OperationalError
from psycopg import Error as DatabaseError

from services import clock
from services.logs import get_logger
from services.pipeline.broker import publish
from services.pipeline.handover import Failed, send, settle
from services.pipeline.route import ROUTE, Lane
from services.settings import Settings
from services.storage import on_time
from services.storage import runs as stored
from services.storage.database import Connection, process_connection
from services.storage.escalations import sweep_escalations
from services.storage.objects import StoreAway, open_store
from services.storage.run_totals import compact_runs
from services.storage.unanswered import close_unanswered
from services.storage.uploads import clean_uploads, uploads_ended
from services.wording import sentence

log = get_logger(__name__)

BATCH = 200
SWEPT_A_ROUND = 5000
UNHEARD_S = 15.0


def run_relay(app: Celery, settings: Settings, stopped: Callable[[], bool]) -> None:
    """Sweep until told to stop; a database or broker that is away is waited for."""
    # a broker that keeps nothing was started anew with us: what it had is sent again at once
    patience_s = 0.0
    while not stopped():
        try:
            connection = process_connection(settings.database_url)
            connection.execute(f"LISTEN {stored.NEW_RUN_CHANNEL}")
            sweep(app, connection, settings, patience_s)
            patience_s = UNHEARD_S
            _wait(connection, settings.relay_interval_s)
        except (DatabaseError, OperationalError, OSError) as error:
            log.warning("relay_waits", error=type(error).__name__)
            time.sleep(settings.relay_interval_s)


def _wait(connection: Connection, seconds: float) -> None:
    """Sleep until a new run is told of or the interval is over."""
    for _ in connection.notifies(timeout=seconds, stop_after=1):
        pass


def sweep(app: Celery, connection: Connection, settings: Settings, patience_s: float = UNHEARD_S) -> None:
    """One round: lost runs first, so that their next attempts go out in the same round."""
    close_lost(app, connection, settings)
    while publish_due(app, connection) == BATCH:
        pass
    republish_unheard(app, connection, patience_s)
    on_time.compact(connection)
    compact_runs(connection)
    # a morning on which very many come near their date must not hold up the road
    sweep_escalations(connection, clock.now(), most=SWEPT_A_ROUND)
    if settings.close_unanswered:
        close_unanswered(connection, clock.now())
    sweep_uploads(connection, settings)


def sweep_uploads(connection: Connection, settings: Settings) -> None:
    """Clean away files that were never handed in; a store that is away is asked again in the next round."""
    if not uploads_ended(connection, clock.now()):
        return
    try:
        clean_uploads(connection, open_store(settings), clock.now())
    except StoreAway as error:
        log.warning("uploads_not_cleaned", error=type(error).__name__)


def publish_due(app: Celery, connection: Connection) -> int:
    """Send the messages that are due; how many.

    Raises:
        kombu.exceptions.OperationalError: the broker is away; the rows stay as they were.
    """
    with connection.transaction():
        due = stored.take_unpublished(connection, BATCH)
        publish(app, due)
        stored.mark_published(connection, [run.id for run in due])
    return len(due)


def close_lost(app: Celery, connection: Connection, settings: Settings) -> None:
    """Close runs whose claim nobody holds, or that are far beyond their allowance; open their next attempts."""
    lost = [run for run, _ in stored.abandoned_runs(connection)]
    for step in ROUTE:
        lost += stored.overlong_runs(connection, step.stage, step.allowance_s * 1.5 + UNHEARD_S)
    for run in lost:
        log.warning("run_lost", run=str(run.id), stage=run.stage, attempt=run.attempt)
        send(app, connection, settle(connection, run, Failed("lost", sentence("pipeline.worker_lost")), settings))


def republish_unheard(app: Celery, connection: Connection, patience_s: float) -> None:
    """Send again what a broker seems to have lost: published long ago, not started, and its queue is empty."""
    for step in ROUTE:
        for lane in Lane:
            with connection.transaction():
                unheard = stored.take_unheard(connection, patience_s, step.stage, lane)
                if not unheard or queue_length(app, step.queue(lane)):
                    continue
                log.warning("republished", queue=step.queue(lane), runs=len(unheard))
                publish(app, unheard)
                stored.mark_republished(connection, [run.id for run in unheard])


def queue_length(app: Celery, queue: str) -> int:
    """Messages that wait in a queue; 0 for a queue that does not exist yet.

    Raises:
        kombu.exceptions.OperationalError: the broker does not answer.
    """
    with app.connection_for_read() as connection, connection.channel() as channel:
        try:
            declared: Any = Queue(queue).bind(channel).queue_declare(passive=True)
            return int(declared.message_count)
        except connection.channel_errors:
            return 0
