"""The API as a client in this process, and as a server of its own on a port."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic, sleep

import httpx
import pytest

from services.catalogue.shipped import load_shipped
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing

START_S = 60


@dataclass(frozen=True)
class Served:
    """`motcua api` as a process, and where it listens."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """Its root."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def served(settings: Settings, connection: Connection) -> Iterator[Served]:
    """`motcua api` on a free port of 127.0.0.1, small limits, ended with the test."""
    add_missing(connection, load_shipped())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "MOTCUA_DATABASE_URL": settings.database_url, "MOTCUA_STORE_URL": settings.store_url,
        "MOTCUA_DATA_FOLDER": str(settings.data_folder), "MOTCUA_API_HOST": "127.0.0.1",
        "MOTCUA_API_PORT": str(port), "MOTCUA_MAX_FILES": "2", "MOTCUA_ACCESS": settings.access,
        "MOTCUA_MAX_FILE_MB": "1",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "services.cli", "api"], env=environment)
    try:
        made = Served(process, port)
        _wait_until_ready(made)
        yield made
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _wait_until_ready(made: Served) -> None:
    until = monotonic() + START_S
    while monotonic() < until and made.process.poll() is None:
        try:
            if httpx.get(f"{made.url}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            sleep(0.1)
    pytest.fail("the API did not start")
