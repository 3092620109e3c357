"""Accounts as rows: one a person, locked after wrong passwords, disabled rather than deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.errors import CheckViolation, UniqueViolation

from services.access.addresses import check_email
from services.access.passwords import check_strength, hash_password, password_fits
from services.access.roles import Role
from services.access.totp import match_code
from services.dossier.errors import Refused
from services.storage.database import Connection
from services.wording import sentence

TRIES = 5
LOCKED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in; `second_factor` is whether a phone app was confirmed."""

    id: int
    name: str
    display: str
    roles: tuple[Role, ...]
    units: tuple[str, ...]
    must_change: bool
    second_factor: bool
    locked_until: datetime | None
    disabled_at: datetime | None
    seen_at: datetime | None
    email: str = ""


_COLUMNS = """id, name, display, roles, units, must_change, totp_confirmed, locked_until, disabled_at, seen_at,
              email"""


def add_account(
    connection: Connection, name: str, password: str, roles: Sequence[Role], units: Sequence[str], *,
    display: str = "", email: str = "", at: datetime,
) -> Account:  # fmt: skip
    """Write an account whose password must be changed at the first sign-in.

    Raises:
        Refused: the name is taken or no name, the password is weak, there is no role, or the e-mail is no address.
    """
    check_strength(password, name)
    if not roles:
        raise Refused(sentence("access.no_role"))
    email = check_email(email)
    try:
        row = connection.execute(
            f"""INSERT INTO account (name, display, roles, units, password_hash, password_at, created_at, email)
                VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING {_COLUMNS}""".encode(),
            (name, display, [*roles], [*units], hash_password(password), at, at, email),
        ).fetchone()
    except UniqueViolation:
        raise Refused(sentence("access.name_taken", name=name)) from None
    except CheckViolation:
        raise Refused(sentence("access.bad_name", name=name)) from None
    return _account(row)


def find_account(connection: Connection, name: str) -> Account | None:
    """The account of a name."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE name = %s".encode(), (name,)).fetchone()
    return None if row is None else _account(row)


def find_account_by_email(connection: Connection, email: str) -> Account | None:
    """The account of an address; none where two share it, for nobody could say which was meant."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE lower(email) = %s".encode(), (email,)).fetchall()
    return _account(rows[0]) if len(rows) == 1 else None


def list_accounts(connection: Connection) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM account ORDER BY name".encode())]


def displays_of(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """How people call these accounts; whoever has no account, or none of a name, is not in it."""
    rows = connection.execute(
        "SELECT name, display FROM account WHERE name = ANY(%s) AND display <> ''", (list(names),)
    ).fetchall()
    return {str(name): str(display) for name, display in rows}


def sign_in(connection: Connection, name: str, password: str, code: str, at: datetime) -> Account:
    """The account of somebody who knows its password, and its code of the moment where a phone was confirmed.

    Raises:
        Refused: wrong or locked; it is not said which of name, password and code was wrong.
    """
    refused: Refused | None = None
    with connection.transaction():
        row = connection.execute(
            """SELECT id, password_hash, totp_secret, totp_confirmed, totp_step, failures, locked_until, disabled_at
               FROM account WHERE name = %s FOR UPDATE""",
            (name,),
        ).fetchone()
        id_, kept, secret, confirmed, last_step, failures, locked_until, disabled_at = row or (None,) * 8
        fits = password_fits(kept, password)
        if locked_until is not None and locked_until > at:
            refused = Refused(sentence("access.locked", minutes=int(LOCKED.total_seconds() // 60)))
        else:
            step = match_code(secret, code, at, after=last_step) if confirmed else last_step
            if not fits or step is None or disabled_at is not None:
                refused = Refused(sentence("access.wrong"))
                _note_failure(connection, id_, (failures or 0) + 1, at)
            else:
                _note_success(connection, id_, step, at)
    if refused is not None:
        raise refused
    found = find_account(connection, name)
    assert found is not None  # noqa: S101 - its row was locked a moment ago
    return found


def pass_second_factor(connection: Connection, name: str, code: str, at: datetime) -> None:
    """Take the phone's code of somebody whom the identity provider named; wrong ones count as wrong passwords do.

    Raises:
        Refused: it is wrong, or the account is locked.
    """
    refused: Refused | None = None
    with connection.transaction():
        row = connection.execute(
            """SELECT id, totp_secret, totp_step, failures, locked_until FROM account
               WHERE name = %s AND totp_confirmed AND disabled_at IS NULL FOR UPDATE""",
            (name,),
        ).fetchone()
        id_, secret, last_step, failures, locked_until = row or (None,) * 5
        step = None if row is None else match_code(secret, code, at, after=last_step)
        if locked_until is not None and locked_until > at:
            refused = Refused(sentence("access.locked", minutes=int(LOCKED.total_seconds() // 60)))
        elif step is None:
            refused = Refused(sentence("access.wrong_code"))
            _note_failure(connection, id_, (failures or 0) + 1, at)
        else:
            _note_success(connection, id_, step, at)
    if refused is not None:
        raise refused


def _note_success(connection: Connection, id_: int | None, step: int | None, at: datetime) -> None:
    connection.execute(
        "UPDATE account SET failures = 0, locked_until = NULL, totp_step = %s, seen_at = %s WHERE id = %s",
        (step, at, id_),
    )


def _note_failure(connection: Connection, id_: int | None, failures: int, at: datetime) -> None:
    locked = at + LOCKED if failures >= TRIES else None
    connection.execute(
        "UPDATE account SET failures = %s, locked_until = %s WHERE id = %s",
        (0 if locked else failures, locked, id_),
    )


def set_password(connection: Connection, name: str, password: str, at: datetime, *, must_change: bool = False) -> None:
    """Give an account another password and end its sessions.

    Raises:
        Refused: it is weak.
    """
    check_strength(password, name)
    with connection.transaction():
        connection.execute(
            """UPDATE account SET password_hash = %s, password_at = %s, must_change = %s, failures = 0,
               locked_until = NULL WHERE name = %s""",
            (hash_password(password), at, must_change, name),
        )
        connection.execute("DELETE FROM session USING account a WHERE a.id = account_id AND a.name = %s", (name,))


def disable_account(connection: Connection, name: str, at: datetime | None) -> bool:
    """Shut an account (or open it again with None), ending its sessions; False when there is none."""
    with connection.transaction():
        changed = connection.execute("UPDATE account SET disabled_at = %s WHERE name = %s", (at, name)).rowcount
        connection.execute("DELETE FROM session USING account a WHERE a.id = account_id AND a.name = %s", (name,))
    return changed == 1


def change_account(
    connection: Connection, name: str, display: str, roles: Sequence[Role], units: Sequence[str]
) -> None:
    """Other roles and units for an account, ending its sessions."""
    with connection.transaction():
        connection.execute(
            "UPDATE account SET display = %s, roles = %s, units = %s WHERE name = %s",
            (display, [*roles], [*units], name),
        )
        connection.execute("DELETE FROM session USING account a WHERE a.id = account_id AND a.name = %s", (name,))


def set_email(connection: Connection, name: str, email: str) -> bool:
    """Where an account is told of what runs late, empty: nowhere; False when there is none of that name.

    Raises:
        Refused: it is no address.
    """
    done = connection.execute("UPDATE account SET email = %s WHERE name = %s", (check_email(email), name))
    return done.rowcount == 1


def unlock_account(connection: Connection, name: str) -> None:
    """Let somebody try again before the quarter of an hour is over."""
    connection.execute("UPDATE account SET failures = 0, locked_until = NULL WHERE name = %s", (name,))


def begin_second_factor(connection: Connection, name: str, secret: str | None) -> None:
    """Keep the secret of a phone that is not confirmed yet; with None the account has none any more."""
    connection.execute(
        "UPDATE account SET totp_secret = %s, totp_confirmed = false, totp_step = 0 WHERE name = %s", (secret, name)
    )


def confirm_second_factor(connection: Connection, name: str, code: str, at: datetime) -> None:
    """Take the phone into use.

    Raises:
        Refused: the code does not fit.
    """
    with connection.transaction():
        row = connection.execute(
            "SELECT totp_secret, totp_step FROM account WHERE name = %s FOR UPDATE", (name,)
        ).fetchone()
        step = None if row is None or row[0] is None else match_code(row[0], code, at, after=row[1])
        if step is None:
            raise Refused(sentence("access.wrong_code"))
        connection.execute("UPDATE account SET totp_confirmed = true, totp_step = %s WHERE name = %s", (step, name))


def _account(row: Sequence[object] | None) -> Account:
    assert row is not None  # noqa: S101 - RETURNING of an insert always gives a row
    id_, name, display, roles, units, *rest = row
    return Account(id_, name, display, tuple(map(Role, roles)), tuple(units), *rest)  # type: ignore[arg-type, call-overload] # a row has no types
