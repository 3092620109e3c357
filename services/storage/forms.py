"""What the forms of a dossier need, read together; and which of them a person signed off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.errors import UniqueViolation

from services.clock import moments_of
from services.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Papers:
    """Who handed in what, and under which unit's name.

    `documents` are file names by number; `kinds` the papers found in them (None: not recognised), each with its pages;
    `titles` what each of these has as its title.
    """

    applicant: dict[str, Any]
    documents: dict[int, str]
    kinds: tuple[tuple[str | None, tuple[tuple[int, int], ...]], ...]
    unit_name: str
    parent_name: str
    titles: tuple[str, ...]


def read_papers(connection: Connection, dossier_id: int) -> Papers:
    """The applicant, the files and the papers in them, the names of the unit and of the one above it.

    Raises:
        LookupError: there is no such dossier.
    """
    row = connection.execute(
        """SELECT d.applicant, coalesce(u.name, d.unit), coalesce(p.name, ''),
                  (SELECT coalesce(jsonb_object_agg(x.number, x.name), '{}') FROM document x
                   WHERE x.dossier_id = d.id),
                  (SELECT coalesce(jsonb_agg(jsonb_build_array(y.kind, y.pages, y.title) ORDER BY y.number), '[]')
                   FROM paper y WHERE y.dossier_id = d.id)
           FROM dossier d LEFT JOIN unit u ON u.id = d.unit LEFT JOIN unit p ON p.id = u.parent WHERE d.id = %s""",
        (dossier_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"no dossier {dossier_id}")
    kinds = tuple((kind, tuple((document, page) for document, page in pages)) for kind, pages, _ in row[4])
    titles = tuple(title or "" for *_, title in row[4])
    return Papers(row[0], {int(number): name for number, name in row[3].items()}, kinds, row[1], row[2], titles)


def find_signed(connection: Connection, dossier_id: int, form: str, event: int) -> tuple[str, datetime] | None:
    """Who signed a form off, and when."""
    row = connection.execute(
        "SELECT signed_by, signed_at FROM form_signed WHERE dossier_id = %s AND form = %s AND event = %s",
        (dossier_id, form, event),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def read_signatures(connection: Connection, code: str) -> dict[tuple[str, int], tuple[str, datetime]]:
    """Who signed off which form, and when, by form and number of the event it goes with."""
    rows = connection.execute(
        """SELECT f.form, f.event, f.signed_by, f.signed_at FROM form_signed f JOIN dossier d ON d.id = f.dossier_id
           WHERE d.code = %s""",
        (code,),
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def list_signed(connection: Connection, code: str) -> list[str]:
    """Numbers of the forms of a dossier that somebody signed off, in the order they were signed."""
    rows = connection.execute(
        """SELECT f.form FROM form_signed f JOIN dossier d ON d.id = f.dossier_id WHERE d.code = %s
           GROUP BY f.form ORDER BY min(f.signed_at)""",
        (code,),
    )
    return [row[0] for row in rows]


def sign_form(connection: Connection, dossier_id: int, form: str, event: int, *, by: str, at: datetime) -> bool:
    """Write that a person stands behind a form; False when somebody does already."""
    try:
        connection.execute(
            "INSERT INTO form_signed (dossier_id, form, event, signed_by, signed_at) VALUES (%s, %s, %s, %s, %s)",
            (dossier_id, form, event, by, at),
        )
    except UniqueViolation:
        return False
    return True


def read_register(connection: Connection, unit: str, first: date, last: date, limit: int) -> Sequence[Sequence[Any]]:
    """Received dossiers of a unit in a period, in the order they came."""
    since, until = moments_of(first, last)
    return connection.execute(
        """SELECT d.code, coalesce(p.name, ''), d.applicant ->> 'name', d.received_at, d.due_at, d.result_at,
                  (SELECT max(h.at) FROM history h WHERE h.dossier_id = d.id AND h.kind = 'result_returned'), d.channel,
                  d.status
           FROM dossier d LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
           WHERE d.unit = %s AND d.received_at >= %s AND d.received_at < %s ORDER BY d.received_at, d.id LIMIT %s""",
        (unit, since, until, limit),
    ).fetchall()
