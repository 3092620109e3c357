"""Whether the API lives, whether it can work, and its figures for Prometheus."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from math import inf
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from services.api.answers import json_answer
from services.api.database import Resources, resources_of
from services.storage.objects import StoreAway
from services.storage.run_totals import BOUNDS_S, RunTotals, read_totals

router = APIRouter(tags=["health"])


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

    def __init__(self, depth: Sequence[tuple[str, str, int]], totals: RunTotals) -> None:
        self._depth, self._totals = depth, totals

    def collect(self) -> Iterator[Metric]:
        """Queue depth now; runs and their seconds since the beginning."""
        depth = GaugeMetricFamily("motcua_queue_depth", "Runs that wait to start", labels=["stage", "lane"])
        for stage, lane, count in self._depth:
            depth.add_metric([stage, lane], count)
        runs = CounterMetricFamily("motcua_stage_runs", "Runs that ended", labels=["stage", "outcome"])
        for stage, outcome, count in self._totals.outcomes:
            runs.add_metric([stage, outcome], count)
        seconds = HistogramMetricFamily(
            "motcua_stage_seconds", "Seconds a run waited and worked", labels=["stage", "part"]
        )
        for times in self._totals.times:
            buckets = [
                ("+Inf" if le == inf else str(le), float(n)) for le, n in zip(BOUNDS_S, times.counts, strict=True)
            ]
            seconds.add_metric([times.stage, times.part], buckets, times.seconds)
        yield from (depth, runs, seconds)


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "Prometheus text format"}},
)
async def metrics(resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Queue depth now; runs by outcome, waiting and working times by stage as totals that only grow."""
    async with resources.reading.connection() as connection:
        depth = await (
            await connection.execute(
                """SELECT stage, lane, count(*) FROM stage_run
                   WHERE started_at IS NULL AND finished_at IS NULL GROUP BY 1, 2"""
            )
        ).fetchall()
        totals = await read_totals(connection)
    registry = CollectorRegistry()
    registry.register(_Figures(depth, totals))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
