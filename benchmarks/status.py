"""How many full dossiers a second the API tells: `python -m benchmarks.status [--processes N] [--seconds S] …`.

`motcua api` as a process of its own over the embedded database, on the cores that the client uses too, which shows the
receipt's key as a citizen does. Each dossier has 4 documents, 8 pages, 4 papers, 56 fields, 6 findings and 14 runs. Two
loads over 16 connections: `few` asks for 64 dossiers again and again, as those who wait for theirs do; `many` asks for
2,000 in turn, more than any process keeps. 400 requests a second and 60 ms at the 99th percentile are the goals;
`cpu_ms_a_request` (API and database together) says what a quieter machine would do.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.full_dossiers import draw_full
from benchmarks.http_load import load_server
from benchmarks.measured import Measured, print_measured
from benchmarks.processes import cpu_s
from services.settings import Settings
from services.stack.ports import free_port
from services.stack.postgres import EmbeddedPostgres
from services.storage.database import connect

ROOT = Path(__file__).parents[1]
FEW, MANY = 64, 2000
GOAL_A_SECOND, GOAL_P99_MS = 400.0, 60.0
START_S = 60.0


def measure(folder: Path, asked: argparse.Namespace) -> dict[str, float]:
    """Both loads over a fresh database."""
    server = EmbeddedPostgres(folder / "postgres")
    process: subprocess.Popen[bytes] | None = None
    try:
        settings = Settings(
            database_url=server.database(), store_url=f"file://{folder}/objects", data_folder=folder / "data",
            api_port=free_port(),
        )  # fmt: skip
        with connect(settings.database_url) as connection:
            codes, key = draw_full(connection, settings, MANY)
        paths = [f"/v1/dossiers/{code}" for code in codes]
        process = _serve(settings, asked.processes)
        servers = {process.pid, int((folder / "postgres" / "postmaster.pid").read_text().split()[0])}
        first = f"http://127.0.0.1:{settings.api_port}{paths[0]}"
        size = len(httpx.get(first, headers={"X-Receipt-Key": key}).raise_for_status().content)
        figures: dict[str, float] = {"processes": asked.processes, "bytes": size}
        for name, chosen in (("few", paths[:FEW]), ("many", paths)):
            asyncio.run(load_server(settings.api_port, chosen, key, asked.connections, 2))
            before = cpu_s(servers)
            load = asyncio.run(load_server(settings.api_port, chosen, key, asked.connections, asked.seconds))
            figures |= {f"{name} {what}": value for what, value in asdict(load).items()}
            figures[f"{name} cpu_ms_a_request"] = round((cpu_s(servers) - before) * 1000 / load.requests, 2)
    finally:
        if process is not None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        server.stop()
    return figures


def _serve(settings: Settings, processes: int) -> subprocess.Popen[bytes]:
    named = {
        f"MOTCUA_{name.upper()}": str(getattr(settings, name))
        for name in ("database_url", "store_url", "data_folder", "api_port")
    }
    environment = os.environ | named | {"MOTCUA_API_PROCESSES": str(processes)}
    process = subprocess.Popen([sys.executable, "-m", "services.cli", "api"], cwd=ROOT, env=environment)
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{settings.api_port}/readyz").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return process
    process.kill()
    raise RuntimeError("the API did not start")


def run(arguments: Sequence[str]) -> Measured:
    """The figures; those of `many` and `few` are both held against the goals."""
    parser = argparse.ArgumentParser("status")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="motcua-benchmark-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        figures = measure(Path(folder), asked)
    ratios: dict[str, float] = {}
    missed: list[str] = []
    for name in ("few", "many"):
        rate, p99 = figures[f"{name} requests_per_second"], figures[f"{name} p99_ms"]
        ratios[f"{name} requests_per_second"] = round(rate / GOAL_A_SECOND, 3)
        ratios[f"{name} p99_ms"] = round(p99 / GOAL_P99_MS, 3)
        missed += [f"{name}: {rate} requests a second where {GOAL_A_SECOND:g} are the goal"] * (rate < GOAL_A_SECOND)
        missed += [f"{name}: p99 {p99} ms where {GOAL_P99_MS:g} are allowed"] * (p99 > GOAL_P99_MS)
        missed += [f"{name}: {figures[f'{name} failed']} requests failed"] * bool(figures[f"{name} failed"])
    return Measured("status", figures, ratios, tuple(missed))


if __name__ == "__main__":
    print_measured(run)
