"""`GET /v1/dossiers/{code}/events`: what happens to a dossier, as it happens (server-sent events)."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Annotated

import orjson
import psycopg
from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse

from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.clock import in_vietnam
from services.logs import get_logger
from services.storage.database import KEEPALIVES
from services.storage.events import CHANNEL
from services.wording import sentence

router = APIRouter(tags=["dossiers"])
log = get_logger(__name__)

HEARTBEAT_S = 15.0
RECONNECT_S = 1.0


class Listener:
    """One connection that hears of every event and wakes those who wait for its dossier."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._waiting: dict[int, set[asyncio.Event]] = defaultdict(set)

    async def run(self) -> None:
        """Listen until cancelled; a database that went away is waited for."""
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True, **KEEPALIVES)
                async with connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    # what happened while nobody listened is found by those who look again
                    self._wake(None)
                    async for notice in connection.notifies():
                        # no dossier named: so many that all are to look
                        self._wake(int(notice.payload.partition(" ")[0]) if notice.payload else None)
            except psycopg.OperationalError as error:
                log.warning("listener_waits", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_S)

    def _wake(self, dossier_id: int | None) -> None:
        for dossier in [dossier_id] if dossier_id is not None else list(self._waiting):
            for bell in self._waiting.get(dossier, ()):
                bell.set()

    @asynccontextmanager
    async def bell_of(self, dossier_id: int) -> AsyncIterator[asyncio.Event]:
        """A bell that rings when something happens to the dossier."""
        bell = asyncio.Event()
        self._waiting[dossier_id].add(bell)
        try:
            yield bell
        finally:
            self._waiting[dossier_id].discard(bell)
            if not self._waiting[dossier_id]:
                del self._waiting[dossier_id]


@router.get(
    "/v1/dossiers/{code}/events",
    responses={200: {"content": {"text/event-stream": {}}}, 404: {"model": Problem422}},
    response_class=StreamingResponse,
    summary="Events of a dossier as they happen",
)
async def stream_events(
    code: str,
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    last_event_id: Annotated[int | None, Header(description="resume after this event")] = None,
) -> StreamingResponse:
    """All events so far (or since `Last-Event-ID`), then each new one; a comment every 15 s keeps the line open."""
    async with resources.reading.connection() as connection:
        row = await (await connection.execute("SELECT id FROM dossier WHERE code = %s", (code,))).fetchone()
    if row is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    listener: Listener = request.app.state.listener
    stream = _events(resources, listener, int(row[0]), last_event_id or 0)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _events(resources: Resources, listener: Listener, dossier_id: int, last: int) -> AsyncIterator[bytes]:
    async with listener.bell_of(dossier_id) as bell:
        while True:
            bell.clear()
            async with resources.reading.connection() as connection:
                rows = await (
                    await connection.execute(
                        "SELECT id, at, kind, data FROM event WHERE dossier_id = %s AND id > %s ORDER BY id",
                        (dossier_id, last),
                    )
                ).fetchall()
            for number, at, kind, data in rows:
                last = number
                body = orjson.dumps({"at": in_vietnam(at).isoformat(), **data})
                yield b"id: %d\nevent: %s\ndata: %s\n\n" % (number, kind.encode(), body)
            try:
                await asyncio.wait_for(bell.wait(), HEARTBEAT_S)
            except TimeoutError:
                yield b": still here\n\n"
