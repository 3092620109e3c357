"""How well and how fast procedures are found: `python -m benchmarks.finding FILE`.

FILE is JSONL as `motcua evaluate-assistant` reads it; its single-turn questions with `gold_codes` are used (without a
file: `benchmarks/assistant/held_out.jsonl`). Gives the share found first and among three, by style, with Wilson
intervals, the accuracy at several coverages, the time of one question and what the process holds.
"""

import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from benchmarks.measured import Measured, print_measured, shares_of
from services.assistant.find import find_procedures

HELD_OUT = Path(__file__).parent / "assistant" / "held_out.jsonl"
SLOWEST_MS = 150.0
COVERAGES = (0.6, 0.7, 0.8, 0.9, 1.0)


def run(arguments: Sequence[str]) -> Measured:
    """The figures; the time of a question is held against its goal."""
    rows = list(read_questions(Path(arguments[0]) if arguments else HELD_OUT))
    find_procedures("khởi động")
    judged = []
    times = []
    spent = time.process_time()
    for question, gold, style in rows:
        began = time.perf_counter()
        found = find_procedures(question)
        times.append((time.perf_counter() - began) * 1000)
        codes = [candidate.code for candidate in found]
        first = bool(codes) and codes[0] in gold
        judged.append((style, first, any(code in gold for code in codes[:3]), found[0].confidence if found else 0.0))
    spent = time.process_time() - spent
    figures: dict[str, Any] = {
        "questions": len(rows),
        "top1": share([first for _, first, _, _ in judged]),
        "hit3": share([near for _, _, near, _ in judged]),
        "by_style": by_style(judged),
        "accuracy_at_coverage": curve([(sure, first) for _, first, _, sure in judged]),
        "median_ms": round(sorted(times)[len(times) // 2], 1),
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)], 1),
        "cpu_ms": round(spent * 1000 / max(len(times), 1), 1),
        "per_second_one_process": round(1000 * len(times) / sum(times), 1),
        "mebibytes": round(psutil.Process().memory_info().rss / 2**20),
    }
    return Measured("finding", figures, *shares_of(figures, {"p95_ms": SLOWEST_MS}))


def read_questions(path: Path) -> Iterator[tuple[str, set[str], str]]:
    """Question, right codes and style of every single-turn question that has an answer."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("gold_codes") and len(row["turns"]) == 1:
            yield row["turns"][0], set(row["gold_codes"]), row.get("style", "")


def share(hits: Sequence[bool]) -> dict[str, float]:
    """A share with its 95 % interval (Wilson 1927)."""
    total, z = max(len(hits), 1), 1.96
    mean = sum(hits) / total
    middle = (mean + z * z / (2 * total)) / (1 + z * z / total)
    spread = z * math.sqrt(mean * (1 - mean) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return {
        "share": round(mean, 4),
        "from": round(middle - spread, 4),
        "to": round(middle + spread, 4),
        "of": len(hits),
    }


def by_style(judged: Sequence[tuple[str, bool, bool, float]]) -> dict[str, dict[str, float]]:
    """Share found first and among three, for each style."""
    groups: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for style, first, near, _ in judged:
        groups[style].append((first, near))
    return {
        style: {
            "of": len(hits),
            "top1": round(sum(first for first, _ in hits) / len(hits), 4),
            "hit3": round(sum(near for _, near in hits) / len(hits), 4),
        }
        for style, hits in sorted(groups.items())
    }


def curve(judged: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """How often the surest share of answers is right, and from which confidence on that is."""
    ordered = sorted(judged, reverse=True)
    points = []
    for coverage in COVERAGES:
        kept = ordered[: max(1, round(len(ordered) * coverage))]
        right = sum(first for _, first in kept) / len(kept)
        points.append({"coverage": coverage, "accuracy": round(right, 4), "confidence_from": round(kept[-1][0], 3)})
    return points


if __name__ == "__main__":
    print_measured(run)
