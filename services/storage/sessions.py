"""Sessions and API tokens as rows: only the hashes of their keys are kept."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.access.roles import Permit, Principal, Role, permits_of
from services.storage.database import Connection
from services.storage.units import units_below

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOKEN_HEAD = "mct"  # noqa: S105 - how tokens begin, so that one is recognised in a log or a commit


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in; `csrf` is what forms and scripts send back; the others hold back until done.

    `pending`: the identity provider named him, his phone's code is still to come.
    """

    principal: Principal
    csrf: str
    must_change: bool
    second_factor: bool
    pending: bool = False


class Factor(StrEnum):
    """A session's second factor: as the account has it, asked for by the identity provider, or still to come."""

    OWN = "own"
    PROVIDER = "provider"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed: never its secret."""

    id: str
    name: str
    permits: tuple[str, ...]
    units: tuple[str, ...]
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


def open_session(
    connection: Connection, account_id: int, at: datetime, *, by_provider: bool = False, factor: Factor = Factor.OWN
) -> tuple[str, str]:
    """A new session; its key for the cookie, and its CSRF token."""
    key, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    connection.execute(
        """INSERT INTO session (key_sha256, account_id, csrf, created_at, seen_at, ends_at, by_provider, factor)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s)""",
        (_hash(key), account_id, csrf, at, at, at + LONGEST, by_provider, factor),
    )
    return key, csrf


def find_session(connection: Connection, key: str, at: datetime) -> Session | None:
    """Whose session a key is; None when it ended, was idle too long, or its account is disabled."""
    row = connection.execute(
        """UPDATE session s SET seen_at = %(at)s FROM account a
           WHERE s.key_sha256 = %(key)s AND a.id = s.account_id AND s.ends_at > %(at)s AND s.seen_at > %(idle)s
             AND a.disabled_at IS NULL
           RETURNING a.name, a.roles, a.units, s.csrf, a.must_change AND NOT s.by_provider,
                     s.factor = 'provider' OR (a.totp_confirmed AND s.factor <> 'pending'), s.factor = 'pending'""",
        {"key": _hash(key), "at": at, "idle": at - IDLE},
    ).fetchone()
    if row is None:
        return None
    name, roles, units, csrf, must_change, confirmed, pending = row
    held = frozenset(map(Role, roles))
    principal = Principal(name, held, permits_of(held), scope_of(connection, units), way="session")
    return Session(principal, csrf, must_change, confirmed, pending)


def complete_session(connection: Connection, key: str) -> None:
    """The phone's code came: the session is as one opened with it."""
    connection.execute("UPDATE session SET factor = 'own' WHERE key_sha256 = %s", (_hash(key),))


def close_session(connection: Connection, key: str) -> None:
    """End a session."""
    connection.execute("DELETE FROM session WHERE key_sha256 = %s", (_hash(key),))


def scope_of(connection: Connection, units: Sequence[str]) -> frozenset[str] | None:
    """The units and all below them; None when a top is among them."""
    top = connection.execute("SELECT 1 FROM unit WHERE parent IS NULL AND id = ANY(%s)", (list(units),)).fetchone()
    return None if top else frozenset(units_below(connection, units))


def add_token(
    connection: Connection, name: str, permits: Sequence[Permit], units: Sequence[str], *, by: str, at: datetime,
    expires_at: datetime,
) -> str:  # fmt: skip
    """A new token; it is shown this once. No unit: the whole province."""
    id_, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    connection.execute(
        """INSERT INTO api_token (id, secret_sha256, name, permits, units, created_by, created_at, expires_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s)""",
        (id_, _hash(secret), name, [*permits], [*units], by, at, expires_at),
    )
    return f"{TOKEN_HEAD}_{id_}_{secret}"


def find_token(connection: Connection, token: str, at: datetime) -> Principal | None:
    """Whom a token stands for; None when it is unknown, revoked or expired."""
    head, _, rest = token.partition("_")
    id_, _, secret = rest.partition("_")
    row = connection.execute(
        """SELECT secret_sha256, name, permits, units FROM api_token
           WHERE id = %s AND revoked_at IS NULL AND expires_at > %s""",
        (id_, at),
    ).fetchone()
    if head != TOKEN_HEAD or row is None or not hmac.compare_digest(row[0], _hash(secret)):
        return None
    connection.execute(
        "UPDATE api_token SET used_at = %(at)s WHERE id = %(id)s AND (used_at IS NULL OR used_at < %(hour)s)",
        {"at": at, "id": id_, "hour": at - timedelta(hours=1)},
    )
    permits = frozenset(map(Permit, row[2])) | {Permit.PUBLIC, Permit.SIGNED_IN, Permit.FIGURES}
    units = scope_of(connection, row[3]) if row[3] else None
    return Principal(row[1], frozenset({Role.INTEGRATOR}), permits, units, way="token")


def list_tokens(connection: Connection) -> list[Token]:
    """Every token, newest first."""
    rows = connection.execute(
        """SELECT id, name, permits, units, created_by, expires_at, revoked_at, used_at FROM api_token
           ORDER BY created_at DESC"""
    ).fetchall()
    return [Token(id_, name, tuple(permits), tuple(units), *rest) for id_, name, permits, units, *rest in rows]


def revoke_token(connection: Connection, id_: str, at: datetime) -> bool:
    """Shut a token; False when there is none or it is shut."""
    done = connection.execute("UPDATE api_token SET revoked_at = %s WHERE id = %s AND revoked_at IS NULL", (at, id_))
    return done.rowcount == 1


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
