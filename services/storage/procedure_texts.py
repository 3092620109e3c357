"""What procedures are found by, as rows: the words of their names, folded, and the embedding of the name."""

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


def search_texts(connection: Connection, words: Sequence[str], vector: Sequence[float] | None, limit: int) -> list[str]:
    """Codes whose names share folded words with the question or stand near it in meaning, fused by reciprocal ranks.

    Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009), k = 60. Meaning is compared by pgvector.
    """
    rows = connection.execute(
        """WITH asked AS (SELECT to_tsquery('simple', %(words)s) AS query),
        by_words AS (
            SELECT code, row_number() OVER (ORDER BY ts_rank(words, query, 1) DESC, code) AS place
            FROM procedure_text, asked WHERE words @@ query ORDER BY 2 LIMIT %(limit)s),
        by_sense AS (
            SELECT code, row_number() OVER (ORDER BY near <=> %(vector)s::real[]::vector, code) AS place
            FROM procedure_text WHERE %(vector)s::real[] IS NOT NULL ORDER BY 2 LIMIT %(limit)s)
        SELECT code FROM (SELECT * FROM by_words UNION ALL SELECT * FROM by_sense) AS found
        GROUP BY code ORDER BY sum(1.0 / (60 + place)) DESC, code LIMIT %(limit)s""",
        {
            "words": " | ".join(word for word in words if word.isalnum()),
            "vector": None if vector is None else list(vector),
            "limit": limit,
        },
    ).fetchall()
    return [row[0] for row in rows]
