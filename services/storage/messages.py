"""Messages as rows: one a reader and way, tried until it is sent, dead (a person must look) or dropped.

A message is claimed by moving its next attempt beyond the time an attempt may take: whoever dies with it in hand loses
it to the next round. It is therefore sent at least once; its key stays the same, so that a reader can tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from services.dossier.notices import MessageState, NoticeKind, Way
from services.storage.database import Connection
from services.wording import Sentence, sentence


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One to send. `reader` is `applicant`, `account:<id>`, `webhook:<id>` or `ticket:<code>`, never an address."""

    kind: NoticeKind
    way: Way
    reader: str
    facts: Mapping[str, Any]
    unit: str = ""
    notice_id: int | None = None
    dossier_id: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One that is claimed; `attempts` counts the one now begun."""

    id: int
    key: str
    kind: NoticeKind
    way: Way
    reader: str
    facts: dict[str, Any]
    dossier_id: int | None
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One as it is listed."""

    id: int
    key: str
    dossier: str | None
    unit: str
    kind: str
    way: str
    reader: str
    state: str
    attempts: int
    next_at: datetime
    created_at: datetime
    ended_at: datetime | None
    problem: Sentence | None


def add_messages(connection: Connection, messages: Sequence[NewMessage], at: datetime) -> None:
    """Write messages that are due at once."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO message (notice_id, dossier_id, unit, kind, way, reader, facts, next_at, created_at)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            [(one.notice_id, one.dossier_id, one.unit, one.kind, one.way, one.reader, Jsonb(dict(one.facts)), at, at)
             for one in messages],
        )  # fmt: skip


def claim_messages(
    connection: Connection,
    at: datetime,
    limit: int,
    *,
    lease: timedelta,
    busy: Sequence[str] = (),
    busy_ways: Sequence[str] = (),
) -> list[Message]:
    """Those that are due, the longest waiting first, and none for readers or ways that are busy."""
    rows = connection.execute(
        """UPDATE message m SET attempts = m.attempts + 1, next_at = %(until)s
           FROM (SELECT id FROM message WHERE state = 'waiting' AND next_at <= %(at)s AND reader <> ALL(%(busy)s)
                   AND way <> ALL(%(ways)s)
                 ORDER BY next_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED) due
           WHERE m.id = due.id
           RETURNING m.id, m.key::text, m.kind, m.way, m.reader, m.facts, m.dossier_id, m.attempts, m.created_at""",
        {"at": at, "until": at + lease, "limit": limit, "busy": [*busy], "ways": [*busy_ways]},
    ).fetchall()
    return [Message(id_, key, NoticeKind(kind), Way(way), *rest) for id_, key, kind, way, *rest in sorted(rows)]


def end_message(
    connection: Connection, id_: int, state: MessageState, at: datetime, problem: Sentence | None = None
) -> None:
    """It is sent, dead or dropped."""
    connection.execute(
        "UPDATE message SET state = %s, ended_at = %s, problem = %s WHERE id = %s AND state = 'waiting'",
        (state, at, _as_row(problem), id_),
    )


def postpone_message(connection: Connection, id_: int, next_at: datetime, problem: Sentence) -> None:
    """It is tried again later."""
    connection.execute(
        "UPDATE message SET next_at = %s, problem = %s WHERE id = %s AND state = 'waiting'",
        (next_at, _as_row(problem), id_),
    )


def revive_message(connection: Connection, id_: int, at: datetime) -> bool:
    """Try a dead or dropped one again from the beginning; false when it is neither, or not seen."""
    done = connection.execute(
        """UPDATE message SET state = 'waiting', attempts = 0, next_at = %s, ended_at = NULL
           WHERE id = %s AND state IN ('dead', 'dropped')""",
        (at, id_),
    )
    return done.rowcount == 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages to list; None: any."""

    state: MessageState | None = None
    way: Way | None = None
    kind: NoticeKind | None = None
    dossier: str | None = None
    reader: str | None = None
    before: int | None = None


def list_messages(connection: Connection, wanted: Wanted, limit: int) -> list[MessageRow]:
    """The newest first, as far as the connection may see."""
    rows = connection.execute(
        """SELECT m.id, m.key::text, d.code, m.unit, m.kind, m.way, m.reader, m.state, m.attempts, m.next_at,
                  m.created_at, m.ended_at, m.problem
           FROM message m LEFT JOIN dossier d ON d.id = m.dossier_id
           WHERE (%(state)s::text IS NULL OR m.state = %(state)s) AND (%(way)s::text IS NULL OR m.way = %(way)s)
             AND (%(kind)s::text IS NULL OR m.kind = %(kind)s) AND (%(dossier)s::text IS NULL OR d.code = %(dossier)s)
             AND (%(reader)s::text IS NULL OR m.reader = %(reader)s)
             AND (%(before)s::bigint IS NULL OR m.id < %(before)s)
           ORDER BY m.id DESC LIMIT %(limit)s""",
        {"state": wanted.state, "way": wanted.way, "kind": wanted.kind, "dossier": wanted.dossier,
         "reader": wanted.reader, "before": wanted.before, "limit": limit},
    ).fetchall()  # fmt: skip
    return [MessageRow(*(*values, _sentence(problem))) for *values, problem in rows]


def count_messages(connection: Connection) -> dict[tuple[str, str], int]:
    """How many there are by way and state."""
    rows = connection.execute("SELECT way, state, count(*) FROM message GROUP BY way, state").fetchall()
    return {(way, state): count for way, state, count in rows}


def count_undelivered(connection: Connection, due_before: datetime) -> tuple[int, int]:
    """How many were given up, and how many wait although they were due before a moment."""
    row = connection.execute(
        """SELECT count(*) FILTER (WHERE state = 'dead'), count(*) FILTER (WHERE state = 'waiting' AND next_at < %s)
           FROM message WHERE state IN ('dead', 'waiting')""",
        (due_before,),
    ).fetchone()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def forget_messages(connection: Connection, before: datetime) -> int:
    """Delete what ended, and what was told, before a moment; how many messages."""
    gone = connection.execute("DELETE FROM message WHERE ended_at < %s", (before,)).rowcount
    connection.execute("DELETE FROM notice WHERE at < %s AND spread_at IS NOT NULL", (before,))
    return gone


def _as_row(said: Sentence | None) -> Jsonb | None:
    return None if said is None else Jsonb({"id": said.id, "params": dict(said.params)})


def _sentence(row: dict[str, Any] | None) -> Sentence | None:
    return None if row is None else sentence(row["id"], **row["params"])
