"""Dossiers as rows: received once, numbered without gap, moved along the road."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from psycopg.types.json import Jsonb

from services.storage.database import Connection


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file whose bytes already rest in the object store under `key`."""

    name: str
    sha256: str
    size: int
    key: str


@dataclass(frozen=True, slots=True)
class NewDossier:
    """What is known of a dossier when it is handed in; moments are aware."""

    code: str
    unit: str
    channel: int
    applicant: dict[str, Any]
    words: str
    declared_procedure: str | None
    lane: str
    status: int
    submitted_at: datetime
    receipt_key: str


def next_number(connection: Connection, agency: str, day: date) -> int:
    """The agency's next running number of that day.

    Call it inside the transaction that writes the dossier: the counter's row stays locked until it ends, so a number is
    neither given twice nor lost (TT 01/2018/TT-VPCP art. 19: a running number of the day).
    """
    row = connection.execute(
        """INSERT INTO code_counter (agency, day, last) VALUES (%s, %s, 1)
           ON CONFLICT (agency, day) DO UPDATE SET last = code_counter.last + 1 RETURNING last""",
        (agency, day),
    ).fetchone()
    assert row is not None  # noqa: S101 - RETURNING of an upsert always gives a row
    return int(row[0])


def add_dossier(connection: Connection, new: NewDossier) -> int:
    """Write the dossier; its id.

    Raises:
        psycopg.errors.UniqueViolation: the code exists.
    """
    row = connection.execute(
        """INSERT INTO dossier (code, unit, channel, applicant, words, declared_procedure, lane, status, submitted_at,
                                receipt_key)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
        (new.code, new.unit, new.channel, Jsonb(new.applicant), new.words, new.declared_procedure, new.lane,
         new.status, new.submitted_at, new.receipt_key),
    ).fetchone()  # fmt: skip
    assert row is not None  # noqa: S101 - RETURNING of an insert always gives a row
    return int(row[0])


def add_documents(connection: Connection, dossier_id: int, documents: list[NewDocument], at: datetime) -> list[int]:
    """Write the files, numbered after those the dossier has; a file it has already (same SHA-256) is skipped, one
    of the same name and other bytes gets a name of its own.

    Returns the numbers given to the new ones.
    """
    row = connection.execute(
        "SELECT coalesce(max(number), 0) FROM document WHERE dossier_id = %s", (dossier_id,)
    ).fetchone()
    last = int(row[0]) if row else 0
    given: list[int] = []
    names = {
        name
        for (name,) in connection.execute("SELECT name FROM document WHERE dossier_id = %s", (dossier_id,)).fetchall()
    }
    for document in documents:
        name = _tell_apart(document.name, names)
        added = connection.execute(
            """INSERT INTO document (dossier_id, number, name, sha256, size, key, added_at)
               VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING number""",
            (dossier_id, last + 1, name, document.sha256, document.size, document.key, at),
        ).fetchone()
        if added is not None:
            last += 1
            given.append(last)
            names.add(name)
    return given


def _tell_apart(name: str, taken: Collection[str]) -> str:
    """A second `3.jpg` of a dossier is called `3 (2).jpg`: people and findings name files."""
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    others = (f"{stem} ({number}){dot}{suffix}" for number in count(2))
    return name if name not in taken else next(other for other in others if other not in taken)


@dataclass(frozen=True, slots=True)
class DossierRow:
    """What the road needs to know of a dossier."""

    id: int
    code: str
    lane: str
    words: str
    declared_procedure: str | None
    procedure: str | None
    procedure_version: int | None
    submitted_at: datetime
    received_at: datetime | None
    unit: str


_SELECT = """SELECT id, code, lane, words, declared_procedure, procedure, procedure_version, submitted_at, received_at,
             unit FROM dossier WHERE """


def read_dossier(connection: Connection, dossier_id: int) -> DossierRow:
    """The dossier of that id.

    Raises:
        LookupError: there is none.
    """
    return _one(connection, _SELECT + "id = %s", dossier_id)


def lock_dossier(connection: Connection, dossier_id: int) -> DossierRow:
    """The same, held until the transaction ends: whoever counts a dossier's runs must hold it first."""
    return _one(connection, _SELECT + "id = %s FOR UPDATE", dossier_id)


def find_dossier(connection: Connection, code: str) -> DossierRow | None:
    """The dossier of that code."""
    row = connection.execute((_SELECT + "code = %s").encode(), (code,)).fetchone()
    return None if row is None else DossierRow(*row)


def _one(connection: Connection, query: str, dossier_id: int) -> DossierRow:
    row = connection.execute(query.encode(), (dossier_id,)).fetchone()
    if row is None:
        raise LookupError(f"no dossier {dossier_id}")
    return DossierRow(*row)


def set_road(connection: Connection, dossier_id: int) -> str:
    """Say where the dossier stands on the road, from its runs alone; the word that was written."""
    row = connection.execute(
        """UPDATE dossier SET road = CASE
               WHEN EXISTS (SELECT 1 FROM stage_run r WHERE r.dossier_id = dossier.id AND r.finished_at IS NULL)
                   THEN 'moving'
               WHEN EXISTS (SELECT 1 FROM stage_run r WHERE r.dossier_id = dossier.id
                            AND r.outcome = 'waits_for_person' AND NOT r.replayed)
                   THEN 'waits_for_person'
               ELSE 'finished' END
           WHERE id = %s RETURNING road""",
        (dossier_id,),
    ).fetchone()
    return str(row[0]) if row else "moving"
