"""The second factor of a receipt: whoever holds the paper may follow the dossier it names.

Eight letters of 32 cannot be guessed in ten tries; who tries more waits, counted in the database so that neither more
processes nor a restart give more tries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.clock import in_vietnam
from services.dossier.errors import Refused
from services.storage.database import AsyncConnection, Connection
from services.wording import sentence

TRIES_BY_CODE = 10
TRIES_BY_ADDRESS = 30
"""More than for one dossier: a centre's machines and a village's phones come from one address."""
SPAN = timedelta(minutes=15)

_TRY = b"SELECT * FROM try_receipt(%s, %s, %s, %s, %s, %s, %s)"


class TooManyTries(Refused):
    """The key was wrong too often, for this dossier or from this address; `until` is when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(sentence("access.receipt_shut", until=f"{in_vietnam(until):%H:%M}"))
        self.until = until


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether the key belongs to the dossier, and then how it stands."""

    opens: bool
    status: int | None = None
    due_at: datetime | None = None


async def receipt_opens(connection: AsyncConnection, code: str, key: str, address: str, at: datetime) -> bool:
    """Whether the key printed on the receipt belongs to the dossier; a wrong one is counted.

    Raises:
        TooManyTries: it is not looked at.
    """
    return _read(await (await connection.execute(_TRY, _told(code, key, address, at))).fetchone()).opens


def try_receipt(connection: Connection, code: str, key: str, address: str, at: datetime) -> Tried:
    """The same with the dossier's state, without seeing the dossier otherwise.

    Raises:
        TooManyTries: it is not looked at.
    """
    return _read(connection.execute(_TRY, _told(code, key, address, at)).fetchone())


def _told(code: str, key: str, address: str, at: datetime) -> tuple[Any, ...]:
    # PostgreSQL's text holds no such character, so no key or code has it
    clean = (code.replace("\0", ""), key.strip().upper().replace("\0", ""))
    return (*clean, address, at, SPAN, TRIES_BY_CODE, TRIES_BY_ADDRESS)


def _read(row: Sequence[Any] | None) -> Tried:
    opens, until, status, due_at = row or (False, None, None, None)
    if until is not None:
        raise TooManyTries(until)
    return Tried(opens, status, due_at)
