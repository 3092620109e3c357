"""How long a dossier waits between two stages, and how many stage runs a second the road carries.

    python -m benchmarks.handover [--broker rabbitmq|valkey]

Stages that do nearly nothing, the database included; RabbitMQ with quorum queues and publisher confirms. Prints
`{name, figures, ratios}`: hand-over (finish → next start) in milliseconds with one dossier in flight, and stage runs a
second with fifty in flight through two worker processes.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured, print_measured, shares_of
from services.settings import Settings
from services.stack.postgres import EmbeddedPostgres
from services.stack.valkey import EmbeddedValkey
from tests.builders.rabbitmq import RabbitNode
from tests.builders.road import Road, all_arrived, road_of, wait_for

ONE_BY_ONE = 40
IN_FLIGHT = 50
ALLOWED_MS = {"handover_median_ms": 10.0, "handover_p95_ms": 40.0}
GOAL_RUNS_A_SECOND = 150
GAPS = """
SELECT extract(epoch FROM min(n.started_at) - max(p.finished_at)) * 1000
FROM stage_run p JOIN stage_run n ON n.dossier_id = p.dossier_id
WHERE (p.stage, n.stage) IN (('intake', 'ocr'), ('ocr', 'classify'), ('classify', 'extract'), ('extract', 'check'))
GROUP BY p.dossier_id, p.stage
"""


def measure(road: Road) -> dict[str, float]:
    """Both figures on one road."""
    road.start_relay()
    road.start_worker(2)
    with road.connect() as connection:
        road.hand_in(["1 warm.pdf"])
        wait_for(lambda: all_arrived(connection))
        connection.execute("TRUNCATE dossier, event, stage_run CASCADE")
        for _ in range(ONE_BY_ONE):
            road.hand_in(["1 a.pdf"])
            wait_for(lambda: all_arrived(connection))
        gaps = sorted(float(gap) for (gap,) in connection.execute(GAPS).fetchall())
        connection.execute("TRUNCATE dossier, event, stage_run CASCADE")
        for _ in range(IN_FLIGHT):
            road.hand_in([f"1 {number}.pdf" for number in range(8)])
        began = time.monotonic()
        wait_for(lambda: all_arrived(connection), 300)
        seconds = time.monotonic() - began
        row = connection.execute("SELECT count(*) FROM stage_run WHERE outcome = 'done'").fetchone()
        span = connection.execute(
            "SELECT extract(epoch FROM max(finished_at) - min(started_at)) FROM stage_run"
        ).fetchone()
    if row is None or span is None:
        raise RuntimeError("no stage run was found")
    return {
        "handover_median_ms": round(statistics.median(gaps), 2),
        "handover_p95_ms": round(gaps[int(len(gaps) * 0.95)], 2),
        "handovers": len(gaps),
        "runs": int(row[0]),
        "runs_per_second": round(int(row[0]) / float(span[0]), 1),
        "seconds_after_the_last_was_handed_in": round(seconds, 2),
    }


def run(arguments: Sequence[str]) -> Measured:
    """Start real servers, measure, stop them."""
    parser = argparse.ArgumentParser("handover")
    parser.add_argument("--broker", choices=("rabbitmq", "valkey"), default="rabbitmq")
    chosen = parser.parse_args(arguments).broker
    with tempfile.TemporaryDirectory(prefix="motcua-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = EmbeddedPostgres(folder / "postgres")
        broker: Any = RabbitNode(folder / "rabbit") if chosen == "rabbitmq" else EmbeddedValkey(folder / "valkey")
        if chosen == "rabbitmq":
            broker.start()
        try:
            settings = Settings(
                database_url=postgres.database(), broker_url=broker.url, store_url=f"file://{folder}/objects"
            )
            with road_of(settings, folder) as road:
                figures = measure(road)
        finally:
            broker.stop()
            postgres.stop()
    ratios, missed = shares_of(figures, ALLOWED_MS)
    ratios["runs_per_second"] = round(figures["runs_per_second"] / GOAL_RUNS_A_SECOND, 3)
    if ratios["runs_per_second"] < 1:
        missed += (f"runs_per_second: {figures['runs_per_second']} where {GOAL_RUNS_A_SECOND} is the goal",)
    return Measured("handover", {"broker": chosen, **figures}, ratios, missed)


if __name__ == "__main__":
    print_measured(run)
