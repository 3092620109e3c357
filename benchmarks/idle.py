"""How much memory the embedded stack holds while it waits: `python -m benchmarks.idle [SECONDS]`.

`motcua serve` in a fresh folder, as a person starts it, left alone for 20 s when nothing else is said. Measured is the
proportional set size (PSS, /proc/PID/smaps_rollup): pages that processes share are counted once in the sum, not once a
process. 700 MiB are allowed for all processes together.
"""

import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.measured import Measured, print_measured, shares_of
from benchmarks.processes import children_of, pss_mib
from services.stack.ports import free_port

ALLOWED_MIB = 700.0
SETTLE_S = 20.0
START_S = 90.0
ROOT = Path(__file__).parents[1]


def name_of(pid: int) -> str:
    """Which part of the stack a process is."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ").split()
    if "services.cli" not in words:
        return Path(words[0].rstrip(":")).name if words else "?"
    arguments = words[words.index("services.cli") + 1 :]
    return "worker-express" if "express" in arguments else arguments[0]


def measure(folder: Path, settle_s: float) -> dict[str, float]:
    """MiB of each part and of all together; the number of processes of each."""
    port = free_port()
    command = [sys.executable, "-m", "services.cli", "serve", "--data", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(process, port)
        time.sleep(settle_s)
        # the server of the database leaves its parent, so its own file says who it is
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        spent: dict[str, float] = defaultdict(float)
        count: Counter[str] = Counter()
        for pid in children_of({process.pid, postmaster}):
            name = name_of(pid)
            spent[name] += pss_mib(pid)
            count[name] += 1
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    largest_first = sorted(spent.items(), key=lambda item: -item[1])
    figures = {f"{name} ({count[name]}) mib": round(size, 1) for name, size in largest_first}
    return {"processes": count.total(), **figures, "all_mib": round(sum(spent.values()), 1)}


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("the stack did not start")


def run(arguments: Sequence[str]) -> Measured:
    """The figures, and the sum as a share of what is allowed."""
    settle_s = float(arguments[0]) if arguments else SETTLE_S
    with TemporaryDirectory(prefix="motcua-idle-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        figures = measure(Path(folder) / "data", settle_s)
    return Measured("idle", figures, *shares_of(figures, {"all_mib": ALLOWED_MIB}))


if __name__ == "__main__":
    print_measured(run)
