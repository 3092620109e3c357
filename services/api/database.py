"""The API's connections: an asynchronous pool for reading, a small synchronous one for what takes a dossier in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from services.settings import Settings
from services.storage.database import KEEPALIVES, AsyncConnection, Connection
from services.storage.objects import ObjectStore, open_store

POOL_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class Resources:
    """What every request may use."""

    settings: Settings
    reading: AsyncConnectionPool[AsyncConnection]
    writing: ConnectionPool[Connection]
    objects: ObjectStore


@asynccontextmanager
async def open_resources(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """Open the pools for as long as the application runs."""
    shared: dict[str, Any] = {
        "min_size": 1,
        "open": False,
        "timeout": POOL_TIMEOUT_S,
        "kwargs": {"autocommit": True, **KEEPALIVES},
    }
    reading: AsyncConnectionPool[AsyncConnection] = AsyncConnectionPool(settings.database_url, max_size=8, **shared)
    writing: ConnectionPool[Connection] = ConnectionPool(settings.database_url, max_size=4, **shared)
    async with reading:
        with writing:
            app.state.resources = Resources(settings, reading, writing, open_store(settings))
            yield


def resources_of(request: Request) -> Resources:
    """The resources of the application that a request came to."""
    found: Resources = request.app.state.resources
    return found
