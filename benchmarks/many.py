"""Figures and sweep over a province's years: `python -m benchmarks.many [--dossiers N] [--open N] [--due N]`.

Dossiers are drawn inside PostgreSQL: finished ones of four years over 65 units and 96 procedures, then open ones, of
which `--due` are due for a rung of the escalation. Rollups are made as their migration makes them. Timed are the
on-time figures by unit and by month (the slowest of five readings after two; allowed 100 ms) and one sweep over all
open dossiers (allowed 5 s). `server_ms` is what PostgreSQL says it took itself. The data are deleted at the end.
"""

import argparse
from collections.abc import Sequence
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

_FINISHED = """INSERT INTO dossier (code, unit, channel, procedure, procedure_version, field, lane, status, road,
        submitted_at, received_at, due_at, late_after, result_at, receipt_key, version, delivery)
    SELECT 'F-' || n, 'u' || n %% 65, 1 + n %% 3, 'p' || n %% 96, 1, 'f' || n %% 12, 'normal', 10, 'finished', at, at,
           at + interval '5 days', date_trunc('day', at) + interval '6 days',
           at + interval '1 day' * (n %% 7), 'K', 5, 'returned'
    FROM (SELECT n, now() - interval '10 days' - interval '1 second' * (n::bigint * 126000000 / %(many)s) AS at
          FROM generate_series(1, %(many)s) n) drawn"""
_OPEN = """INSERT INTO dossier (code, unit, channel, procedure, procedure_version, field, lane, status, road,
        submitted_at, received_at, due_at, late_after, near_from, call_at, due, receipt_key, version)
    SELECT 'O-' || n, 'u' || n %% 65, 1 + n %% 3, 'p' || n %% 96, 1, 'f' || n %% 12, 'normal', 4, 'finished', at, at,
           due, date_trunc('day', due) + interval '1 day', due - interval '1 day', due - interval '1 day',
           '{"amount": 5, "unit": "working_days", "case": "", "lines": []}', 'K', 3
    FROM (SELECT n, now() - interval '3 days' AS at,
                 now() + CASE WHEN n <= %(due)s THEN interval '3 hours' ELSE interval '3 days' + n * interval '1 second'
                 END AS due
          FROM generate_series(1, %(many)s) n) drawn"""
_ROLLUP = """INSERT INTO on_time_unit SELECT received_day(d), unit, on_time_state(d),
        CASE WHEN on_time_state(d) = 'open' THEN d.late_after ELSE '-infinity' END, count(*)
    FROM dossier d GROUP BY 1, 2, 3, 4"""


def draw(connection: Connection, finished: int, open_: int, due: int) -> None:
    """Rows without triggers, then the rollup they would have kept."""
    connection.execute("SET session_replication_role = replica")
    connection.execute(_FINISHED.encode(), {"many": finished})
    connection.execute(_OPEN.encode(), {"many": open_, "due": due})
    connection.execute("SET session_replication_role = origin")
    connection.execute(_ROLLUP.encode())
    connection.execute("VACUUM ANALYZE dossier")
    connection.execute("VACUUM ANALYZE on_time_unit")


def read_figures(connection: Connection, by: GroupBy) -> tuple[float, float, int]:
    """Slowest reading in ms, what the server says of one, and how many dossiers it counted."""
    query, parameters = on_time_query(OnTimeFilter(), by, clock.now())
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
                draw(connection, asked.dossiers, asked.open, asked.due)
                figures["drawing_s"] = round(perf_counter() - began, 1)
                for by in (GroupBy.UNIT, GroupBy.MONTH):
                    slowest, told, counted = read_figures(connection, by)
                    figures |= {f"by_{by}_ms": slowest, f"by_{by}_server_ms": told, f"by_{by}_counted": counted}
                began = perf_counter()
                swept = sweep_escalations(connection, clock.now())
                figures |= {
                    "sweep_s": round(perf_counter() - began, 2),
                    "looked_at": swept.looked_at,
                    "told": swept.told,
                }
        finally:
            server.stop()
    return figures


def run(arguments: Sequence[str]) -> Measured:
    """The figures against what is allowed."""
    parser = argparse.ArgumentParser("many")
    parser.add_argument("--dossiers", type=int, default=4_000_000)
    parser.add_argument("--open", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=1000)
    figures = measure(parser.parse_args(arguments))
    allowed = {"by_unit_ms": ALLOWED_MS, "by_month_ms": ALLOWED_MS, "sweep_s": ALLOWED_S}
    return Measured("many", figures, *shares_of(figures, allowed))


if __name__ == "__main__":
    print_measured(run)
