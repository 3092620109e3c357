"""A road for a test: settings, dossiers handed in without the API, workers and relays as real processes."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services import clock
from services.dossier.status import Channel
from services.intake.receive import Receipt, Submission, Upload, receive_dossier
from services.pipeline.route import Lane
from services.settings import Settings
from services.storage.database import Connection, connect
from services.storage.objects import ObjectStore, open_store

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Road:
    """What a test needs to hand in dossiers and to watch them."""

    settings: Settings
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def objects(self) -> ObjectStore:
        """The object store of the settings."""
        return open_store(self.settings)

    def connect(self) -> Connection:
        """A connection of its own."""
        return connect(self.settings.database_url)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a Python program of this tree with the road's settings as its environment."""
        names = ("database_url", "broker_url", "store_url", "store_access_key", "relay_interval_s", "retry_base_s")
        environment = {f"MOTCUA_{name.upper()}": str(getattr(self.settings, name)) for name in names}
        environment["MOTCUA_STORE_SECRET_KEY"] = self.settings.store_secret_key.get_secret_value()
        log = (self.folder / f"process-{len(self.processes)}.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=os.environ | environment | {"OMP_THREAD_LIMIT": "1"} | self.extra,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def start_worker(self, concurrency: int = 1, *, real: bool = False) -> subprocess.Popen[bytes]:
        """A worker of all stages."""
        name = f"test{len(self.processes)}"
        return self.start("tests.builders.plain_worker", str(concurrency), name, *(["real"] if real else []))

    def start_relay(self) -> subprocess.Popen[bytes]:
        """A relay."""
        return self.start("services.cli", "relay")

    def stop(self) -> None:
        """End every process that was started, by its pid."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()

    def hand_in(self, names: Sequence[str], lane: Lane = Lane.NORMAL, content: Sequence[Path] = ()) -> Receipt:
        """Hand in a dossier of small files of these names (or with the bytes of real files)."""
        uploads = []
        for at, name in enumerate(names):
            path = content[at] if content else self.folder / f"upload-{at}"
            if not content:
                path.write_bytes(f"{name} {at}".encode())
            uploads.append(Upload(path, name, hashlib.sha256(path.read_bytes()).hexdigest()))
        submission = Submission(tuple(uploads), unit="20", agency="H37.00", channel=Channel.DIRECT, lane=lane)
        with self.connect() as connection:
            return receive_dossier(connection, self.objects, self.settings, submission, clock.now())


@contextmanager
def road_of(settings: Settings, folder: Path) -> Iterator[Road]:
    """A road whose processes end with the test, whatever happens."""
    road = Road(settings, folder)
    try:
        yield road
    finally:
        road.stop()


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until a condition holds; a test that waits in vain fails."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def roads(connection: Connection) -> dict[str, str]:
    """Where each dossier stands, by its code."""
    return dict(connection.execute("SELECT code, road FROM dossier").fetchall())


def all_arrived(connection: Connection) -> bool:
    """Whether no dossier moves any more."""
    return "moving" not in roads(connection).values()


def problems(connection: Connection) -> list[Any]:
    """What must never be: runs done twice, pages missing or doubled, events doubled, open runs of arrived dossiers."""
    checks = {
        "done twice": """SELECT dossier_id, stage, subject, round, count(*) FROM stage_run WHERE outcome = 'done'
                         GROUP BY 1, 2, 3, 4 HAVING count(*) > 1""",
        "pages missing": """SELECT d.dossier_id, d.number, d.page_count, count(p.*) FROM document d LEFT JOIN page p
                            ON p.dossier_id = d.dossier_id AND p.document = d.number
                            JOIN dossier o ON o.id = d.dossier_id AND o.road = 'finished'
                            GROUP BY 1, 2, 3 HAVING count(p.*) <> d.page_count""",
        "event twice": """SELECT dossier_id, data, count(*) FROM event WHERE kind = 'run_closed'
                          GROUP BY 1, 2 HAVING count(*) > 1""",
        "still open": """SELECT r.dossier_id, r.stage FROM stage_run r JOIN dossier o ON o.id = r.dossier_id
                         WHERE o.road <> 'moving' AND r.finished_at IS NULL""",
        "waits without reason": "SELECT id FROM stage_run WHERE outcome = 'waits_for_person' AND reason IS NULL",
    }
    return [(what, row) for what, query in checks.items() for row in connection.execute(query.encode()).fetchall()]
