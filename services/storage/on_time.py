"""On-time figures, exact at every moment (QD 766/QD-TTg: early, on the day, late; unfinished against now).

A trigger writes a signed delta for every change of a dossier; `compact` merges deltas into two tables, by unit and by
procedure, whose size does not grow with the number of dossiers. Reading adds what is not merged yet, and compares
open dossiers with the moment asked for, so that passing time needs no job.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.clock import moments_of
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
    """Which received dossiers are counted; both days of reception are included."""

    unit: str | None = None
    procedure: str | None = None
    field: str | None = None
    first_day: date | None = None
    last_day: date | None = None


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

_WHERE = """(%(first)s::date IS NULL OR day >= %(first)s) AND (%(last)s::date IS NULL OR day <= %(last)s)"""


def on_time_query(chosen: OnTimeFilter, group_by: GroupBy | None, now: datetime) -> tuple[bytes, dict[str, Any]]:
    """The query of (group, verdict, count) rows and its parameters."""
    by_procedure = chosen.procedure or chosen.field or group_by in {GroupBy.PROCEDURE, GroupBy.FIELD}
    by_unit = chosen.unit or group_by is GroupBy.UNIT
    columns = "day, unit, procedure, field, state, late_after, n"
    if by_unit and by_procedure:
        rows = f"""SELECT {columns} FROM (SELECT received_day(d) AS day, unit, coalesce(procedure, '') AS procedure,
                   coalesce(field, '') AS field, on_time_state(d) AS state, late_after, 1 AS n FROM dossier d
                   WHERE received_at IS NOT NULL AND (%(unit)s::text IS NULL OR unit = %(unit)s)
                   AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s)
                   AND (%(since)s::timestamptz IS NULL OR received_at >= %(since)s)
                   AND (%(until)s::timestamptz IS NULL OR received_at < %(until)s)) q"""
    elif by_procedure:
        rows = f"""SELECT day, '' AS unit, procedure, field, state, late_after, n FROM on_time_procedure
                   UNION ALL SELECT {columns} FROM on_time_delta"""
    else:
        rows = f"""SELECT day, unit, '' AS procedure, '' AS field, state, late_after, n FROM on_time_unit
                   UNION ALL SELECT {columns} FROM on_time_delta"""
    filters = [_WHERE]
    filters += [f"{name} = %({name})s" for name in ("unit", "procedure", "field") if getattr(chosen, name)]
    query = f"""SELECT {_GROUP[group_by]}, {_STATE}, sum(n)::bigint FROM ({rows}) cells
                WHERE {" AND ".join(filters)} GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1"""
    parameters: dict[str, Any] = {"now": now, "first": chosen.first_day, "last": chosen.last_day}
    parameters["since"], parameters["until"] = moments_of(chosen.first_day, chosen.last_day)
    parameters |= {"unit": chosen.unit, "procedure": chosen.procedure, "field": chosen.field}
    return query.encode(), parameters


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
                   DO UPDATE SET n = on_time_procedure.n + excluded.n)
               SELECT count(*) FROM taken"""
        ).fetchone()
        count = int(merged[0]) if merged else 0
        for table in ("on_time_unit", "on_time_procedure") if count else ():
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
