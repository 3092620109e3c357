"""What is to be told, as rows: written in the transaction of the fact itself, so that neither is without the other.

No address and nothing of a person stands in them. Whom each goes to is found later, by the notifier, which sees
accounts and webhooks; those who write dossiers do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.dossier.notices import NoticeKind
from services.storage.database import Connection

NEW_NOTICE_CHANNEL = "motcua_notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell, with what its dossier is now; `dossier_id` None and code empty where it is of none."""

    id: int
    kind: NoticeKind
    at: datetime
    facts: dict[str, Any]
    dossier_id: int | None
    code: str
    unit: str
    procedure: str
    procedure_name: str
    status: int | None
    due_at: datetime | None
    applicant: dict[str, Any]
    officer: str


def note_notice(
    connection: Connection, kind: NoticeKind, at: datetime, facts: Mapping[str, Any], dossier_id: int | None = None
) -> None:
    """Write that something is to be told, and wake the notifier when the transaction ends."""
    connection.execute(
        "INSERT INTO notice (dossier_id, kind, at, facts) VALUES (%s, %s, %s, %s)",
        (dossier_id, kind, at, Jsonb(dict(facts))),
    )
    connection.execute(f"NOTIFY {NEW_NOTICE_CHANNEL}")


def note_notices(
    connection: Connection, at: datetime, told: Sequence[tuple[NoticeKind, Mapping[str, Any], Sequence[int]]]
) -> None:
    """The same of many dossiers at once: what is told, and of which dossiers."""
    ids, numbers = flatten([of for *_, of in told])
    connection.execute(
        """INSERT INTO notice (dossier_id, kind, at, facts)
           SELECT one.id, alike.told ->> 0, %s, alike.told -> 1 FROM unnest(%s::bigint[], %s::int[]) AS one (id, n)
           JOIN jsonb_array_elements(%s) WITH ORDINALITY AS alike (told, n) USING (n)""",
        (at, ids, numbers, Jsonb([[kind, dict(facts)] for kind, facts, _ in told])),
    )
    connection.execute(f"NOTIFY {NEW_NOTICE_CHANNEL}")


def flatten(groups: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """Dossiers of several groups in one list, and beside it the number of each one's group, from 1."""
    ids = [id_ for group in groups for id_ in group]
    return ids, [number for number, group in enumerate(groups, start=1) for _ in group]


def take_notices(connection: Connection, limit: int) -> list[Notice]:
    """The oldest that nobody was told of yet; call it inside the transaction that writes their messages."""
    rows = connection.execute(
        """SELECT n.id, n.kind, n.at, n.facts, d.id, coalesce(d.code, ''), coalesce(d.unit, ''),
                  coalesce(d.procedure, ''),
                  coalesce((SELECT p.name FROM procedure p WHERE p.code = d.procedure
                            AND p.version = d.procedure_version), ''),
                  d.status, CASE WHEN d.received_at IS NOT NULL THEN d.due_at END, coalesce(d.applicant, '{}'),
                  coalesce(d.officer, '')
           FROM (SELECT * FROM notice WHERE spread_at IS NULL ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) n
           LEFT JOIN dossier d ON d.id = n.dossier_id ORDER BY n.id""",
        (limit,),
    ).fetchall()
    return [Notice(id_, NoticeKind(kind), *rest) for id_, kind, *rest in rows]


def mark_spread(connection: Connection, notices: list[Notice], at: datetime) -> None:
    """Each was written as messages to everybody it concerns."""
    connection.execute("UPDATE notice SET spread_at = %s WHERE id = ANY(%s)", (at, [notice.id for notice in notices]))
