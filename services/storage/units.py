"""Units as rows, and the ways up and down their tree."""

from collections.abc import Sequence

from services.access.units import Unit
from services.storage.database import Connection

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
    rows = connection.execute("SELECT id, name, parent, kind, agency FROM unit ORDER BY id").fetchall()
    return [Unit(*row) for row in rows]


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
