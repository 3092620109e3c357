"""What officials wrote as answers: drafted, approved, in use, withdrawn; nothing is ever deleted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.storage.assistant_tickets import Ticket
from services.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer as an official writes it.

    `question`: how people ask it; `procedure`: the code it belongs to, empty for none; `source`: what it stands on (a
    law, a decision); `drafted_by`: the account.
    """

    question: str
    answer: str
    procedure: str
    source: str
    drafted_by: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with its whole provenance; not `approved_at`: still a draft."""

    id: int
    question: str
    answer: str
    procedure: str
    source: str
    ticket: str | None
    drafted_by: str
    drafted_at: datetime | None
    approved_by: str | None
    approver: str
    approved_at: datetime | None


_COLUMNS = "id, question, answer, procedure, source, ticket, drafted_by, drafted_at, approved_by, approver, approved_at"


def draft_entry(connection: Connection, draft: Draft, at: datetime) -> int:
    """Keep an answer that nobody has approved yet, and give its number."""
    row = connection.execute(
        """INSERT INTO assistant_knowledge (question, answer, procedure, source, drafted_by, drafted_at)
           VALUES (%s, %s, %s, %s, %s, %s) RETURNING id""",
        (draft.question, draft.answer, draft.procedure, draft.source, draft.drafted_by, at),
    ).fetchone()
    return int(row[0]) if row else 0


def approve_entry(connection: Connection, entry: int, by: str, approver: str, at: datetime) -> bool:
    """Put a draft in use; false when there is no such draft."""
    done = connection.execute(
        """UPDATE assistant_knowledge SET approved_by = %s, approver = %s, approved_at = %s
           WHERE id = %s AND approved_at IS NULL AND withdrawn_at IS NULL""",
        (by, approver, at, entry),
    )
    return done.rowcount == 1


def approve_answer(connection: Connection, ticket: Ticket, question: str, procedure: str, approver: str = "") -> int:
    """Make an answered ticket knowledge, with its provenance; `question` is how people ask it."""
    row = connection.execute(
        """INSERT INTO assistant_knowledge (question, answer, procedure, ticket, drafted_by, drafted_at, approved_by,
               approver, approved_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
        (question, ticket.answer, procedure, ticket.code, approver, ticket.answered_at, ticket.answered_by, approver,
         ticket.answered_at),
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else 0


def withdraw_knowledge(connection: Connection, entry: int, at: datetime, by: str = "") -> bool:
    """Take an entry out of use; it stays on record."""
    done = connection.execute(
        """UPDATE assistant_knowledge SET withdrawn_at = %s, withdrawn_by = %s
           WHERE id = %s AND withdrawn_at IS NULL""",
        (at, by, entry),
    )
    return done.rowcount == 1


def list_knowledge(connection: Connection) -> list[tuple[Any, ...]]:
    """Entries in use: id, question, answer, procedure, ticket, by, approved at, source."""
    return connection.execute(
        """SELECT id, question, answer, procedure, coalesce(ticket, ''), approved_by, approved_at, source
           FROM assistant_knowledge WHERE withdrawn_at IS NULL AND approved_at IS NOT NULL ORDER BY id"""
    ).fetchall()


def list_entries(connection: Connection, limit: int) -> list[Kept]:
    """Drafts first, then what is in use, newest first."""
    rows = connection.execute(
        f"""SELECT {_COLUMNS} FROM assistant_knowledge WHERE withdrawn_at IS NULL
            ORDER BY approved_at IS NOT NULL, id DESC LIMIT %s""",
        (limit,),
    ).fetchall()
    return [Kept(*row) for row in rows]
