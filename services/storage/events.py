"""What happened to a dossier, in order; the API's event stream reads it, PostgreSQL's NOTIFY tells it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.dossier.notices import notice_of
from services.storage.database import Connection
from services.storage.notices import flatten, note_notice, note_notices

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
    connection: Connection, at: datetime, kind: str, events: Sequence[tuple[Mapping[str, Any], Sequence[int]]]
) -> None:
    """The same of many dossiers at once: what is told, and of which dossiers, in two statements for all."""
    if not events:
        return
    ids, numbers = flatten([of for _, of in events])
    connection.execute(
        """INSERT INTO event (dossier_id, at, kind, data)
           SELECT one.id, %s, %s, alike.data FROM unnest(%s::bigint[], %s::int[]) AS one (id, n)
           JOIN jsonb_array_elements(%s) WITH ORDINALITY AS alike (data, n) USING (n)""",
        (at, kind, ids, numbers, Jsonb([dict(data) for data, _ in events])),
    )
    told = [(notice, data, of) for data, of in events if (notice := notice_of(kind, data)) is not None]
    if told:
        note_notices(connection, at, told)
