"""The embedded stack: database, broker, workers, relay and API under one command, in one data folder."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx

from services import clock
from services.access.units import load_shipped_units
from services.catalogue.shipped import load_shipped
from services.dossier.errors import CannotProceed
from services.logs import get_logger
from services.pipeline.route import Lane, Stage
from services.settings import Settings
from services.stack.ports import free_port
from services.stack.postgres import EmbeddedPostgres
from services.stack.processes import Children
from services.stack.running import forget_running, tell_running
from services.stack.token import keep_token
from services.stack.valkey import EmbeddedValkey
from services.storage.database import connect
from services.storage.procedures import add_missing
from services.storage.units import add_missing_units
from services.wording import sentence

log = get_logger(__name__)

START_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the stack keeps its data, where it listens, how many pages it reads at once (None: one a core).

    `is_open`: everybody who reaches it may do everything, for development on 127.0.0.1.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int | None = None
    readers: int | None = None
    is_open: bool = False


class Stack:
    """A running embedded stack; use it as a context manager."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        plan.folder.mkdir(parents=True, exist_ok=True)
        self._plan = plan
        self.port = plan.port or free_port()
        self._postgres = EmbeddedPostgres(plan.folder.resolve() / "postgres")
        self._valkey = EmbeddedValkey(plan.folder.resolve() / "valkey", free_port())
        self.settings = settings.model_copy(
            update={
                "database_url": self._postgres.database(),
                "broker_url": self._valkey.url,
                "store_url": f"file://{plan.folder.resolve()}/objects",
                "data_folder": plan.folder.resolve(),
                "api_host": plan.host,
                "api_port": self.port,
                **({"access": "open"} if plan.is_open else {}),
            }
        )
        with connect(self.settings.database_url) as connection:
            add_missing(connection, load_shipped())
            add_missing_units(connection, load_shipped_units())
            keep_token(connection, plan.folder.resolve(), clock.now())
        self._children = Children(plan.folder.resolve() / "logs", _environment(self.settings))

    @property
    def url(self) -> str:
        """Where the API and the pages are."""
        return f"http://{self._plan.host}:{self.port}"

    def __enter__(self) -> Self:
        readers = self._plan.readers or os.cpu_count() or 1
        stages = [str(stage) for stage in Stage]
        self._children.start("worker", ["worker", *stages, "--concurrency", str(readers)])
        self._children.start("worker-express", ["worker", *stages, "--lane", Lane.EXPRESS, "--concurrency", "1"])
        self._children.start("relay", ["relay"])
        self._children.start("notify", ["notify"])
        self._children.start("api", ["api"])
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        tell_running(self.settings.data_folder, self.settings)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End everything, in the order that loses nothing: who writes first, the database last."""
        forget_running(self.settings.data_folder)
        self._children.stop()
        self._valkey.stop()
        self._postgres.stop()

    def watch(self, stopped: Callable[[], bool]) -> None:
        """Stay until told to stop.

        Raises:
            CannotProceed: a process of the stack ended by itself.
        """
        while not stopped():
            self._check_children()
            time.sleep(0.5)

    def _check_children(self) -> None:
        for name, code in self._children.ended().items():
            where = str(self._plan.folder / "logs" / f"{name}.log")
            raise CannotProceed(sentence("stack.child_ended", name=name, code=code, log=where))

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            self._check_children()
            try:
                if httpx.get(f"{self.url}/readyz", timeout=2).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise CannotProceed(sentence("stack.not_ready", seconds=int(START_LIMIT_S)))


def _environment(settings: Settings) -> dict[str, str]:
    names = ("database_url", "broker_url", "store_url", "data_folder", "api_host", "api_port", "access")
    return {f"MOTCUA_{name.upper()}": str(getattr(settings, name)) for name in names} | {"OMP_THREAD_LIMIT": "1"}
