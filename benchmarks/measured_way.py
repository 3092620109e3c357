"""A way of reading in a process of its own, so that its cost can be measured: CPU with all children, peak memory."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Thread

import psutil

Read = Callable[[str, int], str]
"""Path and page (from 1) to text."""

_CONTEXT = get_context("spawn")
_EVERY_S = 0.03


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reading cost: seconds of CPU (user and system, children too) and of the wall clock, MiB at the peak."""

    cpu: float
    wall: float
    mebibytes: float


class MeasuredWay:
    """One process that reads pages one way; started at once, warm after the first page."""

    def __init__(self, name: str, start: Callable[[], Read]) -> None:
        self.name = name
        self._near, far = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(far, start), daemon=False)
        self._process.start()
        far.close()
        self._tree = psutil.Process(self._process.pid or 0)
        self._peak = 0.0

    def read(self, path: str, number: int) -> tuple[str, Cost]:
        """The text of a page and its cost.

        Raises:
            RuntimeError: the way failed on this page.
        """
        before, began, self._peak = self._cpu(), time.perf_counter(), 0.0
        done = Event()
        watch = Thread(target=self._watch, args=(done,))
        watch.start()
        self._near.send((path, number))
        try:
            text, error = self._near.recv()
        finally:
            wall = time.perf_counter() - began
            done.set()
            watch.join()
        if error:
            raise RuntimeError(error)
        return text, Cost(self._cpu() - before, wall, self._peak)

    def warm(self, path: str, number: int) -> None:
        """Read a page and forget it, whatever comes."""
        self._near.send((path, number))
        self._near.recv()

    def end(self) -> None:
        """End the process and what it started."""
        with suppress(psutil.Error):
            children = self._tree.children(recursive=True)
            self._process.kill()
            for child in children:
                with suppress(psutil.Error):
                    child.kill()
        self._process.join()

    def _cpu(self) -> float:
        total = 0.0
        for process in self._alive():
            with suppress(psutil.Error):
                spent = process.cpu_times()
                # children_*: those that ended and were waited for; living ones are counted themselves
                total += spent.user + spent.system + spent.children_user + spent.children_system
        return total

    def _alive(self) -> list[psutil.Process]:
        try:
            return [self._tree, *self._tree.children(recursive=True)]
        except psutil.Error:
            return []

    def _watch(self, done: Event) -> None:
        while not done.wait(_EVERY_S):
            held = 0
            for process in self._alive():
                with suppress(psutil.Error):
                    held += process.memory_info().rss
            self._peak = max(self._peak, held / 1024**2)


def _serve(far: Connection, start: Callable[[], Read]) -> None:
    read = start()
    while True:
        try:
            path, number = far.recv()
        except EOFError:
            return
        try:
            far.send((read(path, number), ""))
        except Exception as error:  # noqa: BLE001 - a way that fails on a page has read nothing of it
            far.send(("", f"{type(error).__name__}: {error}"))
