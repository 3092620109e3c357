"""Questions handed over to officers, with their clock and their answer."""

from dataclasses import dataclass
from datetime import datetime

from services.dossier.notices import NoticeKind
from services.storage.database import Connection
from services.storage.notices import note_notice


@dataclass(frozen=True, slots=True)
class Ticket:
    """A question that waits for an officer, or was answered by one; `question` is masked."""

    code: str
    turn: int
    kind: str
    question: str
    opened_at: datetime
    due_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


_COLUMNS = "code, turn_id, kind, question, opened_at, due_at, answer, answered_by, answered_at"


def open_ticket(connection: Connection, ticket: Ticket) -> None:
    """Write a new ticket."""
    connection.execute(
        "INSERT INTO assistant_ticket (code, turn_id, kind, question, opened_at, due_at) VALUES (%s,%s,%s,%s,%s,%s)",
        (ticket.code, ticket.turn, ticket.kind, ticket.question, ticket.opened_at, ticket.due_at),
    )


def find_ticket(connection: Connection, code: str) -> Ticket | None:
    """One ticket by its code."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM assistant_ticket WHERE code = %s", (code,)).fetchone()
    return None if row is None else Ticket(*row)


def list_open(connection: Connection, limit: int) -> list[Ticket]:
    """Tickets nobody has answered, the most urgent first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM assistant_ticket WHERE answered_at IS NULL ORDER BY due_at LIMIT %s", (limit,)
    ).fetchall()
    return [Ticket(*row) for row in rows]


def answer_ticket(connection: Connection, code: str, text: str, by: str, at: datetime) -> bool:
    """Keep an officer's answer, and that whoever asked is to be told.

    False when there is no such ticket or it was answered before.
    """
    done = connection.execute(
        """UPDATE assistant_ticket SET answer = %s, answered_by = %s, answered_at = %s
           WHERE code = %s AND answered_at IS NULL""",
        (text, by, at, code),
    )
    if done.rowcount == 1:
        note_notice(connection, NoticeKind.TICKET_ANSWERED, at, {"ticket": code})
    return done.rowcount == 1
