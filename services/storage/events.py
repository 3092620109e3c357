"""What happened to a dossier, in order; the API's event stream reads it, PostgreSQL's NOTIFY tells it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.dossier.notices import notice_of
from services.storage.database import Connection
from services.storage.notices import note_notice, note_notices

CHANNEL = "motcua_event"


def note_event(connection: Connection, dossier_id: int, at: datetime, kind: str, data: Mapping[str, Any]) -> None:
    """Append an event, named in the past tense (`stage_finished`, `dossier_received`), and what it is told as."""
    connection.execute(
        "INSERT INTO event (dossier_id, at, kind, data) VALUES (%s, %s, %s, %s)",
        (dossier_id, at, kind, Jsonb(dict(data))),
    )
    if (told := notice_of(kind, data)) is not None:
        note_notice(connection, told, at, data, dossier_id)


def note_events(
    connection: Connection, at: datetime, kind: str, events: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:  # fmt: skip
    """The same of many dossiers at once: (dossier, data) each."""
    if not events:
        return
    connection.execute(
        """INSERT INTO event (dossier_id, at, kind, data)
           SELECT (one ->> 0)::bigint, %s, %s, one -> 1 FROM jsonb_array_elements(%s) AS one""",
        (at, kind, Jsonb([[id_, dict(data)] for id_, data in events])),
    )
    found = [(id_, notice_of(kind, data), data) for id_, data in events]
    if told := [(id_, notice, data) for id_, notice, data in found if notice is not None]:
        note_notices(connection, at, told)
