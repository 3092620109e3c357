"""Webhooks as rows: where a system is told of facts, which ones and of which units, and the secret that signs them.

The secret is kept as it is, since signing needs it; the API's role may not read the table.
"""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dossier.notices import MessageState, NoticeKind, Way
from services.storage.database import Connection
from services.storage.messages import NewMessage, add_messages
from services.storage.notices import NEW_NOTICE_CHANNEL

SECRET_HEAD = "whsec_"  # noqa: S105 - how secrets begin, so that one is recognised in a log or a commit
SECRET_BYTES = 32
OVERLAP = timedelta(hours=24)
"""How long the former secret signs beside the new one."""

FAILING, BY_HAND, GONE = "failing", "by_hand", "gone"
"""Why one is shut: too many failures in a row, by an administrator, or its server said 410."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A subscriber as it is listed: never its secret. No kind: all; no unit: the whole province."""

    id: str
    name: str
    url: str
    kinds: tuple[str, ...]
    units: tuple[str, ...]
    created_by: str
    created_at: datetime
    failures: int
    delivered_at: datetime | None
    shut_at: datetime | None
    shut_why: str


_COLUMNS = "id, name, url, kinds, units, created_by, created_at, failures, delivered_at, shut_at, shut_why"


def add_webhook(
    connection: Connection, name: str, url: str, kinds: Sequence[NoticeKind], units: Sequence[str], *, by: str,
    at: datetime,
) -> tuple[str, str]:  # fmt: skip
    """A new subscriber; its id, and its secret, which is shown this once."""
    id_, secret = secrets.token_hex(6), _new_secret()
    connection.execute(
        """INSERT INTO webhook (id, name, url, secret, kinds, units, created_by, created_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s)""",
        (id_, name, url, secret, [*kinds], [*units], by, at),
    )
    return id_, secret


def list_webhooks(connection: Connection) -> list[Webhook]:
    """Every subscriber, newest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM webhook ORDER BY created_at DESC, id".encode()).fetchall()
    return [Webhook(id_, name, url, tuple(kinds), tuple(units), *rest) for id_, name, url, kinds, units, *rest in rows]


def find_webhook(connection: Connection, id_: str) -> Webhook | None:
    """The subscriber of an id."""
    return next((one for one in list_webhooks(connection) if one.id == id_), None)


def rotate_secret(connection: Connection, id_: str, at: datetime) -> str:
    """Another secret, shown this once; the former one signs beside it for a day, so that no delivery is refused."""
    secret = _new_secret()
    connection.execute(
        "UPDATE webhook SET old_secret = secret, old_secret_until = %s, secret = %s WHERE id = %s",
        (at + OVERLAP, secret, id_),
    )
    return secret


def shut_webhook(connection: Connection, id_: str, why: str, at: datetime) -> bool:
    """It is told nothing more; what waits for it is dropped. False when it was shut already."""
    with connection.transaction():
        shut = connection.execute(
            "UPDATE webhook SET shut_at = %s, shut_why = %s WHERE id = %s AND shut_at IS NULL", (at, why, id_)
        )
        connection.execute(
            "UPDATE message SET state = %s, ended_at = %s WHERE reader = %s AND state = 'waiting'",
            (MessageState.DROPPED, at, f"webhook:{id_}"),
        )
    return shut.rowcount == 1


def open_webhook(connection: Connection, id_: str) -> None:
    """It is told of what happens from now on."""
    connection.execute("UPDATE webhook SET shut_at = NULL, shut_why = '', failures = 0 WHERE id = %s", (id_,))


def send_test(connection: Connection, id_: str, at: datetime) -> None:
    """Write a message that tries the address."""
    with connection.transaction():
        add_messages(connection, [NewMessage(NoticeKind.TEST, Way.WEBHOOK, f"webhook:{id_}", {})], at)
        connection.execute(f"NOTIFY {NEW_NOTICE_CHANNEL}")


def secrets_of(connection: Connection, id_: str, at: datetime) -> tuple[str, tuple[str, ...]] | None:
    """Address and secrets that sign now, the newest first; None when it is shut or gone."""
    row = connection.execute(
        """SELECT url, secret, CASE WHEN old_secret_until > %s THEN old_secret END FROM webhook
           WHERE id = %s AND shut_at IS NULL""",
        (at, id_),
    ).fetchone()
    return None if row is None else (row[0], tuple(filter(None, row[1:])))


def count_outcome(connection: Connection, id_: str, at: datetime, *, delivered: bool) -> int:
    """Note how an attempt ended; the failures in a row."""
    row = connection.execute(
        """UPDATE webhook SET failures = CASE WHEN %(ok)s THEN 0 ELSE failures + 1 END,
               delivered_at = CASE WHEN %(ok)s THEN %(at)s ELSE delivered_at END
           WHERE id = %(id)s RETURNING failures""",
        {"ok": delivered, "at": at, "id": id_},
    ).fetchone()
    return int(row[0]) if row else 0


def _new_secret() -> str:
    return SECRET_HEAD + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
