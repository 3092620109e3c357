"""The application: routes, errors, pools, the listener of events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from services.api import (
    actions,
    assistant,
    assistant_desk,
    calendars,
    confirm,
    derived,
    dossiers,
    events,
    figures,
    hand_in,
    health,
    history,
    procedures,
    runs,
)
from services.api.database import open_resources
from services.api.problems import handle_problems
from services.settings import Settings

ROUTERS = (
    hand_in,
    dossiers,
    derived,
    confirm,
    events,
    figures,
    procedures,
    actions,
    history,
    calendars,
    runs,
    health,
    assistant,
    assistant_desk,
)

DESCRIPTION = """Hồ sơ một cửa: nộp, đọc, kiểm tra, tính hạn và theo dõi. / One-stop-shop dossiers: handed in, read,
checked, timed and followed. Errors are problem documents (RFC 9457), in Vietnamese or, when asked for, English."""


def create_app(settings: Settings) -> FastAPI:
    """The API of one process; its pools open when it starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.listener = events.Listener(settings.database_url)
        async with open_resources(app, settings):
            listening = asyncio.create_task(app.state.listener.run())
            try:
                yield
            finally:
                listening.cancel()

    app = FastAPIOffline(redoc_url=None, title="Motcua", version="1", description=DESCRIPTION, lifespan=lifespan)
    handle_problems(app)
    for module in ROUTERS:
        app.include_router(module.router)
    return app
