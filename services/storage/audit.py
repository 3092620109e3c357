"""The audit log: append-only, each row's hash over its own facts and the hash before it.

Whoever changes, removes or adds a row in the middle breaks every hash after it. Cutting off the end is found by the
head (id and hash) that was written down elsewhere before: `motcua audit verify --head`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from psycopg.types.json import Jsonb

from services.storage.database import Connection

AUDIT_LOCK = 4_243_010
RETIRED = "audit_retired"
ORIGIN = b"\x00" * 32
BATCH = 5000
_COLUMNS = "id, at, actor, way, address, action, subject, data, sha256"
_SOUGHT = """(%(actor)s::text IS NULL OR actor = %(actor)s) AND (%(subject)s::text IS NULL OR subject = %(subject)s)
    AND (%(action)s::text IS NULL OR action = %(action)s) AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR at < %(until)s)"""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did or saw: `subject` is the dossier, account, token or unit it was done to; never a value."""

    action: str
    subject: str = ""
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """Who it was, how known, and from where."""

    actor: str
    way: str = "command"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log."""

    id: int
    at: datetime
    actor: str
    way: str
    address: str
    action: str
    subject: str
    data: dict[str, Any]
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Verified:
    """How many rows hang together; `broken` is the first that does not, `head` the hash of the last good one."""

    entries: int
    head: str
    broken: int | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What rows are looked for; None: any. `since` is included, `until` is not."""

    actor: str | None = None
    subject: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def note_deed(connection: Connection, doer: Doer, deed: Deed, at: datetime) -> int:
    """Append a row; its id. Writers take turns, so that the chain has no fork and no gap."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (AUDIT_LOCK,))
        last = connection.execute("SELECT id, sha256 FROM audit ORDER BY id DESC LIMIT 1").fetchone() or (0, ORIGIN)
        facts = (last[0] + 1, at.astimezone(UTC), doer.actor, doer.way, doer.address, deed.action, deed.subject,
                 dict(deed.data or {}))  # fmt: skip
        connection.execute(
            """INSERT INTO audit (id, at, actor, way, address, action, subject, data, sha256)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (*facts[:-1], Jsonb(facts[-1]), _hash(last[1], facts)),
        )
    return int(facts[0])


def read_audit(
    connection: Connection, sought: Sought | None = None, *, after: int = 0, limit: int = BATCH
) -> list[Entry]:
    """Rows after an id that were sought, in order."""
    rows = connection.execute(
        f"""SELECT {_COLUMNS} FROM audit WHERE id > %(mark)s AND {_SOUGHT} ORDER BY id LIMIT %(limit)s""".encode(),
        _parameters(sought or Sought(), after, limit),
    ).fetchall()
    return [Entry(*row) for row in rows]


def search_audit(connection: Connection, sought: Sought, *, before: int, limit: int = 200) -> list[Entry]:
    """Rows before an id that were sought, newest first."""
    rows = connection.execute(
        f"""SELECT {_COLUMNS} FROM audit WHERE id < %(mark)s AND {_SOUGHT} ORDER BY id DESC LIMIT %(limit)s""".encode(),
        _parameters(sought, before, limit),
    ).fetchall()
    return [Entry(*row) for row in rows]


def _parameters(sought: Sought, mark: int, limit: int) -> dict[str, Any]:
    return {"mark": mark, "limit": limit, "actor": sought.actor, "subject": sought.subject, "action": sought.action,
            "since": sought.since, "until": sought.until}  # fmt: skip


def walk_audit(connection: Connection) -> Iterator[Entry]:
    """Every row, in order."""
    after = 0
    while batch := read_audit(connection, after=after):
        yield from batch
        after = batch[-1].id


def verify_audit(connection: Connection) -> Verified:
    """Compute every hash anew, from the first row or from the last one that was taken into a file.

    That rows were taken is itself a row of the chain: whoever writes an anchor and cuts the beginning off is found.
    """
    anchor = connection.execute("SELECT id, sha256 FROM audit_anchor ORDER BY id DESC LIMIT 1").fetchone()
    start, before = anchor or (0, ORIGIN)
    found = follow_chain(walk_audit(connection), before, start)
    told = connection.execute(
        "SELECT 1 FROM audit WHERE action = %s AND data ->> 'head' = %s", (RETIRED, f"{start}:{before.hex()}")
    ).fetchone()
    return replace(found, broken=start) if anchor and told is None and found.broken is None else found


def follow_chain(entries: Iterable[Entry], before: bytes, count: int) -> Verified:
    """Compute the hashes of rows that follow row `count`, whose hash is `before`."""
    for entry in entries:
        facts = (entry.id, entry.at.astimezone(UTC), entry.actor, entry.way, entry.address, entry.action, entry.subject,
                 entry.data)  # fmt: skip
        if entry.id != count + 1 or entry.sha256 != _hash(before, facts):
            return Verified(count, before.hex(), count + 1)
        before, count = entry.sha256, entry.id
    return Verified(count, before.hex())


def holds_head(connection: Connection, head: str) -> bool:
    """Whether a head written down before is still in the chain, or is where a file of older rows ends."""
    id_, _, digest = head.partition(":")
    row = connection.execute(
        "SELECT sha256 FROM audit WHERE id = %(id)s UNION ALL SELECT sha256 FROM audit_anchor WHERE id = %(id)s",
        {"id": int(id_) if id_.isdecimal() else -1},
    ).fetchone()
    return row is not None and row[0].hex() == digest


def _hash(before: bytes, facts: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(before + orjson.dumps(facts, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)).digest()
