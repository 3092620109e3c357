"""Who reads messages, and under which address: looked up when a message goes out, kept in no message.

Only the notifier, which owns the tables, may ask.
"""

from collections.abc import Sequence
from datetime import datetime

from services.access.roles import Role
from services.storage.database import Connection

CONSENT = "consent"
"""Key of the applicant's facts that says `yes` when he agreed to be told."""


def find_officers(connection: Connection, units: Sequence[str], roles: Sequence[Role]) -> list[int]:
    """Accounts with an e-mail address that hold one of the roles in one of the units themselves."""
    rows = connection.execute(
        """SELECT id FROM account WHERE email <> '' AND disabled_at IS NULL AND roles && %s AND units && %s
           ORDER BY id""",
        ([*roles], [*units]),
    ).fetchall()
    return [id_ for (id_,) in rows]


def find_officer(connection: Connection, name: str) -> list[int]:
    """The account of a name, if it has an e-mail address."""
    rows = connection.execute(
        "SELECT id FROM account WHERE name = %s AND email <> '' AND disabled_at IS NULL", (name,)
    ).fetchall()
    return [id_ for (id_,) in rows]


def find_subscribers(connection: Connection, kind: str, units: Sequence[str]) -> list[str]:
    """Open webhooks for a kind, told of one of these units (a dossier's own and those above it) or of all."""
    rows = connection.execute(
        """SELECT id FROM webhook WHERE shut_at IS NULL AND (kinds = '{}' OR %s = ANY(kinds))
             AND (units = '{}' OR units && %s) ORDER BY id""",
        (kind, [*units]),
    ).fetchall()
    return [id_ for (id_,) in rows]


def address_of(connection: Connection, reader: str, dossier_id: int | None, way: str) -> str:
    """Where a reader takes messages now; empty when he has no address any more, or no longer agrees."""
    kind, _, id_ = reader.partition(":")
    match kind:
        case "applicant":
            key = "email" if way == "email" else "phone"
            query: str = (
                f"SELECT applicant ->> '{key}' FROM dossier WHERE id = %s AND applicant ->> '{CONSENT}' = 'yes'"
            )
            row = connection.execute(query.encode(), (dossier_id,)).fetchone()
        case "account":
            row = connection.execute(
                "SELECT email FROM account WHERE id = %s AND disabled_at IS NULL", (int(id_),)
            ).fetchone()
        case "ticket":
            column = "email" if way == "email" else "phone"
            asked = f"SELECT {column} FROM ticket_contact WHERE code = %s"
            row = connection.execute(asked.encode(), (id_,)).fetchone()
        case _:
            row = None
    return str(row[0] or "") if row else ""


def keep_ticket_contact(connection: Connection, code: str, email: str, phone: str, at: datetime) -> None:
    """Where whoever asked wants to hear the answer; kept until he was told."""
    connection.execute(
        """INSERT INTO ticket_contact (code, email, phone, at) VALUES (%s, %s, %s, %s)
           ON CONFLICT (code) DO UPDATE SET email = excluded.email, phone = excluded.phone, at = excluded.at""",
        (code, email, phone, at),
    )


def find_ticket_contact(connection: Connection, code: str) -> dict[str, str]:
    """What whoever asked left of `email` and `phone`; empty when he left nothing."""
    row = connection.execute("SELECT email, phone FROM ticket_contact WHERE code = %s", (code,)).fetchone()
    return dict(zip(("email", "phone"), row, strict=True)) if row else {}


def forget_ticket_contact(connection: Connection, code: str) -> None:
    """He was told: his address is kept no longer."""
    connection.execute("DELETE FROM ticket_contact WHERE code = %s", (code,))
