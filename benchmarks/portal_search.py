"""How often the portal's search shows the right procedure: `motcua bench portal_search [FILE…]`.

FILE is JSONL as `motcua evaluate-assistant` reads it (without one: every file of `benchmarks/assistant/`). Its
single-turn questions with `gold_codes` are typed into the search of `/thu-tuc`, as they are and without their
diacritics, over the catalogue that ships. Gives by file the shares found first and among ten with Wilson intervals, how
many rows a citizen has before him, and the time of one list.
"""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.finding import read_questions, share
from benchmarks.measured import Measured, print_measured
from services.assistant.find import find_procedures
from services.catalogue.national import load_national
from services.catalogue.procedure import Procedure
from services.language.fold import fold
from services.portal.searching import search_procedures

FOLDER = Path(__file__).parent / "assistant"
TEN = 10


def run(arguments: Sequence[str]) -> Measured:
    """The figures of each file, and of all."""
    paths = [Path(argument) for argument in arguments] or sorted(FOLDER.glob("*.jsonl"))
    find_procedures("khởi động")
    questions = {path.stem: [(words, gold) for words, gold, _ in read_questions(path)] for path in paths}
    figures: dict[str, Any] = {name: measure(asked) for name, asked in questions.items() if asked}
    figures["all"] = measure([one for asked in questions.values() for one in asked])
    return Measured("portal_search", figures)


def measure(asked: Iterable[tuple[str, set[str]]]) -> dict[str, Any]:
    """Shares of these questions, typed both ways."""
    figures: dict[str, Any] = {}
    times, rows = [], []
    for way, write in (("as_written", str), ("without_diacritics", fold)):
        places = []
        for words, gold in asked:
            began = time.perf_counter()
            codes = [one.code for one in search_procedures(write(words), find_procedures, look_up).procedures]
            times.append((time.perf_counter() - began) * 1000)
            rows.append(len(codes))
            places.append(next((at for at, code in enumerate(codes) if code in gold), len(codes) + TEN))
        figures[way] = {"hit1": share([at == 0 for at in places]), "hit10": share([at < TEN for at in places])}
    return {**figures, "rows": round(sum(rows) / len(rows), 1), "median_ms": round(sorted(times)[len(times) // 2], 1)}


def look_up(code: str) -> Procedure | None:
    """A procedure of the catalogue that ships."""
    found = load_national().find(code)
    return found.procedure if found else None


if __name__ == "__main__":
    print_measured(run)
