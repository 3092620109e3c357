"""What happened to a dossier, in order; the API's event stream reads it, PostgreSQL's NOTIFY tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.dossier.notices import notice_of
from services.storage.database import Connection
from services.storage.notices import note_notice

CHANNEL = "motcua_event"


def note_event(connection: Connection, dossier_id: int, at: datetime, kind: str, data: Mapping[str, Any]) -> None:
    """Append an event, named in the past tense (`stage_finished`, `dossier_received`), and what it is told as."""
    connection.execute(
        "INSERT INTO event (dossier_id, at, kind, data) VALUES (%s, %s, %s, %s)",
        (dossier_id, at, kind, Jsonb(dict(data))),
    )
    if (told := notice_of(kind, data)) is not None:
        note_notice(connection, told, at, data, dossier_id)
