"""What officers confirm and correct: each time a row that is never changed, and the newest one holds.

The rows are the labelled examples that training may use (`motcua train`); a machine's own output never is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from services.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One field as a person says it is, beside what the machine had read and where; `by` is the person's account."""

    dossier_id: int
    paper: int
    name: str
    kind: str
    value: str
    was: str
    was_raw: str
    was_confidence: float
    was_source: str
    document: int
    page: int
    box: list[float] | None
    by: str
    at: datetime


def confirmed_value(connection: Connection, dossier_id: int, paper: int, name: str) -> str | None:
    """The newest value an officer gave a field; None where nobody did."""
    row = connection.execute(
        "SELECT value FROM confirmation WHERE dossier_id = %s AND paper = %s AND name = %s ORDER BY id DESC LIMIT 1",
        (dossier_id, paper, name),
    ).fetchone()
    return None if row is None else str(row[0])


def confirm_field(
    connection: Connection, *, code: str, paper: int, name: str, value: str | None, by: str, at: datetime
) -> Confirmation | None:
    """Keep a confirmation; `value` None confirms what was read. None when there is no such field to confirm."""
    with connection.cursor(row_factory=class_row(Confirmation)) as cursor:
        return cursor.execute(
            """INSERT INTO confirmation (dossier_id, paper, name, kind, value, was, was_raw, was_confidence, was_source,
                                         document, page, box, by, at)
               SELECT f.dossier_id, f.paper, f.name, coalesce(p.kind, ''), coalesce(%(value)s, f.value), f.value, f.raw,
                      f.confidence, f.source, f.document, f.page, f.box, %(by)s, %(at)s
               FROM field f JOIN paper p ON p.dossier_id = f.dossier_id AND p.number = f.paper
               JOIN dossier d ON d.id = f.dossier_id
               WHERE d.code = %(code)s AND f.paper = %(paper)s AND f.name = %(name)s
               RETURNING dossier_id, paper, name, kind, value, was, was_raw, was_confidence, was_source, document, page,
                         box, by, at""",
            {"code": code, "paper": paper, "name": name, "value": value, "by": by, "at": at},
        ).fetchone()


def all_confirmations(connection: Connection) -> Iterator[Confirmation]:
    """The newest confirmation of every field, oldest first: examples for training."""
    with connection.cursor(row_factory=class_row(Confirmation)) as cursor:
        cursor.execute(
            """SELECT dossier_id, paper, name, kind, value, was, was_raw, was_confidence, was_source, document, page,
                      box, by, at
               FROM (SELECT DISTINCT ON (dossier_id, paper, name) * FROM confirmation
                     ORDER BY dossier_id, paper, name, id DESC) newest ORDER BY id"""
        )
        yield from cursor
