"""Every bad file to its outcome: `python -m benchmarks.bad_inputs [FOLDER]`.

Each file is examined, and page 1 drawn and its text read, in a fresh worker process that is measured: seconds, the
largest resident size of the worker and of its decoder, and the outcome. FOLDER adds files of your own; without it, the
folder `bad_inputs` of the evaluation data if there is one. The files that the tests build are always included.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import Measured, print_measured, shares_of
from services.settings import get_settings
from tests.builders.bad_files import write_bad_files

ROOT = Path(__file__).parents[1]
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
    command = [sys.executable, "-m", "benchmarks.open_one", str(path.absolute())]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=ALLOWANCE_S, cwd=ROOT)
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


def run(arguments: Sequence[str]) -> Measured:
    """The table as it grows on standard error, and its sums; no file may be without a clear outcome."""
    with TemporaryDirectory() as folder:
        outcomes = []
        for path in _files(Path(folder), arguments):
            one = measure_file(path)
            outcomes.append(one)
            line = f"{one.outcome:18} {one.seconds:6.2f} s {one.megabytes:6.0f} MB  {one.name}: {one.said}"
            print(line, file=sys.stderr, flush=True)
    figures = figures_of(outcomes)
    allowed = {"slowest_s": ALLOWANCE_S, "largest_mb": MEMORY_MB}
    ratios, missed = shares_of(figures, allowed)
    if figures["unclear"]:
        missed += (f"unclear: {figures['unclear']} files crashed or hung",)
    return Measured("bad_inputs", figures, ratios, missed)


def _files(folder: Path, arguments: Sequence[str]) -> Iterator[Path]:
    yield from (made.path for made in write_bad_files(folder))
    data = get_settings().eval_data
    given = Path(arguments[0]) if arguments else data and data / "bad_inputs"
    if given:
        yield from sorted(path for path in given.rglob("*") if path.is_file() and path.name != "manifest.json")


if __name__ == "__main__":
    print_measured(run)
