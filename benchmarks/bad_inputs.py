"""Every bad file to its outcome: `python -m benchmarks.bad_inputs [FOLDER]`.

Each file is examined, and page 1 drawn and its text read, in a fresh worker process that is measured: seconds, the
largest resident size of the worker and of its decoder, and the outcome. FOLDER adds files of your own; without it, the
folder `bad_inputs` of the evaluation data if there is one. The files that the tests build are always included.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from services.settings import get_settings
from tests.builders.bad_files import write_bad_files

ALLOWANCE_S = 120.0
MEMORY_MB = 1024.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`outcome` is `ok`, `Refused`, `CannotProceed`, `page CannotProceed`, or `CRASH` / `HANG`, which must not be."""

    name: str
    outcome: str
    said: str
    seconds: float
    megabytes: float


def measure_file(path: Path) -> Outcome:
    """What becomes of one file in a fresh worker process."""
    command = [sys.executable, "-m", "benchmarks.open_one", str(path)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=ALLOWANCE_S)
    except subprocess.TimeoutExpired:
        return Outcome(path.name, "HANG", "", ALLOWANCE_S, 0)
    if done.returncode:
        return Outcome(path.name, "CRASH", done.stderr.strip().rpartition("\n")[2], 0, 0)
    said = json.loads(done.stdout)
    return Outcome(path.name, said["outcome"], said["said"], said["seconds"], said["megabytes"])


def figures_of(outcomes: list[Outcome]) -> dict[str, float | dict[str, int]]:
    """What the table comes to."""
    return {
        "files": len(outcomes),
        "outcomes": dict(Counter(one.outcome for one in outcomes)),
        "slowest_s": max(one.seconds for one in outcomes),
        "largest_mb": max(one.megabytes for one in outcomes),
        "unclear": sum(one.outcome in ("CRASH", "HANG") for one in outcomes),
    }


def main() -> None:
    """Print the table and its sums; ends with 1 when a file has no clear outcome or is over an allowance."""
    with TemporaryDirectory() as folder:
        outcomes = []
        for path in _files(Path(folder)):
            one = measure_file(path)
            outcomes.append(one)
            print(f"{one.outcome:18} {one.seconds:6.2f} s {one.megabytes:6.0f} MB  {one.name}: {one.said}", flush=True)
    figures = figures_of(outcomes)
    ratios = {
        "time": round(float(str(figures["slowest_s"])) / ALLOWANCE_S, 3),
        "memory": round(float(str(figures["largest_mb"])) / MEMORY_MB, 3),
    }
    print(json.dumps({"name": "bad_inputs", "figures": figures, "ratios": ratios}))
    sys.exit(int(bool(figures["unclear"]) or max(ratios.values()) > 1))


def _files(folder: Path) -> Iterator[Path]:
    yield from (made.path for made in write_bad_files(folder))
    data = get_settings().eval_data
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else data and data / "bad_inputs"
    if given:
        yield from sorted(path for path in given.rglob("*") if path.is_file() and path.name != "manifest.json")


if __name__ == "__main__":
    main()
