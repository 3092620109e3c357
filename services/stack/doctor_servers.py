"""Whether the configured servers answer. No address is repeated in an answer: it may hold a password."""

from datetime import timedelta

import psycopg
from kombu.exceptions import KombuError

from services import clock
from services.pipeline.broker import reach_broker
from services.settings import Settings
from services.stack.diagnosis import Diagnosis, lacking, well
from services.storage.database import connect
from services.storage.messages import count_undelivered
from services.storage.objects import StoreAway, open_store

OLDEST_POSTGRES = 15
ANSWER_LIMIT_S = 5
OVERDUE = timedelta(hours=1)
"""A message that waits longer than this past its time has no notifier that works."""


def check_database(settings: Settings) -> Diagnosis:
    """PostgreSQL, its version and its tables."""
    try:
        with connect(settings.database_url) as connection:
            version = connection.info.server_version // 10_000
            row = connection.execute("SELECT to_regclass('stage_run') IS NOT NULL").fetchone()
    except psycopg.Error as error:
        return lacking("database", "database_away", error=type(error).__name__)
    if version < OLDEST_POSTGRES:
        return lacking("database", "database_old", version=version, needed=OLDEST_POSTGRES)
    if not (row and row[0]):
        return lacking("database", "database_empty")
    return well("database", "database_answers", version=version)


def check_messages(settings: Settings) -> Diagnosis:
    """Whether messages were given up, or wait although they are due; the product runs on without them."""
    try:
        with connect(settings.database_url) as connection:
            dead, late = count_undelivered(connection, clock.now() - OVERDUE)
    except psycopg.Error as error:
        return lacking("messages", "messages_unknown", required=False, error=type(error).__name__)
    if dead or late:
        return lacking("messages", "messages_undelivered", required=False, dead=dead, late=late)
    return well("messages", "messages_delivered")


def check_broker(settings: Settings) -> Diagnosis:
    """RabbitMQ or Valkey: a connection is made and ended."""
    try:
        reach_broker(settings.broker_url, ANSWER_LIMIT_S)
    except (KombuError, OSError, ValueError) as error:
        return lacking("broker", "broker_away", error=type(error).__name__)
    kind = "RabbitMQ" if settings.broker_url.startswith("amqp") else "Valkey"
    return well("broker", "broker_answers", kind=kind)


def check_store(settings: Settings) -> Diagnosis:
    """The object store: a folder, or any S3."""
    try:
        open_store(settings).check()
    except StoreAway as error:
        return lacking("store", "store_away", error=str(error.sentence.params["detail"]))
    except ValueError:
        return lacking("store", "store_away", error="URL")
    return well("store", "store_answers")
