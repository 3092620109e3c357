"""A private RabbitMQ node from Debian's package: own folder, own ports, gone with the session."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from services.stack.ports import free_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
START_LIMIT_S = 90


def missing() -> str | None:
    """Why no node can be started here; None when one can."""
    return None if SERVER.exists() else "RabbitMQ is not installed (apt-get install rabbitmq-server)"


class RabbitNode:
    """One broker; `stop(kill=True)` and `start` again give the same node with the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._env = self._environment()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{self.port}\nloopback_users.guest = true\nlog.console = false\n"
        )
        (folder / "enabled_plugins").write_text("[].\n")

    def _environment(self) -> dict[str, str]:
        at = str(self.folder)
        return os.environ | {
            "HOME": at,
            "RABBITMQ_NODENAME": f"motcua{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": f"{at}/data",
            "RABBITMQ_LOG_BASE": f"{at}/log",
            "RABBITMQ_CONFIG_FILE": f"{at}/rabbitmq",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{at}/enabled_plugins",
            "RABBITMQ_CONF_ENV_FILE": f"{at}/none",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(free_port()),
        }

    @property
    def url(self) -> str:
        """The broker's URL for Celery."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        """Start the node and wait until it takes connections."""
        log = (self.folder / "console.log").open("ab")
        self._process = subprocess.Popen(
            [str(SERVER)], env=self._env, stdout=log, stderr=log, start_new_session=True, cwd=self.folder
        )
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"RabbitMQ ended at start: {(self.folder / 'console.log').read_text()[-2000:]}")
            if self._answers():
                return
            time.sleep(0.2)
        raise TimeoutError("RabbitMQ did not start")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                return connection.recv(1) == b"\x01"
        except OSError:
            return False

    def stop(self, *, kill: bool = False) -> None:
        """End the node: with TERM, or with KILL as a power cut would."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL if kill else signal.SIGTERM)
        self._process.wait(timeout=30)
        self._process = None
        self._end_epmd()

    def _end_epmd(self) -> None:
        epmd = shutil.which("epmd")
        if epmd:
            subprocess.run([epmd, "-kill"], env=self._env, capture_output=True, check=False, timeout=10)
