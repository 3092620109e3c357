"""The API's connections: an asynchronous pool for reading, a small synchronous one for what takes a dossier in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from services.access.roles import NOBODY, Principal
from services.api.doors import EVERYTHING, TRUSTED, AsyncDoor, Door, Seen
from services.api.reach import POOL_TIMEOUT_S, Reach, note_reach
from services.settings import Settings
from services.storage.database import KEEPALIVES, AsyncConnection, Connection
from services.storage.objects import ObjectStore, open_store

RECONNECT_S = 1
"""So long a pool tries again by itself; afterwards each request makes it try, and none waits for a later attempt."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What a request may use: its doors into the database see what whoever asks may see."""

    settings: Settings
    reading: AsyncDoor
    writing: Door
    objects: ObjectStore
    principal: Principal = NOBODY
    address: str = ""

    @property
    def scoped(self) -> bool:
        """Whether the doors show some units only."""
        return self.reading.seen.scope != EVERYTHING

    @property
    def trusted(self) -> Door:
        """The door of sign-in and tokens: it sees everything, so nothing else may use it."""
        return Door(self.writing.pool, TRUSTED, self.writing.reach)

    def seen_by(self, principal: Principal, seen: Seen, address: str = "") -> "Resources":
        """The same for somebody who may see this."""
        reading = AsyncDoor(self.reading.pool, seen, self.reading.reach)
        writing = Door(self.writing.pool, seen, self.writing.reach)
        return Resources(self.settings, reading, writing, self.objects, principal, address)


@asynccontextmanager
async def open_resources(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """Open the pools for as long as the application runs."""
    shared: dict[str, Any] = {
        "min_size": 1,
        "open": False,
        "timeout": POOL_TIMEOUT_S,
        "reconnect_timeout": RECONNECT_S,
        "kwargs": {"autocommit": True, **KEEPALIVES},
    }
    reach = Reach()
    noted, async_noted = note_reach(reach)
    reading: AsyncConnectionPool[AsyncConnection] = AsyncConnectionPool(
        settings.database_url, connection_class=async_noted, max_size=8, **shared
    )
    writing: ConnectionPool[Connection] = ConnectionPool(
        settings.database_url, connection_class=noted, max_size=4, **shared
    )
    async with reading:
        with writing:
            app.state.resources = Resources(
                settings, AsyncDoor(reading, reach=reach), Door(writing, reach=reach), open_store(settings)
            )
            yield


def resources_of(request: Request) -> Resources:
    """The resources of a request, as far as whoever asks may see (`services.api.guard`)."""
    base: Resources = request.app.state.resources
    found: Resources = getattr(request.state, "resources", base)
    return found
