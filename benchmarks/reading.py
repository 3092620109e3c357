"""How exactly and how cheaply pages are read, beside what people usually run: `python -m benchmarks.reading FOLDER...`.

Options: `[--ways a,b] [--pages N] [--jobs N] [--pictures] [--save FOLDER]`; folders as `benchmarks.page_truth` says.
Every page is read by every way before the next page is taken, so all share the machine's moods; each way is a
process of its own, warmed by one page that is not counted. Prints a table; figures by way and by kind of page, ratios
as times the first way's CPU and wall. `--jobs N` adds pages a second with one and with N processes of our engines.

Strong pages: where the truth is an official edition (format `scans`), its paragraphs are looked for in the reading,
headings and page numbers that it lacks are left out, and only paragraphs count that at least one way of the run reads
within 3 %: elsewhere edition and picture do not say the same.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from benchmarks.measured import Measured, print_measured
from benchmarks.measured_way import Cost, MeasuredWay, Read
from benchmarks.page_truth import TruePage, find_pages, mix
from benchmarks.reading_ways import known_ways
from services.evaluation.text_distance import STRONG, Score, compare, find_paragraph, fold, paragraphs_of
from services.ocr.engine import ENGINES

Figures = dict[str, dict[str, dict[str, float | None]]]
"""By way and kind (or `all`): the figures by name, None where nothing was there to count."""

COLUMNS = (
    "cer_percent",
    "wer_percent",
    "diacritics_percent",
    "words_anywhere_percent",
    "numbers_percent",
    "names_percent",
    "cpu_s",
    "wall_s",
    "peak_mib",
)

Tally = dict[tuple[str, str], tuple[Score, list[Cost], int]]
"""By way and kind: counts, costs page by page, pages it failed on."""


def measure(pages: list[TruePage], ways: list[MeasuredWay], save: Path | None = None) -> Tally:
    """Every page by every way, page by page."""
    tally: Tally = {}
    for way in ways:
        way.warm(str(pages[0].file), pages[0].number)
    for done, page in enumerate(pages, 1):
        read: dict[str, str] = {}
        for way in ways:
            score, costs, failed = tally.get((way.name, page.kind), (Score(), [], 0))
            try:
                read[way.name], cost = way.read(str(page.file), page.number)
                tally[way.name, page.kind] = (score, [*costs, cost], failed)
            except RuntimeError as error:
                read[way.name] = ""
                tally[way.name, page.kind] = (score, costs, failed + 1)
                print(f"{way.name}: {page.file.name} page {page.number}: {error}", file=sys.stderr)
        if save:
            save_page(page, read, save)
        for name, found in score_page(page, read).items():
            score, costs, failed = tally[name, page.kind]
            tally[name, page.kind] = (score + found, costs, failed)
        print(f"\r{done}/{len(pages)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return tally


def save_page(page: TruePage, read: dict[str, str], folder: Path) -> None:
    """Truth and readings of a page side by side, to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"truth": page.text, **read}.items():
        target = folder / f"{page.kind}-{page.file.parent.name}-{page.file.stem}-{page.number}.{name}.txt"
        target.write_text(text, encoding="utf-8")


def score_page(page: TruePage, read: dict[str, str]) -> dict[str, Score]:
    """The counts of each way's reading of one page."""
    folded = {name: fold(text) for name, text in read.items()}
    if page.whole:
        truth = fold(page.text)
        return {name: compare(truth, text) for name, text in folded.items()}
    total = dict.fromkeys(read, Score())
    for paragraph in paragraphs_of(page.text):
        scores = {name: compare(paragraph, find_paragraph(paragraph, text)) for name, text in folded.items()}
        if min(score.wrong_letters for score in scores.values()) <= STRONG * len(paragraph):
            total = {name: total[name] + score for name, score in scores.items()}
    return total


def figures_of(tally: Tally, names: list[str]) -> Figures:
    """Per way: per kind and `all`."""
    kinds = sorted({kind for _, kind in tally})
    figures: Figures = {}
    for name in names:
        parts = {kind: tally[name, kind] for kind in kinds if (name, kind) in tally}
        whole = (
            sum((part[0] for part in parts.values()), Score()),
            [cost for part in parts.values() for cost in part[1]],
            sum(part[2] for part in parts.values()),
        )
        figures[name] = {kind: _figures(*part) for kind, part in (*parts.items(), ("all", whole))}
    return figures


def _figures(score: Score, costs: list[Cost], failed: int) -> dict[str, float | None]:
    count = max(len(costs), 1)
    return {
        "pages": len(costs) + failed,
        "failed": failed,
        "letters": score.letters,
        "cer_percent": _share(score.wrong_letters, score.letters),
        "wer_percent": _share(score.wrong_words, score.words),
        "diacritics_percent": _share(score.wrong_diacritics, score.letters),
        "words_anywhere_percent": _share(score.words_anywhere, score.words),
        "numbers_percent": _share(score.found_numbers, score.numbers),
        "names_percent": _share(score.found_names, score.names),
        "cpu_s": round(sum(cost.cpu for cost in costs) / count, 3),
        "wall_s": round(sum(cost.wall for cost in costs) / count, 3),
        "peak_mib": round(max((cost.mebibytes for cost in costs), default=0.0)),
    }


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None


def throughput(pages: list[TruePage], start: Callable[[], Read], name: str, jobs: int) -> float:
    """Pages a second with that many processes of a way."""
    ways = [MeasuredWay(name, start) for _ in range(jobs)]
    free: SimpleQueue[MeasuredWay] = SimpleQueue()
    for way in ways:
        way.warm(str(pages[0].file), pages[0].number)
        free.put(way)

    def read(page: TruePage) -> None:
        way = free.get()
        way.warm(str(page.file), page.number)
        free.put(way)

    began = time.perf_counter()
    with ThreadPoolExecutor(jobs) as threads:
        list(threads.map(read, pages))
    seconds = time.perf_counter() - began
    for way in ways:
        way.end()
    return round(len(pages) / seconds, 2)


def table(figures: Figures) -> str:
    """The figures as a Markdown table."""
    heads = (
        "way",
        "pages",
        *(column.removesuffix("_percent") + " %" for column in COLUMNS[:6]),
        "CPU s",
        "wall s",
        "MiB",
    )
    lines = [f"| {' | '.join(heads)} |", "| --- | --- |" + " ---: |" * len(COLUMNS)]
    for name, kinds in figures.items():
        for kind, row in kinds.items():
            cells = ("–" if (value := row[column]) is None else f"{value:.2f}" for column in COLUMNS)
            lines.append(f"| {name} | {row['pages']:.0f} {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def ratios_of(figures: Figures) -> dict[str, float]:
    """How many times the first way's CPU and wall every other way takes over all pages."""
    first, *others = figures
    return {
        f"{name}_{what}_times_{first}": round((figures[name]["all"][what + "_s"] or 0) / base, 2)
        for what in ("cpu", "wall")
        if (base := figures[first]["all"][what + "_s"])
        for name in others
    }


def run(arguments: Sequence[str] = ()) -> Measured:
    """Measure; the table goes to standard error."""
    parser = argparse.ArgumentParser("reading", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--ways", default="", help="comma-separated; all that run here when not given")
    parser.add_argument("--pages", type=int, default=40, help="at most so many, kinds taking turns")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--pictures", action="store_true", help="our engines do not see text layers")
    parser.add_argument("--save", type=Path, help="a folder for every reading beside its truth")
    chosen = parser.parse_args(arguments)
    known = known_ways(pictures=chosen.pictures)
    names = chosen.ways.split(",") if chosen.ways else list(known)
    pages = mix([page for folder in chosen.folders for page in find_pages(folder)], chosen.pages)
    if not pages or not set(names) <= set(known):
        parser.error(f"no page with truth there, or a way not among {', '.join(known)}")
    ways = [MeasuredWay(name, known[name]) for name in names]
    try:
        figures = figures_of(measure(pages, ways, chosen.save), names)
    finally:
        for way in ways:
            way.end()
    print(table(figures), file=sys.stderr)
    ratios = ratios_of(figures)
    for name in [name for name in names if chosen.jobs > 1 and name in ENGINES]:
        one, many = (throughput(pages, known[name], name, jobs) for jobs in (1, chosen.jobs))
        figures[name]["pages_per_second"] = {"1": one, str(chosen.jobs): many}  # a row of its own beside the kinds
        ratios[f"{name}_{chosen.jobs}_jobs_times_1"] = round(many / one, 2)
    return Measured("reading", figures, ratios)


if __name__ == "__main__":
    print_measured(run)
