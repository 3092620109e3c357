"""Units as rows, and the ways up and down their tree."""

from collections.abc import Sequence
from datetime import date

from psycopg.errors import CheckViolation, UniqueViolation

from services.access.units import Unit
from services.dossier.errors import Refused
from services.storage.database import Connection
from services.wording import sentence

_COLUMNS = "id, name, parent, kind, agency, closed_on"
_UP = """WITH RECURSIVE up AS (
    SELECT id, parent, 0 AS height FROM unit WHERE id = %s
    UNION ALL SELECT u.id, u.parent, height + 1 FROM unit u JOIN up ON u.id = up.parent)
SELECT id FROM up ORDER BY height DESC"""
_DOWN = """WITH RECURSIVE down AS (
    SELECT id FROM unit WHERE id = ANY(%s) UNION SELECT u.id FROM unit u JOIN down ON u.parent = down.id)
SELECT id FROM down"""


def add_missing_units(connection: Connection, units: Sequence[Unit]) -> int:
    """Write those that are not known, parents first; how many were written."""
    with connection.transaction(), connection.cursor() as cursor:
        before = connection.execute("SELECT count(*) FROM unit").fetchone()
        cursor.executemany(
            "INSERT INTO unit (id, name, parent, kind, agency) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(unit.id, unit.name, unit.parent, unit.kind, unit.agency) for unit in units],
        )
        after = connection.execute("SELECT count(*) FROM unit").fetchone()
    return int(after[0]) - int(before[0]) if before and after else 0


def list_units(connection: Connection) -> list[Unit]:
    """Every unit, by id."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM unit ORDER BY id".encode()).fetchall()
    return [Unit(*row) for row in rows]


def find_unit(connection: Connection, unit: str) -> Unit | None:
    """The unit of an id."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM unit WHERE id = %s".encode(), (unit,)).fetchone()
    return None if row is None else Unit(*row)


def add_unit(connection: Connection, unit: Unit) -> None:
    """Write a new unit below one that is there.

    Raises:
        Refused: the id is taken or no id.
    """
    try:
        connection.execute(
            "INSERT INTO unit (id, name, parent, kind, agency) VALUES (%s, %s, %s, %s, %s)",
            (unit.id, unit.name, unit.parent, unit.kind, unit.agency),
        )
    except UniqueViolation:
        raise Refused(sentence("access.unit_taken", unit=unit.id)) from None
    except CheckViolation:
        raise Refused(sentence("access.bad_unit", unit=unit.id)) from None


def change_unit(connection: Connection, unit: Unit) -> None:
    """Another name, place, kind or agency code for a unit.

    Raises:
        Refused: it would hang below itself.
    """
    if unit.parent is not None and unit.parent in units_below(connection, [unit.id]):
        raise Refused(sentence("access.unit_below_itself", unit=unit.name))
    connection.execute(
        "UPDATE unit SET name = %s, parent = %s, kind = %s, agency = %s WHERE id = %s",
        (unit.name, unit.parent, unit.kind, unit.agency, unit.id),
    )


def close_unit(connection: Connection, unit: str, day: date | None) -> None:
    """From this day on it takes no more dossiers in; with None it does again."""
    connection.execute("UPDATE unit SET closed_on = %s WHERE id = %s", (day, unit))


def count_of_units(connection: Connection) -> dict[str, tuple[int, int]]:
    """What hangs on each unit: open dossiers, accounts that may sign in."""
    rows = connection.execute(
        """SELECT u.id, coalesce(d.n, 0), coalesce(a.n, 0) FROM unit u
           LEFT JOIN (SELECT unit, count(*) AS n FROM dossier WHERE result_at IS NULL GROUP BY 1) d ON d.unit = u.id
           LEFT JOIN (SELECT unnest(units) AS unit, count(*) AS n FROM account WHERE disabled_at IS NULL GROUP BY 1) a
                  ON a.unit = u.id"""
    ).fetchall()
    return {unit: (dossiers, accounts) for unit, dossiers, accounts in rows}


def units_above(connection: Connection, unit: str) -> list[str]:
    """The unit with all above it, the top first; one that is not in the tree hangs below every top."""
    found = [id_ for (id_,) in connection.execute(_UP, (unit,)).fetchall()]
    if found:
        return found
    tops = connection.execute("SELECT id FROM unit WHERE parent IS NULL ORDER BY id").fetchall()
    return [*(id_ for (id_,) in tops), unit]


def units_below(connection: Connection, units: Sequence[str]) -> list[str]:
    """The units with all below them."""
    known = [id_ for (id_,) in connection.execute(_DOWN, (list(units),)).fetchall()]
    return sorted({*known, *units})
