"""The history of a dossier as rows: appended under the dossier's lock, never changed (a trigger refuses)."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from services.dossier.history import HistoryEvent
from services.storage.database import Connection

_EVENT: TypeAdapter[HistoryEvent] = TypeAdapter(HistoryEvent)
_APART = {"kind", "at", "actor"}


def append_history(connection: Connection, dossier_id: int, events: Sequence[HistoryEvent], *, after: int) -> int:
    """Write facts as the numbers after `after`; the number of the last one.

    Raises:
        psycopg.errors.UniqueViolation: somebody else wrote that number; hold the dossier's lock.
    """
    rows = [
        (dossier_id, number, event.kind, event.at, event.actor,
         Jsonb(_EVENT.dump_python(event, mode="json", exclude=_APART, exclude_defaults=True)))
        for number, event in enumerate(events, start=after + 1)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO history (dossier_id, number, kind, at, actor, body) VALUES (%s, %s, %s, %s, %s, %s)", rows
        )
    return after + len(rows)


def read_history(connection: Connection, dossier_id: int) -> tuple[HistoryEvent, ...]:
    """Every fact of a dossier, in order."""
    rows = connection.execute(
        "SELECT kind, at, actor, body FROM history WHERE dossier_id = %s ORDER BY number", (dossier_id,)
    ).fetchall()
    return tuple(_event(*row) for row in rows)


def read_histories(connection: Connection, dossier_ids: Sequence[int]) -> dict[int, tuple[HistoryEvent, ...]]:
    """The same of many dossiers at once, by dossier."""
    rows = connection.execute(
        "SELECT dossier_id, kind, at, actor, body FROM history WHERE dossier_id = ANY(%s) ORDER BY dossier_id, number",
        (list(dossier_ids),),
    ).fetchall()
    return {
        dossier_id: tuple(_event(*row[1:]) for row in found) for dossier_id, found in groupby(rows, lambda row: row[0])
    }


def _event(kind: str, at: object, actor: str, body: dict[str, Any]) -> HistoryEvent:
    return _EVENT.validate_python({**body, "kind": kind, "at": at, "actor": actor})
