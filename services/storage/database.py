"""Connections to PostgreSQL, the truth.

A worker keeps one connection for its life: its stage runs are claimed by session-level advisory locks, which
PostgreSQL lets go the moment the process is gone.
"""

import os
from typing import Any, TypeAlias

import orjson
import psycopg
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_dumps, set_json_loads

Connection: TypeAlias = psycopg.Connection[TupleRow]
AsyncConnection: TypeAlias = psycopg.AsyncConnection[TupleRow]

set_json_dumps(orjson.dumps)
set_json_loads(orjson.loads)

# a vanished host must let its locks go within a minute, not within the two hours of the system's default
KEEPALIVES: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "connect_timeout": 5,
}

_of_process: dict[int, Connection] = {}


def connect(database_url: str) -> Connection:
    """A new connection in autocommit mode; use `with connection.transaction():` for more than one statement.

    Raises:
        psycopg.OperationalError: the database cannot be reached.
    """
    return psycopg.connect(database_url, autocommit=True, **KEEPALIVES)


def process_connection(database_url: str) -> Connection:
    """The one connection of this process, opened when first asked for and again after it broke."""
    found = _of_process.get(os.getpid())
    if found is None or found.closed or found.broken:
        found = _of_process[os.getpid()] = connect(database_url)
    return found
