"""Figures and sweep over a province's years: `python -m benchmarks.many [--open N] [--due N] [--morning N] …`.

Dossiers are drawn inside PostgreSQL: finished ones of four years over 65 units, 260 officers and 96 procedures, then
open ones, of which `--due` are due for a rung of the escalation, and `--morning` all in one moment later. Rollups are
made as their migration makes them. Timed are the on-time figures (the slowest of five readings after two; allowed are
100 ms by unit and by month) and the sweep over all open dossiers at either time (allowed 5 s). `by_unit_of_days` begins
in the middle of a month, where the rows of single days are added up. `server_ms` is what PostgreSQL says it took
itself. The data are deleted at the end.

Drawing is quick because the cluster is thrown away: no fsync, no triggers, and the indexes that no constraint needs are
made after the rows. All of that is put back as it ships before anything is timed.
"""

import argparse
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measured import Measured, print_measured, shares_of
from services import clock
from services.stack.postgres import EmbeddedPostgres
from services.storage.database import Connection, connect
from services.storage.escalations import sweep_escalations
from services.storage.on_time import GroupBy, OnTimeFilter, on_time_query

ALLOWED_MS, ALLOWED_S = 100.0, 5.0
READINGS = 7
ASKED = {
    "by_unit": (OnTimeFilter(), GroupBy.UNIT), "by_month": (OnTimeFilter(), GroupBy.MONTH),
    "by_unit_of_days": (OnTimeFilter(first_day=date(2023, 2, 2)), GroupBy.UNIT),
    "by_officer": (OnTimeFilter(), GroupBy.OFFICER), "by_channel": (OnTimeFilter(), GroupBy.CHANNEL),
}  # fmt: skip

_FINISHED = """INSERT INTO dossier (code, unit, channel, procedure, procedure_version, field, lane, status, road,
        submitted_at, received_at, due_at, late_after, result_at, receipt_key, version, delivery,
        officer)
    SELECT 'F-' || n, 'u' || n %% 65, 1 + n %% 3, 'p' || n %% 96, 1, 'f' || n %% 12, 'normal', 10, 'finished', at, at,
           at + interval '5 days', date_trunc('day', at) + interval '6 days',
           at + interval '1 day' * (n %% 7), 'K', 5, 'returned', 'o' || n %% 260
    FROM (SELECT n, now() - interval '10 days' - interval '1 second' * (n::bigint * 126000000 / %(many)s) AS at
          FROM generate_series(1, %(many)s) n) drawn"""
_OPEN = """INSERT INTO dossier (code, unit, channel, procedure, procedure_version, field, lane, status, road,
        submitted_at, received_at, due_at, late_after, near_from, due, receipt_key, version,
        officer)
    SELECT 'O-' || n, 'u' || n %% 65, 1 + n %% 3, 'p' || n %% 96, 1, 'f' || n %% 12, 'normal', 4, 'finished', at, at,
           due, date_trunc('day', due) + interval '1 day',
           due - CASE WHEN n > %(due)s AND n <= %(due)s + %(morning)s THEN interval '1 hour' ELSE interval '1 day' END,
           '{"amount": 5, "unit": "working_days", "case": "", "lines": []}', 'K', 3, 'o' || n %% 260
    FROM (SELECT n, now() - interval '3 days' AS at,
                 now() + CASE WHEN n <= %(due)s + %(morning)s THEN interval '3 hours'
                         ELSE interval '3 days' + n * interval '1 second' END AS due
          FROM generate_series(1, %(many)s) n) drawn"""
_CALLS = "INSERT INTO escalation_call SELECT id, near_from FROM dossier WHERE near_from IS NOT NULL"
_DAY, _MONTH = "received_day(d)", "date_trunc('month', received_day(d))::date"
_ROLLUPS = {"on_time_unit": (_DAY, "unit"), "on_time_channel_month": (_MONTH, "unit, channel"),
            "on_time_officer_month": (_MONTH, "unit, officer")}  # fmt: skip
_ROLLUP = """INSERT INTO {table} (day, {key}, state, late_after, n) SELECT {day}, {key}, on_time_state(d),
        CASE WHEN on_time_state(d) = 'open' THEN d.late_after ELSE '-infinity' END AS line, count(*)
    FROM dossier d GROUP BY {day}, {key}, on_time_state(d), line"""


_CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
             "max_wal_size": "'16GB'", "checkpoint_timeout": "'1h'"}  # fmt: skip
_INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = 'dossier'::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"""


def draw(connection: Connection, finished: int, open_: int, due: int, morning: int) -> None:
    """Rows without triggers, then the indexes, then the rollup they would have kept."""
    _set_all(connection, _CARELESS)
    indexes = connection.execute(_INDEXES).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}".encode())
    connection.execute("SET session_replication_role = replica")
    connection.execute(_FINISHED.encode(), {"many": finished})
    connection.execute(_OPEN.encode(), {"many": open_, "due": due, "morning": morning})
    connection.execute(_CALLS)
    connection.execute("SET session_replication_role = origin")
    connection.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        connection.execute(definition.encode())
    for table, (day, key) in _ROLLUPS.items():
        connection.execute(_ROLLUP.format(table=table, day=day, key=key).encode())
    connection.execute("VACUUM ANALYZE")
    _set_all(connection, dict.fromkeys(_CARELESS, "DEFAULT"))
    connection.execute("CHECKPOINT")


def _set_all(connection: Connection, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        connection.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
    connection.execute("SELECT pg_reload_conf()")


def read_figures(connection: Connection, chosen: OnTimeFilter, by: GroupBy) -> tuple[float, float, int]:
    """Slowest reading in ms, what the server says of one, and how many dossiers it counted."""
    query, parameters = on_time_query(chosen, by, clock.now())
    spent, counted = [], 0
    for _ in range(READINGS):
        began = perf_counter()
        counted = sum(count for _, _, count in connection.execute(query, parameters).fetchall())
        spent.append((perf_counter() - began) * 1000)
    plan = connection.execute(b"EXPLAIN (ANALYZE, FORMAT JSON) " + query, parameters).fetchone()
    assert plan is not None  # noqa: S101 - EXPLAIN always answers
    return round(max(spent[2:]), 1), round(plan[0][0]["Execution Time"], 1), counted


def measure(asked: argparse.Namespace) -> dict[str, float]:
    """Every figure over a fresh database."""
    figures: dict[str, float] = {}
    with TemporaryDirectory(prefix="motcua-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "postgres")
        try:
            with connect(server.database()) as connection:
                began = perf_counter()
                draw(connection, asked.dossiers, asked.open, asked.due, asked.morning)
                figures["drawing_s"] = round(perf_counter() - began, 1)
                for name, (chosen, by) in ASKED.items():
                    slowest, told, counted = read_figures(connection, chosen, by)
                    figures |= {f"{name}_ms": slowest, f"{name}_server_ms": told, f"{name}_counted": counted}
                for name, later in (("sweep", timedelta()), ("morning_sweep", timedelta(hours=2, minutes=30))):
                    began = perf_counter()
                    swept = sweep_escalations(connection, clock.now() + later)
                    figures |= {f"{name}_s": round(perf_counter() - began, 2), f"{name}_told": swept.told}
        finally:
            server.stop()
    return figures


def run(arguments: Sequence[str]) -> Measured:
    """The figures against what is allowed."""
    parser = argparse.ArgumentParser("many")
    parser.add_argument("--dossiers", type=int, default=4_000_000)
    parser.add_argument("--open", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=1000)
    parser.add_argument("--morning", type=int, default=50_000)
    figures = measure(parser.parse_args(arguments))
    allowed = {"by_unit_ms": ALLOWED_MS, "by_month_ms": ALLOWED_MS, "sweep_s": ALLOWED_S, "morning_sweep_s": ALLOWED_S}
    return Measured("many", figures, *shares_of(figures, allowed))


if __name__ == "__main__":
    print_measured(run)
