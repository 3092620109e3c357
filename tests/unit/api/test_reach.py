"""How long a request waits for a connection."""

import asyncio

import pytest
from psycopg import OperationalError

from services.api.reach import AWAY_TIMEOUT_S, POOL_TIMEOUT_S, Reach, note_reach


def test_nobody_waits_long_while_the_database_is_away() -> None:
    """The patience of a busy pool, of a caller who wishes less, and of a pool whose last attempt failed."""
    assert Reach().patience_s() == POOL_TIMEOUT_S
    assert Reach().patience_s(2) == 2
    assert Reach(away=True).patience_s() == Reach(away=True).patience_s(2) == AWAY_TIMEOUT_S


def test_an_attempt_that_fails_is_noted() -> None:
    """Nothing listens there."""
    reach = Reach()
    noted, async_noted = note_reach(reach)
    with pytest.raises(OperationalError):
        noted.connect("host=127.0.0.1 port=1", connect_timeout=2)
    assert reach.away
    reach.away = False
    with pytest.raises(OperationalError):
        asyncio.run(async_noted.connect("host=127.0.0.1 port=1", connect_timeout=2))
    assert reach.away
