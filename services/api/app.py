"""The application: routes, errors, pools, the listener of events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline

from services.api import (
    accounts,
    actions,
    arriving,
    assistant,
    assistant_channels,
    assistant_desk,
    audited,
    calendars,
    catalogue,
    catalogue_import,
    choose_procedure,
    confirm,
    contact,
    derived,
    dossiers,
    events,
    feedback,
    figures,
    forecast,
    forms,
    hand_in,
    health,
    history,
    index766,
    kind_models,
    machine,
    messages,
    national,
    originals,
    practice,
    pre_check,
    preview,
    procedures,
    reveal,
    runs,
    session,
    sort_papers,
    succession,
    supplement,
    tokens,
    units,
    upload_pictures,
    webhooks,
)
from services.api.database import open_resources
from services.api.guard import guard
from services.api.models import Problem422
from services.api.openapi import finish_openapi
from services.api.problems import handle_problems
from services.api.rules import RULES
from services.dossier.errors import CannotProceed
from services.settings import Settings
from services.wording import sentence

ROUTERS = (
    hand_in,
    arriving,
    upload_pictures,
    practice,
    national,
    pre_check,
    dossiers,
    derived,
    originals,
    supplement,
    confirm,
    contact,
    events,
    feedback,
    figures,
    forecast,
    index766,
    procedures,
    catalogue,
    catalogue_import,
    actions,
    preview,
    history,
    succession,
    units,
    calendars,
    runs,
    session,
    sort_papers,
    choose_procedure,
    accounts,
    tokens,
    audited,
    reveal,
    forms,
    health,
    machine,
    kind_models,
    webhooks,
    messages,
    assistant,
    assistant_channels,
    assistant_desk,
)

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

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

    check_open(settings)
    app = FastAPIOffline(
        redoc_url=None, title="Motcua", version="1", description=DESCRIPTION, lifespan=lifespan,
        dependencies=[Depends(guard)], responses={401: {"model": Problem422}, 403: {"model": Problem422}},
    )  # fmt: skip
    app.state.rules = dict(RULES)
    handle_problems(app)
    for module in ROUTERS:
        app.include_router(module.router)
    finish_openapi(app, RULES)
    return app


def check_open(settings: Settings) -> None:
    """Let the open way of development start on this machine alone.

    Raises:
        CannotProceed: it would listen to others.
    """
    if settings.access == "open" and settings.api_host not in LOOPBACK:
        raise CannotProceed(sentence("access.open_needs_loopback", host=settings.api_host))
