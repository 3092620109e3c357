"""The ways of a request into the database: each connection is told for whom it asks before it is lent.

PostgreSQL's row-level security answers only what the asker may see (migration 0010): a query that forgot its policy
returns nothing. The trusted door is for what is
nobody's to list: sign-in, tokens, files on their way, practice.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from psycopg_pool import AsyncConnectionPool, ConnectionPool

from services.api.reach import Reach
from services.storage.database import AsyncConnection, Connection

SEPARATOR = "\x1f"
EVERYTHING = "*"
_TELL = """SELECT set_config('role', %s, false), set_config('motcua.scope', %s, false),
                  set_config('motcua.code', %s, false)"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a connection may see: `*`, units, or one dossier's code; the API's role unless it is trusted."""

    scope: str = ""
    code: str = ""
    role: str = "motcua_api"

    @property
    def told(self) -> tuple[str, str, str]:
        """The values PostgreSQL is told."""
        return (self.role, self.scope, self.code)


TRUSTED = Seen(role="none")
WHOLE = Seen(EVERYTHING)


def see_units(units: frozenset[str] | None, code: str = "") -> Seen:
    """What somebody of these units sees; None: the whole province."""
    return Seen(EVERYTHING if units is None else SEPARATOR.join(sorted(units)), code)


@dataclass(frozen=True, slots=True)
class Door:
    """Synchronous connections that see what they may."""

    pool: ConnectionPool[Connection]
    seen: Seen = Seen()
    reach: Reach = field(default_factory=Reach)

    @contextmanager
    def connection(self, timeout: float | None = None) -> Iterator[Connection]:
        """A connection of the pool, lent."""
        with self.pool.connection(self.reach.patience_s(timeout)) as connection:
            connection.execute(_TELL, self.seen.told)
            yield connection


@dataclass(frozen=True, slots=True)
class AsyncDoor:
    """The same for asynchronous connections."""

    pool: AsyncConnectionPool[AsyncConnection]
    seen: Seen = Seen()
    reach: Reach = field(default_factory=Reach)

    @asynccontextmanager
    async def connection(self, timeout: float | None = None) -> AsyncIterator[AsyncConnection]:  # noqa: ASYNC109 - the pool's own
        """A connection of the pool, lent."""
        async with self.pool.connection(self.reach.patience_s(timeout)) as connection:
            await connection.execute(_TELL, self.seen.told)
            yield connection
