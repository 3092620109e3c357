"""How long a message takes beside a long log: `python -m benchmarks.asking [LOGGED]` (500,000 when not given).

That many turns are in the log of the embedded database, a year of them; then a hundred questions are asked one at a
time, and the public figures are computed. Counted are the seconds the processor worked, which other programs on the
machine do not change, and the seconds that passed. Allowed: 150 ms of a message at the 95th percentile. Then two
processes ask at once: at least 30 questions a second on two cores are wanted.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.measured import Measured, print_measured, shares_of
from services import clock
from services.assistant.dialogue import build_assistant
from services.assistant.serve import Desk, handle_message
from services.stack.postgres import EmbeddedPostgres
from services.storage.assistant_log import count_weeks
from services.storage.database import Connection, connect

TARGET_MS, ASKED, PROCESSES = 150.0, 100, 2
QUESTIONS = Path(__file__).parent / "assistant" / "development.jsonl"
FILL = """
INSERT INTO assistant_turn (talk, number, at, question, behaviour, route, language, codes, aspects, confidence, seconds)
SELECT 't' || n, 1, now() - n * interval '1 year' / %s, 'câu hỏi số ' || n,
       (ARRAY['answer', 'answer', 'answer', 'clarify', 'handover', 'out_of_scope'])[1 + n %% 6],
       'procedure', 'vi', ARRAY['1.001193'], ARRAY['fee'], 0.9, 0.05
FROM generate_series(1, %s) n
"""


def measure(logged: int) -> dict[str, float]:
    """Milliseconds of a message and of the figures of a year."""
    with TemporaryDirectory(prefix="motcua-bench-") as folder:
        server = EmbeddedPostgres(Path(folder))
        url = server.database()
        with connect(url) as connection:
            connection.execute(FILL, (logged, logged))
            connection.execute("ANALYZE assistant_turn")
            figures = _ask(connection) | _ask_at_once(url)
            began = perf_counter()
            count_weeks(connection, clock.now().date().replace(year=clock.now().year - 1))
            figures["year_of_figures_ms"] = round((perf_counter() - began) * 1000, 1)
        server.stop()
    return {"logged": logged, **figures}


def _ask(connection: Connection) -> dict[str, float]:
    desk = Desk(build_assistant(), "tinh", 8)
    lines = QUESTIONS.read_text("utf-8").splitlines()[: ASKED + 1]
    passed, worked = [], []
    for line in lines:
        began, begun = perf_counter(), process_time()
        handle_message(connection, desk, "", json.loads(line)["turns"][0], clock.now())
        passed.append((perf_counter() - began) * 1000)
        worked.append((process_time() - begun) * 1000)
    # the first message loads the models
    cuts, effort = quantiles(passed[1:], n=20), quantiles(worked[1:], n=20)
    return {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[-1], 1), "worked_p95_ms": round(effort[-1], 1)}


def _ask_at_once(url: str) -> dict[str, float]:
    """Questions a second of two processes at once, as passed, and as two cores of their own would give."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_ask_one_process, [url] * PROCESSES))
    return {
        "questions_per_second": round(sum(ASKED / passed for passed, _ in found), 1),
        "questions_per_second_of_cpu": round(sum(ASKED / worked for _, worked in found), 1),
    }


def _ask_one_process(url: str) -> tuple[float, float]:
    """Seconds that passed, and that the processor worked, for all questions but the first."""
    desk = Desk(build_assistant(), "tinh", 8)
    lines = QUESTIONS.read_text("utf-8").splitlines()[: ASKED + 1]
    with connect(url) as connection:
        handle_message(connection, desk, "", json.loads(lines[0])["turns"][0], clock.now())
        began, begun = perf_counter(), process_time()
        for line in lines[1:]:
            handle_message(connection, desk, "", json.loads(line)["turns"][0], clock.now())
        return perf_counter() - began, process_time() - begun


def run(arguments: Sequence[str]) -> Measured:
    """The figures, and the 95th percentile of the work as a share of what is allowed."""
    figures = measure(int(arguments[0]) if arguments else 500_000)
    return Measured("asking", figures, *shares_of(figures, {"worked_p95_ms": TARGET_MS}))


if __name__ == "__main__":
    print_measured(run)
