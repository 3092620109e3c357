"""What citizens say of the service, by the dossier whose receipt they hold."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from psycopg.errors import UniqueViolation

from services.dossier.errors import Conflict, Refused
from services.storage.database import Connection
from services.wording import sentence

MOST_OF_ONE = 20
"""Words of one dossier; who has more to say is called back."""


DISLIKED = 2
"""So many stars of five or fewer say that somebody was not satisfied."""


class Kind(StrEnum):
    """What it is, as whoever says it chose: nobody guesses it from the words."""

    RATING = "rating"
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of feedback; `stars` from 1 to 5 with a rating alone."""

    kind: Kind
    words: str = ""
    stars: int | None = None


@dataclass(frozen=True, slots=True)
class FeedbackFilter:
    """Which pieces; `since` and `until` as moments, `before` the id of the last one seen."""

    unit: str | None = None
    kind: Kind | None = None
    stars: int | None = None
    unread: bool = False
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


_ROWS = """SELECT f.id, d.code, f.unit, p.name, f.kind, f.stars, f.words, f.at, f.read_at, f.read_by
FROM feedback f JOIN dossier d ON d.id = f.dossier_id
LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version"""


def keep_feedback(connection: Connection, code: str, said: Said, at: datetime) -> int | None:
    """Keep it; its id, None when there is no such dossier.

    Raises:
        Conflict: the dossier was rated before.
        Refused: it has no result yet to rate, or too much was said.
    """
    with connection.transaction():
        row = connection.execute("SELECT id, unit, result_at FROM dossier WHERE code = %s", (code,)).fetchone()
        if row is None:
            return None
        dossier, unit, result_at = row
        if said.kind is Kind.RATING and result_at is None:
            raise Refused(sentence("feedback.too_early"))
        count = connection.execute("SELECT count(*) FROM feedback WHERE dossier_id = %s", (dossier,)).fetchone()
        if count is not None and count[0] >= MOST_OF_ONE:
            raise Refused(sentence("feedback.too_much"))
        try:
            made = connection.execute(
                """INSERT INTO feedback (dossier_id, unit, kind, stars, words, at) VALUES (%s, %s, %s, %s, %s, %s)
                   RETURNING id""",
                (dossier, unit, said.kind, said.stars, said.words, at),
            ).fetchone()
        except UniqueViolation as error:
            raise Conflict(sentence("feedback.once")) from error
    return int(made[0]) if made else None


def stars_of(connection: Connection, code: str) -> int | None:
    """How a dossier was rated; None while it was not."""
    row = connection.execute(
        "SELECT f.stars FROM feedback f JOIN dossier d ON d.id = f.dossier_id WHERE d.code = %s AND f.stars > 0",
        (code,),
    ).fetchone()
    return None if row is None else int(row[0])


def feedback_query(chosen: FeedbackFilter, limit: int) -> tuple[bytes, dict[str, Any]]:
    """Rows of (id, code, unit, procedure, kind, stars, words, at, read at, read by), newest first."""
    where, parameters = _where(chosen)
    if chosen.before is not None:
        where += " AND f.id < %(before)s"
    query = f"{_ROWS} WHERE {where} ORDER BY f.id DESC LIMIT %(limit)s"
    return query.encode(), parameters | {"before": chosen.before, "limit": limit}


def satisfaction_query(chosen: FeedbackFilter) -> tuple[bytes, dict[str, Any]]:
    """Rows of (unit, kind, stars or NULL, how many)."""
    where, parameters = _where(chosen)
    query = f"SELECT f.unit, f.kind, f.stars, count(*) FROM feedback f WHERE {where} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    return query.encode(), parameters


def mark_read(connection: Connection, id_: int, *, by: str, at: datetime) -> bool:
    """Somebody of the office has read it; whether it is there."""
    row = connection.execute(
        """UPDATE feedback SET read_at = coalesce(read_at, %s), read_by = coalesce(read_by, %s) WHERE id = %s
           RETURNING id""",
        (at, by, id_),
    ).fetchone()
    return row is not None


def _where(chosen: FeedbackFilter) -> tuple[str, dict[str, Any]]:
    tests = {"unit": "f.unit = %(unit)s", "kind": "f.kind = %(kind)s", "stars": "f.stars = %(stars)s",
             "since": "f.at >= %(since)s", "until": "f.at < %(until)s"}  # fmt: skip
    wanted = {name: getattr(chosen, name) for name in tests if getattr(chosen, name) is not None}
    where = ["TRUE", *(tests[name] for name in wanted), *(["f.read_at IS NULL"] if chosen.unread else [])]
    return " AND ".join(where), wanted
