"""Retrieval in PostgreSQL beside retrieval in process, in one run: `python -m benchmarks.searching FILE…`.

The names and phrases of the index go into a table of the embedded database: folded words under GIN, vectors under HNSW
(pgvector). Three ways find the procedures of the same questions (single turns with `gold_codes`): SQL alone (full text
and nearness, fused by reciprocal ranks, Cormack et al. 2009), the ranker over only the candidates SQL gives, and the
search as it ships. Seconds are those the processor worked here; what the server worked is counted for itself.
"""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psutil

from benchmarks.finding import HELD_OUT, read_questions, share
from benchmarks.measured import Measured, print_measured
from services.assistant.embed import embed_question
from services.assistant.features import gather_features
from services.assistant.find import find_procedures
from services.assistant.index import Index, load_index
from services.assistant.index_build import short_name
from services.assistant.question import read_question
from services.assistant.ranker import load_ranker
from services.assistant.words import load_phrases
from services.language.fold import fold, words_of
from services.stack.postgres import EmbeddedPostgres
from services.storage.database import Connection, connect

CANDIDATES, FUSED, DAMPED = 60, 60, 60.0
TABLE = """
CREATE TABLE asked_as (code text NOT NULL, folded text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED, near vector(384) NOT NULL)
"""
INDEXES = (
    "CREATE INDEX ON asked_as USING gin (words)",
    "CREATE INDEX ON asked_as USING hnsw (near vector_cosine_ops)",
    "ANALYZE asked_as",
)
HYBRID = """
WITH by_words AS (
    SELECT code, row_number() OVER (ORDER BY rank DESC) AS place FROM (
        SELECT code, max(ts_rank_cd(words, q, 1)) AS rank FROM asked_as, to_tsquery('simple', %(words)s) q
        WHERE words @@ q GROUP BY code ORDER BY rank DESC LIMIT %(limit)s) w
), by_sense AS (
    SELECT code, row_number() OVER (ORDER BY distance) AS place FROM (
        SELECT code, min(distance) AS distance FROM (
            SELECT code, near <=> %(vector)s::vector AS distance FROM asked_as ORDER BY 2 LIMIT %(limit)s) n
        GROUP BY code) s
)
SELECT code FROM (SELECT * FROM by_words UNION ALL SELECT * FROM by_sense) both_ways
GROUP BY code ORDER BY sum(1 / (%(damped)s + place)) DESC, code LIMIT %(fused)s
"""


def run(arguments: Sequence[str]) -> Measured:
    """Shares found first and among three, and milliseconds of CPU, of each way."""
    paths = [Path(name) for name in arguments] or [HELD_OUT]
    rows = [row for path in paths for row in read_questions(path)]
    with TemporaryDirectory(prefix="motcua-bench-") as folder:
        server = EmbeddedPostgres(Path(folder))
        with connect(server.database()) as connection:
            fill(connection, load_index())
            figures: dict[str, Any] = {"questions": len(rows)}
            ways: dict[str, Callable[[str], list[str]]] = {
                "sql": lambda text: ask_database(connection, text),
                "sql_then_ranker": lambda text: rank_candidates(text, ask_database(connection, text)),
                "in_process": lambda text: [one.code for one in find_procedures(text)],
            }
            for name, find in ways.items():
                figures[name] = measure(connection, find, rows)
        server.stop()
    ratio = figures["in_process"]["cpu_ms"] / max(figures["sql"]["cpu_ms"], 0.001)
    return Measured("searching", figures, {"in_process_cpu_of_sql": round(ratio, 2)})


def fill(connection: Connection, index: Index) -> None:
    """Names and phrases with the vectors of the index."""
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    connection.execute(TABLE)
    texts = [short_name(name) for name in index.names] + [phrase.text for phrase in load_phrases()]
    codes = [*index.codes, *(index.codes[owner] for owner in index.owners)]
    vectors = np.concatenate([index.name_vectors, index.phrase_vectors])
    with connection.cursor().copy("COPY asked_as (code, folded, near) FROM STDIN") as copy:
        for code, text, vector in zip(codes, texts, vectors, strict=True):
            copy.write_row((code, fold(text), json.dumps([round(float(one), 5) for one in vector])))
    for statement in INDEXES:
        connection.execute(statement.encode())


def ask_database(connection: Connection, text: str) -> list[str]:
    """Codes by full text and nearness, fused."""
    read = read_question(text)
    vector = embed_question(read.text)
    if vector is None:
        return []
    words = " | ".join(word for word in words_of(" ".join([*read.matter, *read.added])) if word.isalnum()) or "khong"
    given = {
        "words": words,
        "vector": json.dumps(vector.tolist()),
        "limit": CANDIDATES,
        "damped": DAMPED,
        "fused": FUSED,
    }
    return [code for (code,) in connection.execute(HYBRID.encode(), given)]


def rank_candidates(text: str, codes: Sequence[str]) -> list[str]:
    """The shipped ranker over these candidates alone."""
    read, index = read_question(text), load_index()
    features = gather_features(read, embed_question(read.text), index)
    here = np.array([index.codes[row] in set(codes) for row in features.rows], bool)
    scores = load_ranker(with_vectors=True).trees.score(features.values[here])
    return [index.codes[features.rows[here][at]] for at in np.argsort(-scores, kind="stable")]


def measure(
    connection: Connection, find: Callable[[str], list[str]], rows: Sequence[tuple[str, set[str], str]]
) -> dict[str, Any]:
    """One way over all questions."""
    backend = psutil.Process(connection.info.backend_pid)
    embed_question.cache_clear()
    find("khởi động")
    began, served = time.process_time(), backend.cpu_times().user
    found = [(find(text), gold) for text, gold, _ in rows]
    worked, served = time.process_time() - began, backend.cpu_times().user - served
    return {
        "top1": share([bool(gold & {*codes[:1]}) for codes, gold in found]),
        "hit3": share([bool(gold & {*codes[:3]}) for codes, gold in found]),
        "cpu_ms": round(worked * 1000 / len(rows), 1),
        "server_cpu_ms": round(served * 1000 / len(rows), 1),
    }


if __name__ == "__main__":
    print_measured(run)
