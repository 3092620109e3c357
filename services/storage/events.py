"""What happened to a dossier, in order; the API's event stream reads it, PostgreSQL's NOTIFY tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.storage.database import Connection

CHANNEL = "motcua_event"


def note_event(connection: Connection, dossier_id: int, at: datetime, kind: str, data: Mapping[str, Any]) -> None:
    """Append an event, named in the past tense (`stage_finished`, `dossier_received`)."""
    connection.execute(
        "INSERT INTO event (dossier_id, at, kind, data) VALUES (%s, %s, %s, %s)",
        (dossier_id, at, kind, Jsonb(dict(data))),
    )
