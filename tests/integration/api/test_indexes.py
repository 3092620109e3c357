"""Bounds of days mean the days in Viet Nam, and the queries that are asked often are served by indexes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.storage.database import Connection
from services.storage.on_time import GroupBy, OnTimeFilter, compact, on_time_query
from services.storage.status import ListFilter, count_query

NOON = datetime(2026, 9, 10, 5, tzinfo=UTC)


def fill(connection: Connection, count: int) -> None:
    """Dossiers received an hour apart up to noon of 10 September in Viet Nam, each with a run that ended then."""
    connection.execute(
        """WITH made AS (
               INSERT INTO dossier (code, unit, channel, lane, status, submitted_at, received_at, receipt_key)
               SELECT 'T-' || n, 'a', 1, 'normal', 2, at, at, 'k'
               FROM generate_series(0, %s - 1) n, LATERAL (SELECT %s - n * interval '1 hour' AS at) t
               RETURNING id, received_at)
           INSERT INTO stage_run (id, dossier_id, stage, lane, subject, round, attempt, opened_at, relay_after,
                                  finished_at, outcome)
           SELECT gen_random_uuid(), id, 'ocr', 'normal', '', 1, 1, received_at, received_at, received_at, 'done'
           FROM made""",
        (count, NOON),
    )
    connection.execute("ANALYZE dossier, stage_run")


def plan(connection: Connection, query: bytes, parameters: dict[str, Any]) -> str:
    """How the server would go about it."""
    return "\n".join(row[0] for row in connection.execute(b"EXPLAIN " + query, parameters).fetchall())


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2026-09-10", "2026-09-10", 13), ("2026-09-09", "2026-09-09", 24), ("2026-09-09", None, 37),
        (None, "2026-09-09", 27), ("0001-01-01", "9999-12-31", 40),
    ],
)  # fmt: skip
def test_days_are_those_of_viet_nam(
    client: TestClient, connection: Connection, first: str | None, last: str | None, shown: int
) -> None:
    """Midnight of Viet Nam parts the days, in the list and in the figures, to the ends of the calendar."""
    fill(connection, 40)
    days = {name: day for name, day in (("from", first), ("to", last)) if day}
    assert client.get("/v1/dossiers", params=days).json()["total"] == shown
    for more in ({}, {"unit": "a", "by": "procedure"}):
        assert client.get("/v1/on-time", params=days | more).json()["total"]["received"] == shown


def test_indexes_serve_days_and_recent_runs(connection: Connection) -> None:
    """A day among years of dossiers, the last quarter of an hour among all runs, the newest runs."""
    fill(connection, 20_000)
    day = ListFilter(first_day=date(2026, 9, 1), last_day=date(2026, 9, 1))
    assert "dossier_by_received" in plan(connection, *count_query(day, NOON))
    recent = b"SELECT stage, outcome, count(*) FROM stage_run WHERE finished_at > %(since)s GROUP BY 1, 2"
    assert "stage_run_finished" in plan(connection, recent, {"since": NOON - timedelta(minutes=15)})


TOGETHER = [
    (OnTimeFilter(field="f-3"), GroupBy.UNIT), (OnTimeFilter(procedure="p-3"), GroupBy.UNIT),
    (OnTimeFilter(unit="u-3", field="f-3"), None), (OnTimeFilter(unit="u-3"), GroupBy.PROCEDURE),
]  # fmt: skip


def test_no_figure_scans_the_dossiers(connection: Connection) -> None:
    """By unit and field or procedure together: from cells that an index finds."""
    connection.execute(
        """INSERT INTO dossier (code, unit, channel, lane, status, submitted_at, received_at, due_at, receipt_key,
                                procedure, field)
           SELECT 'T-' || n, 'u-' || n %% 20, 1, 'normal', 2, at, at, at, 'k', 'p-' || n / 20 %% 20,
                  'f-' || n / 20 %% 20
           FROM generate_series(1, 20000) n, LATERAL (SELECT %s - n * interval '1 minute' AS at) t""",
        (NOON,),
    )
    compact(connection)
    connection.execute("ANALYZE on_time_cell, dossier")
    for chosen, by in TOGETHER:
        how = plan(connection, *on_time_query(chosen, by, NOON))
        assert "on dossier" not in how
        assert "Seq Scan on on_time_cell" not in how
        assert "on_time_cell" in how


def test_runs_newest_first(client: TestClient, connection: Connection) -> None:
    """Ended ones by the time they ended; open ones by the time they were opened."""
    fill(connection, 5)
    ended = [run["finished_at"] for run in client.get("/v1/runs?outcome=done").json()["items"]]
    assert ended == sorted(ended, reverse=True)
    assert len(ended) == 5
    connection.execute("UPDATE stage_run SET finished_at = NULL, outcome = NULL")
    opened = [run["opened_at"] for run in client.get("/v1/runs?outcome=open&stage=ocr").json()["items"]]
    assert opened == ended
    assert client.get("/v1/runs?outcome=done").json()["items"] == []
