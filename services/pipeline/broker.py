"""Celery as the carrier: queues and routes made from the road, messages that carry a run's id and nothing else."""

from collections.abc import Sequence
from typing import Any

from celery import Celery
from kombu import Connection, Exchange, Queue

from services.pipeline.route import ROUTE, Lane, Stage, step_of
from services.settings import Settings
from services.storage.runs import Run

EXCHANGE = Exchange("motcua", type="direct", durable=True)
HARD_LIMIT_GRACE_S = 20
GIBIBYTE_IN_KIB = 1024 * 1024
CONFIRM_TIMEOUT_S = 5


def make_queues(*, quorum: bool) -> tuple[Queue, ...]:
    """One queue for every lane of every stage; quorum queues where the broker has them."""
    arguments = {"x-queue-type": "quorum"} if quorum else {}
    return tuple(
        Queue(name, EXCHANGE, routing_key=name, durable=True, queue_arguments=arguments)
        for step in ROUTE
        for name in step.queues
    )


def make_app(settings: Settings) -> Celery:
    """The Celery application of one process: no result backend, no retries of its own, one message at a time."""
    quorum = settings.broker_url.startswith("amqp")
    app = Celery("motcua", broker=settings.broker_url, set_as_current=False)
    app.conf.update(
        task_queues=make_queues(quorum=quorum),
        task_default_queue=str(ROUTE[0].stage),
        task_default_exchange=EXCHANGE.name,
        task_default_queue_type="quorum" if quorum else "classic",
        task_create_missing_queues=False,
        task_ignore_result=True,
        task_acks_late=True,
        worker_prefetch_multiplier=1,
        worker_max_memory_per_child=GIBIBYTE_IN_KIB,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_detect_quorum_queues=quorum,
        broker_connection_timeout=3,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport_options(quorum=quorum),
    )
    return app


def _transport_options(*, quorum: bool) -> dict[str, Any]:
    if quorum:
        return {"confirm_publish": True}
    # Valkey serves the queues in the order a worker names them: express first
    return {"queue_order_strategy": "priority", "visibility_timeout": 3600}


def reach_broker(url: str, limit_s: int) -> None:
    """Make a connection and end it.

    Raises:
        kombu.exceptions.KombuError, OSError: it does not answer within the limit.
        ValueError: the URL is none of a broker.
    """
    with Connection(url, connect_timeout=limit_s) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=limit_s)


def publish(app: Celery, runs: Sequence[Run]) -> None:
    """Send one message a run and wait until the broker has it.

    Raises:
        kombu.exceptions.OperationalError: the broker does not answer; nothing is lost, the relay publishes later.
    """
    with app.producer_or_acquire() as producer:
        for run in runs:
            step = step_of(Stage(run.stage))
            app.send_task(
                step.task,
                args=(str(run.id),),
                queue=step.queue(Lane(run.lane)),
                producer=producer,
                retry=True,
                retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0},
                confirm_timeout=CONFIRM_TIMEOUT_S,
            )
