"""A file of 200 MiB comes in without the server growing by its size."""

import hashlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

MEBIBYTE = 1024 * 1024
LARGE_MB = 200
GROWTH_MB = 64


def test_memory_stays_flat_over_a_large_upload(tmp_path: Path) -> None:
    large, digest = _large_file(tmp_path / "large.pdf")
    with _server() as (pid, url), httpx.Client(timeout=120) as client:
        _send(client, url, Path(__file__))
        before = _megabytes(pid, "VmRSS")
        assert _send(client, url, large) == digest
        growth = _megabytes(pid, "VmHWM") - before
    assert growth < GROWTH_MB, f"the server grew by {growth:.0f} MiB over a file of {LARGE_MB} MiB"


def _large_file(path: Path) -> tuple[Path, str]:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for _ in range(LARGE_MB):
            piece = os.urandom(MEBIBYTE)
            digest.update(piece)
            file.write(piece)
    return path, digest.hexdigest()


def _send(client: httpx.Client, url: str, path: Path) -> str:
    with path.open("rb") as file:
        answer = client.post(url, files={"files": (path.name, file)})
    answer.raise_for_status()
    return str(answer.json()[0])


@contextmanager
def _server() -> Iterator[tuple[int, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.builders.upload_app", str(port)])
    try:
        _wait(port)
        yield process.pid, f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


def _megabytes(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    assert found
    return int(found[1]) / 1024
