"""The catalogue as rows: every version of every procedure, and the one in force on a day."""

from collections.abc import Sequence
from datetime import date

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from services.catalogue.procedure import Procedure
from services.storage.database import Connection

_cached: dict[date, tuple[object, tuple[Procedure, ...]]] = {}
_PROCEDURE: TypeAdapter[Procedure] = TypeAdapter(Procedure)


def store_procedures(connection: Connection, procedures: Sequence[Procedure]) -> int:
    """Write versions; one that exists is replaced by what is given. How many were written.

    Dossiers keep the version they were received under: import a changed procedure as a new version.
    """
    with connection.transaction():
        for procedure in procedures:
            connection.execute(
                """INSERT INTO procedure (code, version, effective_from, effective_to, field, name, body)
                   VALUES (%s, %s, %s, %s, %s, %s, %s)
                   ON CONFLICT (code, version) DO UPDATE SET (effective_from, effective_to, field, name, body,
                       changed_at) =
                   ROW (excluded.effective_from, excluded.effective_to, excluded.field, excluded.name,
                        excluded.body, now())""",
                (procedure.code, procedure.version, procedure.effective_from, procedure.effective_to, procedure.field,
                 procedure.name_vi, Jsonb(_PROCEDURE.dump_python(procedure, mode="json"))),
            )  # fmt: skip
    return len(procedures)


def add_missing(connection: Connection, procedures: Sequence[Procedure]) -> int:
    """Write those whose code the catalogue does not know in any version; how many were written."""
    known = {code for (code,) in connection.execute("SELECT DISTINCT code FROM procedure").fetchall()}
    return store_procedures(connection, [procedure for procedure in procedures if procedure.code not in known])


def procedures_in_force(connection: Connection, on: date) -> list[Procedure]:
    """The newest version in force that day of every procedure, by code."""
    rows = connection.execute(
        """SELECT DISTINCT ON (code) body FROM procedure
           WHERE effective_from <= %s AND (effective_to IS NULL OR effective_to >= %s)
           ORDER BY code, version DESC""",
        (on, on),
    ).fetchall()
    return [_PROCEDURE.validate_python(row[0]) for row in rows]


def latest_procedures(connection: Connection) -> list[Procedure]:
    """The newest version of every procedure, in force or not, by code: what an import lays itself over."""
    rows = connection.execute("SELECT DISTINCT ON (code) body FROM procedure ORDER BY code, version DESC").fetchall()
    return [_PROCEDURE.validate_python(row[0]) for row in rows]


def versions_of(connection: Connection, code: str) -> list[Procedure]:
    """Every version of a procedure, newest first."""
    rows = connection.execute("SELECT body FROM procedure WHERE code = %s ORDER BY version DESC", (code,)).fetchall()
    return [_PROCEDURE.validate_python(row[0]) for row in rows]


def count_dossiers(connection: Connection, code: str) -> dict[int, tuple[int, int]]:
    """How many dossiers each version of a procedure has, and how many of them are open."""
    rows = connection.execute(
        """SELECT procedure_version, count(*), count(*) FILTER (WHERE result_at IS NULL) FROM dossier
           WHERE procedure = %s AND procedure_version IS NOT NULL GROUP BY 1""",
        (code,),
    ).fetchall()
    return {version: (every, open_) for version, every, open_ in rows}


def cached_procedures(connection: Connection, on: date) -> tuple[Procedure, ...]:
    """The same, kept by this process until the catalogue changes."""
    stamp = connection.execute("SELECT max(changed_at), count(*) FROM procedure").fetchone()
    found = _cached.get(on)
    if found is None or found[0] != stamp:
        _cached.clear()
        found = _cached[on] = (stamp, tuple(procedures_in_force(connection, on)))
    return found[1]


def find_procedure(
    connection: Connection, code: str, *, on: date | None = None, version: int | None = None
) -> Procedure | None:
    """The version in force on a day, or the given version; None when there is none."""
    row = connection.execute(
        """SELECT body FROM procedure WHERE code = %(code)s
           AND (%(version)s::int IS NULL OR version = %(version)s)
           AND (%(on)s::date IS NULL OR (effective_from <= %(on)s AND (effective_to IS NULL OR effective_to >= %(on)s)))
           ORDER BY version DESC LIMIT 1""",
        {"code": code, "version": version, "on": on},
    ).fetchone()
    return None if row is None else _PROCEDURE.validate_python(row[0])


def codes_gone(connection: Connection, on: date) -> frozenset[str]:
    """Codes the catalogue holds in some version, of which none is in force that day."""
    rows = connection.execute(
        """SELECT code FROM procedure GROUP BY code
           HAVING NOT bool_or(effective_from <= %s AND (effective_to IS NULL OR effective_to >= %s))""",
        (on, on),
    ).fetchall()
    return frozenset(row[0] for row in rows)
