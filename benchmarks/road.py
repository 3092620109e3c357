"""What the road costs beside bare reading: `python -m benchmarks.road [FOLDER] [--rounds N] …`.

The same pages, in the same number of processes, in turns in one run: through the whole road (intake to check, with
database, broker, relay and store on the same cores), and by Tesseract `vie` through pytesseract in a bare pool, one
thread a process, each picture handed over as the file it is. The pages are those of the samples, written anew as JPEG
for each round, so that no round reads what another has read; what the road would take from a text layer is left out.
The ratio is road over bare, pages a second, the median of the rounds; 0.9 is the goal. CPU seconds a page stand beside
it, since a busy machine stretches the clock.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from statistics import median

import pytesseract
from PIL import Image

from benchmarks.measured import Measured, print_measured
from benchmarks.processes import children_of, cpu_s
from services.dossier.document import MediaType
from services.files.guard import end_decoder
from services.files.limits import Limits
from services.files.source import open_pages
from services.ocr.read_picture import DPI
from services.ocr.text_layer import is_trusted
from services.settings import Settings
from services.stack.postgres import EmbeddedPostgres
from services.stack.valkey import EmbeddedValkey
from tests.builders.road import Road, all_arrived, road_of, wait_for

SAMPLES = Path(__file__).parents[1] / "samples" / "dossiers"
GOAL = 0.9
TYPES = {".jpg": MediaType.JPEG, ".png": MediaType.PNG, ".pdf": MediaType.PDF}
LIMIT_S = 1800.0
MARK, QUALITY = 16, 90
Chosen = list[list[Image.Image]]
SPAN = """SELECT extract(epoch FROM max(r.finished_at) - min(d.submitted_at)), count(DISTINCT d.id) FROM dossier d
          JOIN stage_run r ON r.dossier_id = d.id WHERE d.id > %s"""


def choose_dossiers(samples: Path, most: int) -> Chosen:
    """The pictures of each dossier's pages, but of files that the road would take from their text layer."""
    chosen = []
    for dossier in sorted(entry for entry in samples.iterdir() if entry.is_dir())[:most]:
        files = sorted(entry for entry in dossier.iterdir() if entry.suffix in TYPES)
        if pictures := [picture for path in files for picture in pictures_of(path)]:
            chosen.append(pictures)
    end_decoder()
    return chosen


def pictures_of(path: Path) -> list[Image.Image]:
    """The pages of a file as pictures; none when one of them would be taken from its text layer."""
    with open_pages(path, TYPES[path.suffix], Limits()) as source:
        numbers = range(1, source.page_count + 1)
        if any((words := source.text_layer(number)) and is_trusted(words) for number in numbers):
            return []
        return [source.image(number, DPI).convert("RGB") for number in numbers]


def write_dossiers(chosen: Chosen, folder: Path, number: int) -> list[list[Path]]:
    """The pictures as JPEG files, marked in a corner by the round: a worker knows the pixels it has read lately."""
    folder.mkdir()
    written = []
    for at, pictures in enumerate(chosen):
        files = [folder / f"{at}-{page}.jpg" for page in range(len(pictures))]
        for file, picture in zip(files, pictures, strict=True):
            marked = picture.copy()
            marked.paste((8 * number % 256,) * 3, (0, 0, MARK, MARK))
            marked.save(file, quality=QUALITY)
        written.append(files)
    return written


def read_bare(picture: str) -> int:
    """Letters of one page as the plainest script reads it: the file as it is."""
    return len(pytesseract.image_to_string(picture, lang="vie", config=f"--psm 3 --dpi {DPI}"))


def time_bare(pool: ProcessPoolExecutor, pages: list[Path]) -> float:
    """Seconds of a bare pool."""
    began = time.perf_counter()
    letters = sum(pool.map(read_bare, map(str, pages)))
    if not letters:
        raise RuntimeError("Tesseract read nothing")
    return time.perf_counter() - began


def time_road(road: Road, dossiers: list[list[Path]]) -> float:
    """Seconds from the first dossier handed in to the last run's end."""
    with road.connect() as connection:
        row = connection.execute("SELECT coalesce(max(id), 0) FROM dossier").fetchone()
        before = row[0] if row else 0
        for files in dossiers:
            road.hand_in([file.name for file in files], content=files)
        wait_for(lambda: all_arrived(connection), LIMIT_S)
        span = connection.execute(SPAN, (before,)).fetchone()
    if span is None or span[1] != len(dossiers):
        raise RuntimeError("not every dossier arrived")
    return float(span[0])


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose dossiers, how often, how many at most, in how many processes."""

    folder: Path
    rounds: int
    dossiers: int
    readers: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and by the processors."""

    seconds: float
    cpu_s: float


def cost_of(pids: AbstractSet[int], work: Callable[[], float]) -> Cost:
    """What a piece of work costs these processes and their descendants."""
    before = cpu_s(pids)
    seconds = work()
    return Cost(seconds, cpu_s(pids) - before)


def take_turns(road: Road, servers: AbstractSet[int], chosen: Chosen, asked: Asked) -> list[tuple[Cost, Cost]]:
    """Road and bare, round after round, after one dossier each that is not counted."""
    with ProcessPoolExecutor(asked.readers) as pool:
        warm = write_dossiers(chosen[:1] * asked.readers, road.folder / "pages-0", 0)
        time_road(road, warm)
        time_bare(pool, warm[0])
        bare_pool = {child.pid for child in active_children() if child.pid}
        carriers = children_of({os.getpid()}) - bare_pool - {os.getpid()} | servers
        rounds = []
        for number in range(1, asked.rounds + 1):
            dossiers = write_dossiers(chosen, road.folder / f"pages-{number}", number)
            bare_work = partial(time_bare, pool, [page for files in dossiers for page in files])
            # whoever comes first in one round comes last in the next: what else runs here hits both alike
            bare = cost_of(bare_pool, bare_work) if number % 2 else None
            through = cost_of(carriers, partial(time_road, road, dossiers))
            rounds.append((through, bare or cost_of(bare_pool, bare_work)))
            print(f"round {number}: road {rounds[-1][0]}, bare {rounds[-1][1]}", file=sys.stderr)
    return rounds


def measure(folder: Path, asked: Asked) -> dict[str, float]:
    """Pages a second and CPU seconds a page of both, and the ratios."""
    chosen = choose_dossiers(asked.folder, asked.dossiers)
    pages = sum(len(pictures) for pictures in chosen)
    postgres, valkey = EmbeddedPostgres(folder / "postgres"), EmbeddedValkey(folder / "valkey")
    try:
        settings = Settings(
            database_url=postgres.database(), broker_url=valkey.url, store_url=f"file://{folder}/objects"
        )
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        with road_of(settings, folder) as road:
            road.start_relay()
            road.start_worker(asked.readers, real=True)
            rounds = take_turns(road, {postmaster}, chosen, asked)
    finally:
        valkey.stop()
        postgres.stop()
    return {"dossiers": len(chosen), "pages": pages, "readers": asked.readers, **figures_of(rounds, pages)}


def figures_of(rounds: Sequence[tuple[Cost, Cost]], pages: int) -> dict[str, float]:
    """Medians over the rounds."""
    return {
        "rounds": len(rounds),
        "road_pages_per_second": round(pages / median(road.seconds for road, _ in rounds), 3),
        "bare_pages_per_second": round(pages / median(bare.seconds for _, bare in rounds), 3),
        "road_cpu_s_a_page": round(median(road.cpu_s for road, _ in rounds) / pages, 3),
        "bare_cpu_s_a_page": round(median(bare.cpu_s for _, bare in rounds) / pages, 3),
        "road_over_bare": round(median(bare.seconds / road.seconds for road, bare in rounds), 3),
        "road_over_bare_by_cpu": round(median(bare.cpu_s / road.cpu_s for road, bare in rounds), 3),
    }


def run(arguments: Sequence[str]) -> Measured:
    """Both in turns; the ratio by the clock is held against its goal."""
    parser = argparse.ArgumentParser("road")
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dossiers", type=int, default=1000)
    parser.add_argument("--readers", type=int, default=os.cpu_count() or 1)
    asked = Asked(**vars(parser.parse_args(arguments)))
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="motcua-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        figures = measure(Path(name), asked)
    ratios = {name: figures.pop(name) for name in ("road_over_bare", "road_over_bare_by_cpu")}
    ratio = ratios["road_over_bare"]
    missed = () if ratio >= GOAL else (f"road_over_bare: {ratio} where {GOAL} is the goal",)
    return Measured("road", figures, ratios, missed)


if __name__ == "__main__":
    print_measured(run)
