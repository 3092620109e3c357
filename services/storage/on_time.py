"""On-time figures, exact at every moment (QD 766/QD-TTg: early, on the day, late; unfinished against now).

A trigger writes a signed delta for every change of a dossier; `compact` merges deltas into three tables: by unit and by
procedure, whose size does not grow with the number of dossiers, and by both, where what comes often takes little room.
Reading adds what is not merged yet, and compares open dossiers with the moment asked for, so that passing time needs no
job.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.storage.database import Connection

COMPACT_LOCK = 4_243_003


class Verdict(StrEnum):
    """Where a received dossier stands against its deadline; the seven add up to `received`."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    IN_PROGRESS_IN_TIME = "in_progress_in_time"
    IN_PROGRESS_OVERDUE = "in_progress_overdue"
    PAUSED = "paused"
    UNDATED = "undated"


class GroupBy(StrEnum):
    """What the figures may be split by; `month` and `day` are those of reception."""

    UNIT = "unit"
    PROCEDURE = "procedure"
    FIELD = "field"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class OnTimeFilter:
    """Which received dossiers are counted; both days of reception are included.

    `scoped`: whoever asks sees some units only, so that figures by procedure come from the cells, which have units.
    """

    unit: str | None = None
    procedure: str | None = None
    field: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    scoped: bool = False


_STATE = """CASE state WHEN 'open' THEN CASE WHEN late_after >= %(now)s THEN 'in_progress_in_time'
            ELSE 'in_progress_overdue' END ELSE state END"""

_GROUP = {
    GroupBy.UNIT: "unit",
    GroupBy.PROCEDURE: "procedure",
    GroupBy.FIELD: "field",
    GroupBy.MONTH: "to_char(day, 'YYYY-MM')",
    GroupBy.DAY: "to_char(day, 'YYYY-MM-DD')",
    None: "''",
}

_KEPT = ("unit", "procedure", "field")


def on_time_query(chosen: OnTimeFilter, group_by: GroupBy | None, now: datetime) -> tuple[bytes, dict[str, Any]]:
    """The query of (group, verdict, count) rows and its parameters."""
    by_procedure = chosen.procedure or chosen.field or group_by in {GroupBy.PROCEDURE, GroupBy.FIELD}
    by_unit = chosen.unit or group_by is GroupBy.UNIT
    table = (
        "on_time_cell"
        if by_procedure and (by_unit or chosen.scoped)
        else "on_time_procedure"
        if by_procedure
        else "on_time_unit"
    )
    kept = {"on_time_cell": _KEPT, "on_time_procedure": _KEPT[1:], "on_time_unit": _KEPT[:1]}[table]
    columns = ", ".join(("day", *kept, "state", "late_after", "n"))
    filters = [f"{name} = %({name})s" for name in _KEPT if getattr(chosen, name)]
    filters += ["day >= %(first)s"] if chosen.first_day else []
    filters += ["day <= %(last)s"] if chosen.last_day else []
    query = f"""SELECT {_GROUP[group_by]}, {_STATE}, sum(n)::bigint
                FROM (SELECT {columns} FROM {table} UNION ALL SELECT {columns} FROM on_time_delta) cells
                WHERE {" AND ".join(filters) or "true"} GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1"""
    parameters = {"now": now, "first": chosen.first_day, "last": chosen.last_day}
    return query.encode(), parameters | {name: getattr(chosen, name) for name in _KEPT}


def compact(connection: Connection) -> int:
    """Merge the deltas; how many there were. Only one process does it at a time, the others do nothing."""
    with connection.transaction():
        held = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (COMPACT_LOCK,)).fetchone()
        if not held or not held[0]:
            return 0
        merged = connection.execute(
            """WITH taken AS (DELETE FROM on_time_delta RETURNING *),
               units AS (INSERT INTO on_time_unit
                   SELECT day, unit, state, late_after, sum(n) FROM taken GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
                   ON CONFLICT (day, unit, state, late_after) DO UPDATE SET n = on_time_unit.n + excluded.n),
               procedures AS (INSERT INTO on_time_procedure
                   SELECT day, procedure, field, state, late_after, sum(n) FROM taken GROUP BY 1, 2, 3, 4, 5
                   HAVING sum(n) <> 0
                   ON CONFLICT (day, procedure, field, state, late_after)
                   DO UPDATE SET n = on_time_procedure.n + excluded.n),
               cells AS (INSERT INTO on_time_cell
                   SELECT day, unit, procedure, field, state, late_after, sum(n) FROM taken GROUP BY 1, 2, 3, 4, 5, 6
                   HAVING sum(n) <> 0
                   ON CONFLICT (unit, procedure, field, day, state, late_after)
                   DO UPDATE SET n = on_time_cell.n + excluded.n)
               SELECT count(*) FROM taken"""
        ).fetchone()
        count = int(merged[0]) if merged else 0
        for table in ("on_time_unit", "on_time_procedure", "on_time_cell") if count else ():
            connection.execute(f"DELETE FROM {table} WHERE n = 0".encode())
    return count


# the same words as conditions on `dossier d`, for the lists behind the figures
VERDICT_CONDITIONS: dict[Verdict, str] = {
    Verdict.EARLY: "on_time_state(d) = 'early'",
    Verdict.ON_TIME: "on_time_state(d) = 'on_time'",
    Verdict.LATE: "on_time_state(d) = 'late'",
    Verdict.IN_PROGRESS_IN_TIME: "on_time_state(d) = 'open' AND d.late_after >= %(now)s",
    Verdict.IN_PROGRESS_OVERDUE: "on_time_state(d) = 'open' AND d.late_after < %(now)s",
    Verdict.PAUSED: "on_time_state(d) = 'paused'",
    Verdict.UNDATED: "on_time_state(d) = 'undated'",
}
