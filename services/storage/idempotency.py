"""Answers kept by the client's `Idempotency-Key`, so that a request sent twice is done once."""

from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.storage.database import Connection

KEY_LOCK = 4_243_004


def hold_key(connection: Connection, key: str) -> None:
    """Hold a key until the transaction ends: a second request of the same key waits for the first one's answer."""
    connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (KEY_LOCK, key))


def find_answer(connection: Connection, key: str) -> tuple[str, dict[str, Any]] | None:
    """The digest of the request a key was used for, and its answer."""
    row = connection.execute("SELECT request_sha256, answer FROM idempotency WHERE key = %s", (key,)).fetchone()
    return None if row is None else (row[0], row[1])


def keep_answer(
    connection: Connection, key: str, *, digest: str, dossier_id: int, answer: dict[str, Any], at: datetime
) -> None:
    """Keep an answer for its key."""
    connection.execute(
        """INSERT INTO idempotency (key, request_sha256, dossier_id, created_at, answer) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT DO NOTHING""",
        (key, digest, dossier_id, at, Jsonb(answer)),
    )
