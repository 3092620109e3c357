"""On-time figures, exact at every moment (QD 766/QD-TTg: early, on the day, late; unfinished against now).

A trigger writes signed deltas for every change of a dossier; `compact` merges them into the tables of `ROLLUPS`: by
unit and by procedure, whose size does not grow with the number of dossiers, by both, where what comes often takes
little room, by officer and by channel of a unit, by the day and by whole months. Reading adds what is not merged yet,
and compares open dossiers with the moment asked for, so that passing time needs no job.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
    """What the figures may be split by; `month` and `day` are those of reception, `officer` is who works on it."""

    UNIT = "unit"
    PROCEDURE = "procedure"
    FIELD = "field"
    OFFICER = "officer"
    CHANNEL = "channel"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class OnTimeFilter:
    """Which received dossiers are counted; both days of reception are included.

    `scoped`: whoever asks sees some units only, so that every figure comes from a table that has units.
    """

    unit: str | None = None
    procedure: str | None = None
    field: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    scoped: bool = False
    officer: str | None = None
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Rollup:
    """A table of figures: what it keeps apart beside day, state and line, and where changes wait to be merged.

    `day`: what stands for the day of reception; where it is the month's first, days are not told apart.
    """

    table: str
    keys: tuple[str, ...]
    delta: str
    day: str = "day"

    def has(self, chosen: OnTimeFilter, needed: AbstractSet[str], group_by: GroupBy | None) -> bool:
        """Whether it answers for whoever asks: units of its own where he sees some only, days where they count."""
        whole_months = group_by is not GroupBy.DAY and _are_whole_months(chosen.first_day, chosen.last_day)
        return (
            needed <= set(self.keys)
            and ("unit" in self.keys or not chosen.scoped)
            and (whole_months or self.day == "day")
        )


_MONTH = "date_trunc('month', day)::date"
ROLLUPS = (
    Rollup("on_time_channel_month", ("unit", "channel"), "on_time_desk_delta", _MONTH),
    Rollup("on_time_officer_month", ("unit", "officer"), "on_time_desk_delta", _MONTH),
    Rollup("on_time_unit", ("unit",), "on_time_delta"),
    Rollup("on_time_procedure", ("procedure", "field"), "on_time_delta"),
    Rollup("on_time_cell", ("unit", "procedure", "field"), "on_time_delta"),
    Rollup("on_time_officer", ("unit", "officer"), "on_time_desk_delta"),
    Rollup("on_time_channel", ("unit", "channel"), "on_time_desk_delta"),
)
"""From small to large: the first one that has what is asked for answers."""

_STATE = """CASE state WHEN 'open' THEN CASE WHEN in_time THEN 'in_progress_in_time' ELSE 'in_progress_overdue' END
            ELSE state END"""
_KEPT = ("unit", "procedure", "field", "officer", "channel")
# the column that is added up by, and what the group is called
_GROUP = {
    None: ("''", "''"),
    GroupBy.UNIT: ("unit", "key"),
    GroupBy.PROCEDURE: ("procedure", "key"),
    GroupBy.FIELD: ("field", "key"),
    GroupBy.OFFICER: ("officer", "key"),
    GroupBy.CHANNEL: ("channel", "key::text"),
    GroupBy.MONTH: ("day", "to_char(key, 'YYYY-MM')"),
    GroupBy.DAY: ("day", "to_char(key, 'YYYY-MM-DD')"),
}
# officers or channels together with procedures are asked for seldom: they are counted from the dossiers themselves
_COUNTED = """SELECT received_day(d) AS day, d.unit, coalesce(d.procedure, '') AS procedure,
                     coalesce(d.field, '') AS field, d.officer, d.channel, on_time_state(d) AS state, d.late_after,
                     1 AS n
              FROM dossier d WHERE d.received_at IS NOT NULL"""


def on_time_query(chosen: OnTimeFilter, group_by: GroupBy | None, now: datetime) -> tuple[bytes, dict[str, Any]]:
    """The query of (group, verdict, count) rows and its parameters."""
    since, until = moments_of(chosen.first_day, chosen.last_day)
    parameters = {"now": now, "first": chosen.first_day, "last": chosen.last_day, "since": since, "until": until}
    parameters |= {name: getattr(chosen, name) for name in _KEPT}
    column, group = _GROUP[group_by]
    # added up by day first: what a group is called is written once a day, not once a row
    source = _source(chosen, column, group_by)
    query = f"""SELECT {group}, {_STATE}, sum(n)::bigint
                FROM (SELECT {column} AS key, state, late_after >= %(now)s AS in_time, sum(n) AS n
                      FROM ({source}) cells GROUP BY 1, 2, 3) days
                GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1"""
    return query.encode(), parameters


def _source(chosen: OnTimeFilter, column: str, group_by: GroupBy | None) -> str:
    """The rows that are added up: of the smallest table that has what is asked for, else of the dossiers."""
    filtered = [name for name in _KEPT if getattr(chosen, name)]
    needed = {*filtered, column} & set(_KEPT)
    for rollup in ROLLUPS:
        if rollup.has(chosen, needed, group_by):
            where = [f"{name} = %({name})s" for name in filtered]
            where += ["day >= %(first)s"] if chosen.first_day else []
            where += ["day <= %(last)s"] if chosen.last_day else []
            kept = ", ".join((*rollup.keys, "state", "late_after", "n"))
            rows = f"""SELECT day, {kept} FROM {rollup.table}
                       UNION ALL SELECT {rollup.day}, {kept} FROM {rollup.delta}"""
            return f"SELECT * FROM ({rows}) kept WHERE {' AND '.join(where) or 'true'}"
    where = [f"d.{name} = %({name})s" for name in filtered]
    where += ["d.received_at >= %(since)s"] if chosen.first_day else []
    where += ["d.received_at < %(until)s"] if chosen.last_day else []
    return " AND ".join((_COUNTED, *where))


def compact(connection: Connection) -> int:
    """Merge the deltas; how many there were. Only one process does it at a time, the others do nothing."""
    with connection.transaction():
        held = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (COMPACT_LOCK,)).fetchone()
        if not held or not held[0]:
            return 0
        return sum(_merge(connection, delta) for delta in ("on_time_delta", "on_time_desk_delta"))


def _merge(connection: Connection, delta: str) -> int:
    rollups = [rollup for rollup in ROLLUPS if rollup.delta == delta]
    merges = ", ".join(f"into_{rollup.table} AS ({_merge_into(rollup)})" for rollup in rollups)
    merged = connection.execute(
        f"WITH taken AS (DELETE FROM {delta} RETURNING *), {merges} SELECT count(*) FROM taken".encode()
    ).fetchone()
    count = int(merged[0]) if merged else 0
    for rollup in rollups if count else ():
        connection.execute(f"DELETE FROM {rollup.table} WHERE n = 0".encode())
    return count


def _merge_into(rollup: Rollup) -> str:
    kept = ", ".join((*rollup.keys, "state", "late_after"))
    return f"""INSERT INTO {rollup.table} (day, {kept}, n)
               SELECT {rollup.day}, {kept}, sum(n) FROM taken GROUP BY {rollup.day}, {kept} HAVING sum(n) <> 0
               ON CONFLICT (day, {kept}) DO UPDATE SET n = {rollup.table}.n + excluded.n"""


def _are_whole_months(first: date | None, last: date | None) -> bool:
    begins = first is None or first.day == 1
    return begins and (last is None or last == date.max or (last + timedelta(days=1)).day == 1)


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
