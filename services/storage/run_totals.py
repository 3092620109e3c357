"""Stage runs as running totals, for a monitor that computes rates itself (Prometheus: counters only ever grow).

A trigger notes every run that ends; `compact_runs` adds the notes to totals whose size does not grow with the number of
runs. Reading adds what is not merged yet, so a total is exact at every moment.
"""

from dataclasses import dataclass
from itertools import accumulate
from math import inf

from services.storage.database import AsyncConnection, Connection

COMPACT_LOCK = 4_243_005
BOUNDS_S = (0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, inf)
"""Upper bounds of the classes of seconds, each included in its class."""

_TIMES = """SELECT stage, part, le, count(*) AS n, sum(s) AS seconds FROM (
                SELECT stage, 'waiting' AS part, waiting_s AS s FROM {deltas} WHERE waiting_s IS NOT NULL
                UNION ALL SELECT stage, 'working', working_s FROM {deltas} WHERE working_s IS NOT NULL) t,
            LATERAL (SELECT min(bound) AS le FROM unnest(%(bounds)s::float8[]) bound WHERE bound >= s) b
            GROUP BY 1, 2, 3"""


@dataclass(frozen=True, slots=True)
class Times:
    """Runs of a stage by their seconds: `counts` of those up to each of `BOUNDS_S`, and the sum of all seconds."""

    stage: str
    part: str
    counts: tuple[int, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class RunTotals:
    """Everything that ever ended: (stage, outcome, how many), and the times."""

    outcomes: tuple[tuple[str, str, int], ...]
    times: tuple[Times, ...]


def compact_runs(connection: Connection) -> int:
    """Merge the notes; how many there were. Only one process does it at a time, the others do nothing."""
    with connection.transaction():
        held = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (COMPACT_LOCK,)).fetchone()
        if not held or not held[0]:
            return 0
        merged = connection.execute(
            f"""WITH taken AS (DELETE FROM run_delta RETURNING *),
                outcomes AS (INSERT INTO run_total SELECT stage, outcome, count(*) FROM taken GROUP BY 1, 2
                    ON CONFLICT (stage, outcome) DO UPDATE SET n = run_total.n + excluded.n),
                times AS (INSERT INTO run_time {_TIMES.format(deltas="taken")}
                    ON CONFLICT (stage, part, le) DO UPDATE SET n = run_time.n + excluded.n,
                        seconds = run_time.seconds + excluded.seconds)
                SELECT count(*) FROM taken""".encode(),
            {"bounds": list(BOUNDS_S)},
        ).fetchone()
    return int(merged[0]) if merged else 0


async def read_totals(connection: AsyncConnection) -> RunTotals:
    """The totals as they are now; merged and not yet merged are read from one snapshot each."""
    outcomes = await (
        await connection.execute(
            """SELECT stage, outcome, sum(n)::bigint FROM (SELECT stage, outcome, n FROM run_total
               UNION ALL SELECT stage, outcome, 1 FROM run_delta) t GROUP BY 1, 2 ORDER BY 1, 2"""
        )
    ).fetchall()
    classes = await (
        await connection.execute(
            f"""SELECT stage, part, le, sum(n)::bigint, sum(seconds) FROM (
                SELECT stage, part, le, n, seconds FROM run_time
                UNION ALL {_TIMES.format(deltas="run_delta")}) t GROUP BY 1, 2, 3""".encode(),
            {"bounds": list(BOUNDS_S)},
        )
    ).fetchall()
    return RunTotals(tuple((stage, outcome, n) for stage, outcome, n in outcomes), collect_times(classes))


def collect_times(classes: list[tuple[str, str, float, int, float]]) -> tuple[Times, ...]:
    """Rows of (stage, part, upper bound, how many, their seconds) as cumulative counts over `BOUNDS_S`.

    A class kept under a bound that is no longer used counts from the next one on.
    """
    found = []
    for stage, part in sorted({(row[0], row[1]) for row in classes}):
        ours = [row for row in classes if row[:2] == (stage, part)]
        lower = (-inf, *BOUNDS_S)
        counts = [
            sum(n for _, _, le, n, _ in ours if below < le <= bound)
            for below, bound in zip(lower, BOUNDS_S, strict=False)
        ]
        found.append(Times(stage, part, tuple(accumulate(counts)), sum(row[4] for row in ours)))
    return tuple(found)
