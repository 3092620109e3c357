"""What makes pages light on a thin line: packed bytes, styles within a page, files that are asked for once."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.guard import SESSION_COOKIE

STATIC = Path(__file__).with_name("static")
LEAST_BYTES = 800
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@cache
def assets_version() -> str:
    """Changes with any byte of the product's own files: an address with it is another file after an update."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


HELD = ("style.css", "desk.css", "sort.css", "admin.css")
"""The sheets that may stand within a page: that of every page, and the small ones of pages of the staff."""


@cache
def style_sheet(name: str = "style.css") -> Markup:
    """A sheet, to stand in a page itself: a visit then waits for one answer, not for two."""
    return Markup((STATIC / name).read_text())  # noqa: S704 - our own file


@cache
def style_source() -> str:
    """The styles within a page that a browser may follow, as `style-src` names them: the digests of their bytes."""
    digests = (hashlib.sha256(style_sheet(name).encode()).digest() for name in HELD)
    return " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)


def holds_styles(headers: Headers) -> bool:
    """Whether a page holds its styles: where it is packed. Who is signed in opens many pages, and keeps the file."""
    return SESSION_COOKIE not in headers.get("cookie", "")


class Light:
    """ASGI middleware: packs pages and static files, and says how long a static file stays true.

    A page of somebody who is signed in holds his secret token and is not packed: the length of packed bytes would tell
    of it (BREACH). Documents, pictures and streams pass as they are.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._packed = GZipMiddleware(app, minimum_size=LEAST_BYTES, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pack what may be packed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"].startswith("/static/"):
            await self._packed(scope, receive, _kept(scope, send))
        elif _is_open_page(scope):
            await self._packed(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_open_page(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    asked = "text/html" in headers.get("accept", "") or "hx-request" in headers
    return asked and not scope["path"].startswith("/v1/") and holds_styles(headers)


def _kept(scope: Scope, send: Send) -> Send:
    versions = parse_qs(scope["query_string"].decode("latin-1")).get("v", [])
    lasts = FOR_EVER if versions == [assets_version()] else ASK_AGAIN

    async def said(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("cache-control", lasts)
        await send(message)

    return said
