"""Whether the database was reached when it was last tried: while it is away, nobody waits long to hear so."""

from dataclasses import dataclass
from typing import Any, Self

from psycopg import AsyncConnection, Connection, OperationalError
from psycopg.rows import TupleRow

POOL_TIMEOUT_S = 5.0
"""As long may a request wait for a connection while all are lent."""
AWAY_TIMEOUT_S = 0.5
"""As long where the last attempt to connect failed: enough for one that succeeds."""


@dataclass(slots=True)
class Reach:
    """What the last attempt to connect came to, for every pool of a process."""

    away: bool = False

    def patience_s(self, wished: float | None = None) -> float:
        """How long to wait for a connection."""
        patience = POOL_TIMEOUT_S if wished is None else wished
        return min(patience, AWAY_TIMEOUT_S) if self.away else patience


def note_reach(reach: Reach) -> tuple[type[Connection[TupleRow]], type[AsyncConnection[TupleRow]]]:
    """Kinds of connections that tell `reach` whether they could be opened."""

    class Noted(Connection[TupleRow]):
        @classmethod
        def connect(cls, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401 - whatever psycopg takes
            try:
                made = super().connect(*args, **kwargs)
            except OperationalError:
                reach.away = True
                raise
            reach.away = False
            return made

    class AsyncNoted(AsyncConnection[TupleRow]):
        @classmethod
        async def connect(cls, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401 - whatever psycopg takes
            try:
                made = await super().connect(*args, **kwargs)
            except OperationalError:
                reach.away = True
                raise
            reach.away = False
            return made

    return Noted, AsyncNoted
