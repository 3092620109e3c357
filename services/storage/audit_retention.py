"""Old rows of the audit log go into a file and out of the database, and the chain goes on where they end.

They are kept a year at least (QCVN 12:2026/BCA: twelve months). Taking them is a row of the log, the file can be held
against the database at any time, and nothing is deleted before the file rests on the disk.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, takewhile
from pathlib import Path

import orjson

from services.dossier.errors import Refused
from services.storage.audit import (
    AUDIT_LOCK,
    ORIGIN,
    RETIRED,
    Deed,
    Doer,
    Entry,
    Verified,
    follow_chain,
    note_deed,
    walk_audit,
)
from services.storage.database import Connection
from services.wording import sentence

KEPT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Retired:
    """How many rows went into the file, and the head they end with."""

    rows: int
    head: str


def retire_audit(connection: Connection, before: datetime, file: Path, doer: Doer, at: datetime) -> Retired:
    """Write the rows before a moment into a new file, one JSON a line, then delete them.

    Raises:
        Refused: they are not a year old, there are none, or the log is not whole up to there.
        OSError: the file is there already or cannot be written; nothing was deleted.
    """
    if before > at - KEPT:
        raise Refused(sentence("access.audit_too_young"))
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (AUDIT_LOCK,))
        first, last = _old(connection, before)
        found = _write(file, connection, first, last)
        rows, head = last - first + 1, f"{found.entries}:{found.head}"
        note_deed(connection, doer, Deed(RETIRED, file.name, {"rows": rows, "head": head}), at)
        connection.execute(
            "INSERT INTO audit_anchor (id, sha256, at, file) VALUES (%s, %s, %s, %s)",
            (found.entries, bytes.fromhex(found.head), at, file.name),
        )
        # the one place that may: all in this transaction, under the lock of the log
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_kept")
        connection.execute("DELETE FROM audit WHERE id <= %s", (found.entries,))
        connection.execute("ALTER TABLE audit ENABLE TRIGGER audit_kept")
    return Retired(rows, head)


def holds_file(connection: Connection, file: Path) -> bool:
    """Whether a file of old rows is as it was taken: its hashes follow each other and end where the log goes on.

    Raises:
        OSError, ValueError, KeyError: it cannot be read, or is no such file.
    """
    with file.open("rb") as lines:
        first = _read(next(lines, b"{}"))
        found = follow_chain(chain([first], map(_read, lines)), *_link(connection, first.id))
    end = connection.execute("SELECT sha256 FROM audit_anchor WHERE id = %s", (found.entries,)).fetchone()
    return found.broken is None and end is not None and end[0].hex() == found.head


def as_line(entry: Entry) -> bytes:
    """A row as it is taken along: one JSON."""
    facts = {name: getattr(entry, name) for name in entry.__slots__ if name != "sha256"}
    return orjson.dumps(facts | {"sha256": entry.sha256.hex()}) + b"\n"


def _read(line: bytes) -> Entry:
    facts = orjson.loads(line)
    at = datetime.fromisoformat(facts.pop("at")).astimezone(UTC)
    return Entry(at=at, sha256=bytes.fromhex(facts.pop("sha256")), **facts)


def _link(connection: Connection, first: int) -> tuple[bytes, int]:
    """The hash and id that the row `first` follows."""
    row = connection.execute("SELECT sha256 FROM audit_anchor WHERE id = %s", (first - 1,)).fetchone()
    return (row[0] if row else ORIGIN), first - 1


def _old(connection: Connection, before: datetime) -> tuple[int, int]:
    """The first and the last row before a moment."""
    row = connection.execute(
        """SELECT min(id), coalesce((SELECT min(id) - 1 FROM audit WHERE at >= %s), max(id)) FROM audit""", (before,)
    ).fetchone()
    if row is None or row[0] is None or row[1] < row[0]:
        raise Refused(sentence("access.audit_none_old"))
    return row[0], row[1]


def _write(file: Path, connection: Connection, first: int, last: int) -> Verified:
    """Write rows that hang together; a file of rows that do not is taken away again."""
    with file.open("xb") as out:

        def written() -> Iterator[Entry]:
            for entry in takewhile(lambda entry: entry.id <= last, walk_audit(connection)):
                out.write(as_line(entry))
                yield entry

        found = follow_chain(written(), *_link(connection, first))
        out.flush()
        os.fsync(out.fileno())
    if found.broken is not None:
        file.unlink()
        raise Refused(sentence("access.audit_broken", id=found.broken))
    return found
