"""What is understood of labelled dossiers, beside what others give: `python -m benchmarks.understanding FOLDER`.

FOLDER is in the format of docs/evaluation.md. Ours are the figures of `motcua evaluate`, the CPU of reading and of what
comes after it. Others run in environments of their own, since what they bring does not mix with ours:
`--other kreuzberg=/path/to/python --other unstructured=…`. None of them claims named fields of a form, so what is
compared is what they do claim, text: CER, WER, and the share of the true values that stand in it at all, which is the
most that anything built on that text could find. An interpreter that cannot be used is named with the reason.
"""

import argparse
import json
import re
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from benchmarks.measured import Measured, print_measured, shares_of
from services.cli.evaluate import outcome_of
from services.evaluation.report import measure
from services.evaluation.text_distance import Score, compare, fold
from services.evaluation.truth import TrueDossier, TrueFile, read_truths
from services.precheck.read import FileRead, read_file

READER = Path(__file__).with_name("understanding_other.py")
ALLOWED = {"cpu_after_reading": 0.15}
PATIENCE_S = 3600
_Done = TypeVar("_Done")


def run(arguments: Sequence[str] = ()) -> Measured:
    """Measure ours, then each of the others on the same files."""
    asked = _parser().parse_args(arguments)
    truths = read_truths(asked.folder)[: asked.dossiers or None]
    files = [file for truth in truths for file in truth.files]
    ours, outcomes = _read_ours(truths, asked.pages)
    figures: dict[str, Any] = {**ours, "understood": _leading(measure(outcomes))}
    texts = {file.path: " ".join(read.pages) for truth, seen in outcomes for file, read in _pairs(truth, seen.files)}
    figures["text"] = {"motcua": _text_figures(files, texts) | {"cpu_s_a_page": ours["cpu_s_a_page"]}}
    for name, python in (other.split("=", 1) for other in asked.other):
        figures["text"][name] = _other(name, python, files)
    ratios, missed = shares_of(ours, ALLOWED)
    return Measured("understanding", figures, ratios, missed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("understanding", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dossiers", type=int, default=0, help="only so many; 0: all")
    parser.add_argument("--pages", type=Path, help="keep read pages here")
    parser.add_argument("--other", action="append", default=[], help="NAME=PYTHON, kreuzberg or unstructured")
    return parser


def _pairs(truth: TrueDossier, read: Sequence[Any]) -> list[tuple[TrueFile, Any]]:
    return list(zip(truth.files, read, strict=True))


def _read_ours(truths: Sequence[TrueDossier], kept: Path | None) -> tuple[dict[str, float], list[Any]]:
    """Every dossier read twice in this process: with reading, then from kept pages; what is left is understanding."""
    reading = after = checking = 0.0
    pages, outcomes = 0, []
    with TemporaryDirectory() as folder, TemporaryDirectory() as warm:
        outcome_of(truths[0], _reads(truths[0], Path(warm)))  # models and catalogue are loaded once a process
        for truth in truths:
            store = kept or Path(folder)
            first, whole = _timed(lambda: _reads(truth, store))  # noqa: B023 - called at once
            reads, again = _timed(lambda: _reads(truth, store))  # noqa: B023
            outcome, checked = _timed(lambda: outcome_of(truth, reads))  # noqa: B023
            reading, after, checking = reading + whole - again, after + again, checking + checked
            pages += sum(len(read.document.pages) for read in first)
            outcomes.append((truth, outcome))
    count = max(pages, 1)
    shares = (
        {"cpu_after_reading": round((after + checking) / reading, 3)} if kept is None else {"cpu_after_reading": 0.0}
    )
    costs = {
        "pages": float(pages),
        "cpu_s_a_page": round((reading + after + checking) / count, 3),
        "cpu_ms_a_page_classify_extract": round(after / count * 1000, 1),
        "cpu_ms_a_page_check": round(checking / count * 1000, 1),
    }
    return costs | shares, outcomes


def _reads(truth: TrueDossier, kept: Path) -> list[FileRead]:
    return [read_file(file.path, number, kept) for number, file in enumerate(truth.files, 1)]


def _timed(work: Callable[[], _Done]) -> tuple[_Done, float]:
    started = time.process_time()
    done = work()
    return done, time.process_time() - started


def _leading(figures: Any) -> dict[str, float]:  # noqa: ANN401 - the nested figures of an evaluation
    """The figures that goals are set for."""
    places = {
        "kind_top1": ("kinds", "top1"), "fields_printed_f1": ("fields", "printed", "f1"),
        "fields_f1": ("fields", "exact", "f1"), "procedure_top1": ("procedure", "top1"),
        "missing_exact": ("completeness", "exact"), "contradictions_recall": ("contradictions", "recall"),
        "contradictions_false_alarms": ("contradictions", "false_alarms_per_clean_dossier"),
    }  # fmt: skip
    found = {}
    for name, path in places.items():
        value = figures
        for step in path:
            value = value[step]
        if value["value"] is not None:  # nothing of the sort was there to be counted
            found[name] = round(value["value"], 4)
    return found


def _text_figures(files: Sequence[TrueFile], texts: dict[Path, str]) -> dict[str, float]:
    """CER and WER over the labelled pages of a file as one text, and how many true values stand in it."""
    total, there, values = Score(), 0, 0
    for file in files:
        text = texts.get(file.path, "")
        total += compare(fold(" ".join(file.pages)), fold(text))
        plain = " ".join(text.split()).casefold()
        for paper in file.papers:
            values += len(paper.fields)
            there += sum(_stands(value, plain) for value in paper.fields.values())
    return {
        "cer": round(total.wrong_letters / max(total.letters, 1), 4),
        "wer": round(total.wrong_words / max(total.words, 1), 4),
        "values_in_text": round(there / max(values, 1), 4),
    }


def _stands(value: str, plain: str) -> bool:
    """Whether a normalised value stands in a text as papers print it."""
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        year, month, date = day.groups()
        gap = r"\s*(?:[/.\-]|tháng)\s*", r"\s*(?:[/.\-]|,?\s*năm)\s*"
        return bool(re.search(rf"0?{int(date)}{gap[0]}0?{int(month)}{gap[1]}{year}", plain))
    wanted = " ".join(value.split()).casefold()
    return wanted in plain or (value.isdigit() and len(value) > 3 and wanted in re.sub(r"(?<=\d)[. ](?=\d)", "", plain))


def _other(name: str, python: str, files: Sequence[TrueFile]) -> dict[str, Any]:
    """The figures of somebody else's text, or why there are none."""
    paths = json.dumps([str(file.path) for file in files])
    try:
        done = subprocess.run(
            [python, str(READER), name], input=paths, capture_output=True, text=True, timeout=PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        return {"skipped": said[-1] if said else type(error).__name__}
    found = json.loads(done.stdout.splitlines()[-1])
    if files and found["refused"] == len(files):
        return {"skipped": "every file refused: " + (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    texts = {Path(path): text for path, text in found["texts"].items()}
    pages = sum(len(file.pages) for file in files) or 1
    return _text_figures(files, texts) | {
        "cpu_s_a_page": round(found["cpu_s"] / pages, 3), "refused": found["refused"], "version": found["version"],
    }  # fmt: skip


if __name__ == "__main__":
    print_measured(run)
