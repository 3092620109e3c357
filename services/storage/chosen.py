"""Which procedure officers said a dossier is for, chosen or confirmed: events that never change, the newest holds.

They are the labelled examples of `motcua train --clues --confirmed`; what citizens declare and what the machine guesses
are none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row

from services.storage.database import Connection
from services.storage.events import note_event


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer said, when, and what the machine had guessed by then: its best code and how sure it was.

    `guess` is None where it abstained or what the applicant declared was taken without guessing.
    """

    dossier_id: int
    procedure: str
    before: str | None
    by: str
    at: datetime
    guess: str | None
    confidence: float | None


def note_choice(connection: Connection, dossier_id: int, at: datetime, facts: Mapping[str, Any]) -> None:
    """Keep a choice (`by`, `before`, `procedure`, `reason`) beside the guess of the moment."""
    row = connection.execute("SELECT guess FROM dossier WHERE id = %s", (dossier_id,)).fetchone()
    note_event(connection, dossier_id, at, "procedure_chosen", {**facts, "guess": _own(row[0] if row else None)})


def _own(guess: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The machine's own guess; what was declared is none."""
    if guess is None or any(reason.startswith("declared ") for reason in guess.get("reasons", ())):
        return None
    return {key: guess.get(key) for key in ("code", "confidence", "alternatives")}


def all_chosen(connection: Connection) -> Iterator[Choice]:
    """The newest choice of every dossier, oldest dossier first: examples for training, each made by a person."""
    with connection.cursor(row_factory=class_row(Choice)) as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (dossier_id) dossier_id, data ->> 'procedure' AS procedure,
                      data ->> 'before' AS before, data ->> 'by' AS by, at, data -> 'guess' ->> 'code' AS guess,
                      (data -> 'guess' ->> 'confidence')::float AS confidence
               FROM event WHERE kind = 'procedure_chosen' ORDER BY dossier_id, id DESC"""
        )
        yield from cursor
