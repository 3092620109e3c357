"""Child processes of the embedded stack: started apart from the terminal, ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
STOP_LIMIT_S = 25.0


@dataclass(slots=True)
class Children:
    """The processes of one stack; each writes its log beside the data."""

    logs: Path
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """Start `motcua …` as a child that a Ctrl-C does not reach and that ends when this process is gone."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
                [sys.executable, "-m", "services.cli", *arguments],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, no lock is taken
            )

    def ended(self) -> dict[str, int]:
        """Children that ended by themselves, with their exit codes."""
        return {name: code for name, child in self.running.items() if (code := child.poll()) is not None}

    def stop(self) -> None:
        """End all: TERM lets them finish what is begun; who is still there after the limit is killed."""
        for child in self.running.values():
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + STOP_LIMIT_S
        for child in self.running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(child, signal.SIGKILL)
                child.wait()
        self.running.clear()


def _signal(child: subprocess.Popen[bytes], number: int) -> None:
    if child.poll() is None:
        if number == signal.SIGKILL:
            os.killpg(child.pid, number)
        else:
            child.send_signal(number)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
