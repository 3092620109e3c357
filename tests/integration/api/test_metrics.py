"""Running totals: they only grow, count each run once, merged or not, and stay when time passes."""

from typing import Any

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from services.storage.database import Connection
from services.storage.run_totals import compact_runs

RUN = """WITH made AS (INSERT INTO dossier (code, unit, channel, lane, status, submitted_at, receipt_key)
                       VALUES (%(code)s, 'a', 1, 'normal', 1, now(), 'k') RETURNING id)
         INSERT INTO stage_run (id, dossier_id, stage, lane, subject, round, attempt, opened_at, relay_after,
                                started_at)
         SELECT gen_random_uuid(), id, 'ocr', 'normal', '', 1, 1, at, at, at + %(waited)s * interval '1 second'
         FROM made, (SELECT timestamptz '2026-01-05 09:00+07' AS at) t"""
END = """UPDATE stage_run SET outcome = %(outcome)s, finished_at = started_at + %(worked)s * interval '1 second'
         WHERE finished_at IS NULL"""


def finish_run(connection: Connection, code: str, waited: float, worked: float, outcome: str) -> None:
    """A run of last January."""
    connection.execute(RUN, {"code": code, "waited": waited})
    connection.execute(END, {"outcome": outcome, "worked": worked})


def samples(client: TestClient) -> dict[tuple[str, ...], float]:
    """What a monitor reads, by name and labels."""
    families: Any = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_totals_count_every_run_once_merged_or_not(client: TestClient, connection: Connection) -> None:
    """The same figures before and after merging, and more after more; months old runs still count."""
    for number, (waited, worked) in enumerate([(0.01, 0.7), (0.02, 1.0), (0.02, 400.0)]):
        finish_run(connection, f"T-{number}", waited, worked, "done")
    finish_run(connection, "T-9", 0, 2.5, "try_again")
    before = samples(client)
    assert before["motcua_stage_runs_total", "done", "ocr"] == 3
    assert before["motcua_stage_seconds_bucket", "0.01", "waiting", "ocr"] == 2  # a bound belongs to its class
    counts = [before["motcua_stage_seconds_bucket", le, "working", "ocr"] for le in ("0.5", "1.0", "5.0", "+Inf")]
    assert counts == [0, 2, 3, 4]
    assert before["motcua_stage_seconds_count", "working", "ocr"] == 4
    assert abs(before["motcua_stage_seconds_sum", "working", "ocr"] - 404.2) < 1e-6
    assert compact_runs(connection) == 4
    assert samples(client) == before
    finish_run(connection, "T-10", 0.3, 0.2, "done")
    after = samples(client)
    assert after["motcua_stage_runs_total", "done", "ocr"] == 4
    assert all(after[name] >= value for name, value in before.items() if name[0] != "motcua_queue_depth")
    assert compact_runs(connection) == 1
    assert samples(client) == after


def test_a_run_that_never_started_has_an_outcome_and_no_times(client: TestClient, connection: Connection) -> None:
    """Superseded before anybody took it."""
    finish_run(connection, "T-1", 0, 1, "done")
    connection.execute(RUN, {"code": "T-2", "waited": 0})
    connection.execute("UPDATE stage_run SET started_at = NULL WHERE finished_at IS NULL")
    connection.execute("UPDATE stage_run SET outcome = 'superseded', finished_at = now() WHERE finished_at IS NULL")
    found = samples(client)
    assert found["motcua_stage_runs_total", "superseded", "ocr"] == 1
    assert found["motcua_stage_seconds_count", "waiting", "ocr"] == 1
