"""What a page with a trusted text layer costs: `python -m benchmarks.text_layer FOLDER`.

Every page of the PDFs below the folder goes through the code the ocr stage runs, files opened once each, the guarded
decoder warm. Pages whose layer is not trusted are counted and left out. CPU is this process with the decoder. Allowed:
10 ms a page.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from benchmarks.measured import Measured, print_measured, shares_of
from services.dossier.document import MediaType
from services.dossier.page import Line, TextSource
from services.files.limits import Limits
from services.files.source import open_pages
from services.ocr.engine import GrayImage
from services.ocr.read import read_pages

ALLOWED_MS = {"cpu_ms_a_page": 10.0}
_LIMITS = Limits()


class _ReadsNothing:
    """In the place of an engine: a page that needs one is not trusted, and costs what is not measured here."""

    name = "none"

    def read(self, image: GrayImage, dpi: int) -> tuple[Line, ...]:  # noqa: ARG002 - the port gives both
        return ()


def run(arguments: Sequence[str] = ()) -> Measured:
    """Measure every PDF below a folder."""
    parser = argparse.ArgumentParser("text_layer")
    parser.add_argument("folder", type=Path)
    files = sorted(parser.parse_args(arguments).folder.rglob("*.pdf"))
    if not files:
        parser.error("no PDF there")
    _measure(files[0])
    spent = [_measure(file) for file in files]
    pages, letters = (sum(one[place] for one in spent) for place in (0, 1))
    count = max(pages, 1)
    figures = {
        "files": len(files),
        "pages": pages,
        "pages_not_trusted": sum(one[4] for one in spent),
        "letters_a_page": round(letters / count),
        "cpu_ms_a_page": round(sum(one[2] for one in spent) / count * 1000, 2),
        "wall_ms_a_page": round(sum(one[3] for one in spent) / count * 1000, 2),
    }
    return Measured("text_layer", figures, *shares_of(figures, ALLOWED_MS))


def _measure(file: Path) -> tuple[int, int, float, float, int]:
    """Trusted pages, their letters, seconds of CPU and of the clock, pages not trusted."""
    pages = letters = others = 0
    cpu = wall = 0.0
    with open_pages(file, MediaType.PDF, _LIMITS) as source:
        (decoder,) = psutil.Process().children()
        for number in range(1, source.page_count + 1):
            before, began = _cpu(decoder), time.perf_counter()
            page = next(read_pages(source, [number], _ReadsNothing()))
            if page.source is TextSource.TEXT_LAYER:
                pages, letters = pages + 1, letters + len(page.text)
                cpu, wall = cpu + _cpu(decoder) - before, wall + time.perf_counter() - began
            else:
                others += 1
    return pages, letters, cpu, wall, others


def _cpu(decoder: psutil.Process) -> float:
    """Seconds of CPU of this process and the decoder (its to the hundredth: exact over many pages)."""
    spent = decoder.cpu_times()
    return time.process_time() + spent.user + spent.system


if __name__ == "__main__":
    print_measured(run)
