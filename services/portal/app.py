"""The application of one process: the API with the pages on top, and the headers that guard a browser."""

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.app import create_app
from services.portal import (
    board,
    choosing,
    counter,
    desk,
    desk_looks,
    feedback,
    hand_in,
    home,
    index766,
    knowledge,
    leader,
    leader_files,
    leader_rows,
    practice,
    practice_record,
    provider,
    questions,
    sign_in,
    sorting,
    tracking,
)
from services.portal.admin import PAGES as ADMIN_PAGES
from services.portal.errors import show_errors
from services.portal.light import STATIC, Light, style_source
from services.portal.rules import RULES
from services.portal.unit_names import know_units
from services.settings import Settings

PAGES = (
    home,
    hand_in,
    tracking,
    board,
    desk,
    desk_looks,
    sorting,
    choosing,
    counter,
    feedback,
    leader,
    leader_files,
    leader_rows,
    index766,
    questions,
    knowledge,
    practice_record,
    practice,
    sign_in,
    provider,
    *ADMIN_PAGES,
)

# no script but the product's own files, no style but those and the sheet that stands in a page, no frame around a page,
# no form that posts elsewhere
GUARDS = {
    "content-security-policy": f"default-src 'self'; style-src 'self' {style_source()}; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "geolocation=(), microphone=(self), camera=(self)",
}
# the viewer of the OpenAPI document starts itself by a script inside its page
UNGUARDED = ("/docs",)


def create_portal(settings: Settings) -> FastAPI:
    """The API and the pages of one process."""
    app = create_app(settings)
    app.state.rules |= RULES
    for module in PAGES:
        app.include_router(module.router, include_in_schema=False, dependencies=[Depends(know_units)])
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    show_errors(app, GUARDS)
    app.add_middleware(Light)
    app.add_middleware(Guarded)
    return app


class Guarded:
    """ASGI middleware: guarding headers on every answer; it touches no body, so streams stay streams."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, adding the headers to the start of an HTTP answer."""
        if scope["type"] != "http" or scope["path"].startswith(UNGUARDED):
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in GUARDS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded)
