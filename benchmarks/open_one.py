"""Examine one file as a worker does and say what came of it: `python -m benchmarks.open_one FILE`."""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from services.dossier.errors import MotcuaError
from services.files.guard import end_decoder
from services.files.limits import Limits
from services.files.source import open_pages
from services.intake.examine import examine_file


def open_one(path: Path) -> tuple[str, str]:
    """The outcome and what was said: the findings, or the sentence that stopped it."""
    limits = Limits()
    try:
        examined = examine_file(path, path.name, limits)
    except MotcuaError as error:
        return type(error).__name__, str(error)
    said = f"{examined.media_type.name}, {examined.page_count} pages"
    said += "".join(f", {finding.rule}" for finding in examined.findings)
    try:
        with open_pages(path, examined.media_type, limits) as pages:
            image = pages.image(1)
            words = pages.text_layer(1)
    except MotcuaError as error:
        return f"page {type(error).__name__}", f"{said}; {error}"
    return "ok", f"{said}, {image.width}×{image.height} {image.mode}, {len(words or ())} words"


def own_peak_kib() -> int:
    """The most this program held; `ru_maxrss` would count what its parent held when it was started."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    """Print one line of JSON."""
    began = perf_counter()
    outcome, said = open_one(Path(sys.argv[1]))
    seconds = perf_counter() - began
    end_decoder()
    # The decoder counts among the children once it has ended.
    largest = max(own_peak_kib(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps({"outcome": outcome, "said": said, "seconds": round(seconds, 3), "megabytes": largest / 1024}))


if __name__ == "__main__":
    main()
