"""The machine at one look: queues, workers, what waits for a person, versions, room."""

import asyncio
import os
import platform
import shutil
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from kombu.exceptions import KombuError

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.classify.in_use import NAME
from services.pipeline.broker import reach_broker
from services.pipeline.route import ROUTE, Lane
from services.storage.crew import depth_query, workers_query
from services.storage.leading import road_query
from services.storage.models import ModelShelf
from services.storage.objects import StoreAway

router = APIRouter(tags=["health"])

GIGABYTE = 10**9
BROKER_LIMIT_S = 2
"""A page does not wait longer for a broker that says nothing."""
MEMORY = Path("/proc/meminfo")


@router.get("/v1/machine", summary="Queues, workers, versions and room")
async def read_machine(resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """Queues by stage and lane, workers of the last hour, runs that wait for a person, versions, and this machine.

    `store` and `broker`: ok, or away when they do not answer now.
    """
    now = clock.now()
    async with resources.reading.connection() as connection:
        depth = await (await connection.execute(*depth_query(now))).fetchall()
        road = await (await connection.execute(*road_query(now))).fetchall()
        workers = await (await connection.execute(*workers_query(now))).fetchall()
        server = await (
            await connection.execute("SELECT current_setting('server_version'), version_num FROM alembic_version")
        ).fetchone()
    (store, model), broker = await asyncio.gather(
        run_in_threadpool(_ask_store, resources), run_in_threadpool(_ask_broker, resources.settings.broker_url)
    )
    return {
        "at": moment(now),
        "store": store,
        "broker": broker,
        "queues": _queues(depth),
        "waiting_for_person": {row[0]: row[3] for row in road if row[3]},
        "workers": [_worker(row) for row in workers],
        "versions": {
            "motcua": _version(), "python": platform.python_version(), "database": server[0] if server else None,
            "migration": server[1] if server else None, "ocr_engine": resources.settings.ocr_engine,
            "model_of_kinds": model,
        },
        "host": await run_in_threadpool(_host, resources),
    }  # fmt: skip


def _queues(depth: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    found = {(row[0], row[1]): row for row in depth}
    rows = [found.get((step.stage, lane), (step.stage, lane, 0, 0, 0)) for step in ROUTE for lane in Lane]
    return [
        {"stage": str(stage), "lane": str(lane), "waiting": waiting, "working": working, "oldest_s": float(oldest)}
        for stage, lane, waiting, working, oldest in rows
    ]


def _worker(row: Sequence[Any]) -> dict[str, Any]:
    name, stages, working, done, failed, seen, seconds = row
    return {
        "name": name, "stages": stages, "working": working, "done": done, "failed": failed, "seen_at": moment(seen),
        "seconds_a_run": None if seconds is None else round(float(seconds), 2),
    }  # fmt: skip


def _ask_store(resources: Resources) -> tuple[str, int | None]:
    try:
        resources.objects.check()
        return "ok", ModelShelf(resources.objects, NAME).in_use()
    except StoreAway:
        return "away", None


def _ask_broker(url: str) -> str:
    try:
        reach_broker(url, BROKER_LIMIT_S)
    except (KombuError, OSError, ValueError):
        return "away"
    return "ok"


def _host(resources: Resources) -> dict[str, Any]:
    folder = resources.settings.data_folder.absolute()
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    room = shutil.disk_usage(standing)
    memory = _memory()
    return {
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 2),
        "memory_gb": memory.get("MemTotal"), "memory_free_gb": memory.get("MemAvailable"),
        "disk_gb": round(room.total / GIGABYTE, 1), "disk_free_gb": round(room.free / GIGABYTE, 1),
    }  # fmt: skip


def _memory() -> dict[str, float]:
    """Linux's own account of its memory, in gigabytes; empty elsewhere."""
    if not MEMORY.exists():
        return {}
    lines = (line.split() for line in MEMORY.read_text("ascii").splitlines())
    return {name.rstrip(":"): round(int(kibibytes) * 1024 / GIGABYTE, 1) for name, kibibytes, *_ in lines}


def _version() -> str:
    try:
        return version("motcua")
    except PackageNotFoundError:
        return ""
