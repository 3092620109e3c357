"""Whether the API lives, whether it can work, and its figures for Prometheus."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from services.api.answers import json_answer
from services.api.database import Resources, resources_of
from services.storage.objects import StoreAway

router = APIRouter(tags=["health"])

BUCKETS_S = (0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300)
WINDOW = "15 minutes"


@router.get("/healthz", summary="The process answers")
async def live() -> Response:
    """Always 200 while the process lives."""
    return json_answer({"status": "ok"})


@router.get("/readyz", summary="Database and object store answer", responses={503: {"description": "not ready"}})
async def ready(resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """200 when a dossier could be taken in now, else 503 with what is away."""
    parts = {"database": "ok", "store": "ok"}
    try:
        async with resources.reading.connection(timeout=2) as connection:
            await connection.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever is wrong with the database, it is not ready
        parts["database"] = "away"
    try:
        await run_in_threadpool(resources.objects.check)
    except StoreAway:
        parts["store"] = "away"
    response = json_answer(parts)
    if set(parts.values()) != {"ok"}:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return response


class _Figures:
    """What Prometheus reads, from rows asked for at the same moment."""

    def __init__(self, depth: list[tuple[str, str, int]], runs: list[tuple[str, str, int]],
                 times: list[tuple[str, str, list[int], float]]) -> None:  # fmt: skip
        self._depth, self._runs, self._times = depth, runs, times

    def collect(self) -> list[GaugeMetricFamily | HistogramMetricFamily]:
        depth = GaugeMetricFamily("motcua_queue_depth", "Runs that wait to start", labels=["stage", "lane"])
        for stage, lane, count in self._depth:
            depth.add_metric([stage, lane], count)
        runs = GaugeMetricFamily("motcua_stage_runs", f"Runs of the last {WINDOW}", labels=["stage", "outcome"])
        for stage, outcome, count in self._runs:
            runs.add_metric([stage, outcome], count)
        seconds = HistogramMetricFamily(
            "motcua_stage_seconds", f"Seconds of the last {WINDOW}", labels=["stage", "part"]
        )
        for stage, part, counts, total in self._times:
            buckets = [(str(bound), float(n)) for bound, n in zip((*BUCKETS_S, "+Inf"), counts, strict=True)]
            seconds.add_metric([stage, part], buckets, total)
        return [depth, runs, seconds]


@router.get("/metrics", summary="Figures for Prometheus")
async def metrics(resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Queue depth, runs by outcome, waiting and working times by stage."""
    async with resources.reading.connection() as connection:
        depth = await (
            await connection.execute(
                """SELECT stage, lane, count(*) FROM stage_run
                   WHERE started_at IS NULL AND finished_at IS NULL GROUP BY 1, 2"""
            )
        ).fetchall()
        runs = await (
            await connection.execute(
                f"""SELECT stage, outcome, count(*) FROM stage_run
                    WHERE finished_at > now() - interval '{WINDOW}' GROUP BY 1, 2""".encode()
            )
        ).fetchall()
        times = await (await connection.execute(_TIMES.encode())).fetchall()
    registry = CollectorRegistry()
    registry.register(_Figures(list(depth), list(runs), [(s, p, list(c), float(t)) for s, p, t, *c in times]))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


_COUNTS = ", ".join(f"count(*) FILTER (WHERE s <= {bound})" for bound in BUCKETS_S)
_TIMES = f"""
SELECT stage, part, coalesce(sum(s), 0), {_COUNTS}, count(*) FROM (
    SELECT stage, 'waiting' AS part, extract(epoch FROM started_at - opened_at)::float AS s FROM stage_run
    WHERE started_at IS NOT NULL AND finished_at > now() - interval '{WINDOW}'
    UNION ALL
    SELECT stage, 'working', extract(epoch FROM finished_at - started_at)::float FROM stage_run
    WHERE started_at IS NOT NULL AND finished_at > now() - interval '{WINDOW}') times
GROUP BY 1, 2
"""
