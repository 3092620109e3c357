"""Names of procedures as rows: embeddings, compared in process, and folded words, which nothing searches yet."""

from collections.abc import Mapping, Sequence

from services.language.fold import fold
from services.storage.database import Connection


def load_vectors(connection: Connection, texts: Mapping[str, str]) -> dict[str, list[float]]:
    """The embeddings kept for these codes, where they were made of just this text."""
    rows = connection.execute(
        "SELECT code, text, embedding FROM procedure_text WHERE code = ANY(%s)", (list(texts),)
    ).fetchall()
    return {code: list(embedding) for code, text, embedding in rows if text == texts[code]}


def store_vectors(connection: Connection, made: Mapping[str, tuple[str, Sequence[float]]]) -> None:
    """Keep text and embedding of each code; of two processes that do so at once either is right."""
    with connection.transaction():
        for code, (text, vector) in made.items():
            connection.execute(
                """INSERT INTO procedure_text (code, text, folded, embedding) VALUES (%s, %s, %s, %s::real[])
                   ON CONFLICT (code) DO UPDATE SET (text, folded, embedding) =
                   ROW (excluded.text, excluded.folded, excluded.embedding)""",
                (code, text, fold(text), list(vector)),
            )
