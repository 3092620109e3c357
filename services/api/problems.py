"""Errors as RFC 9457 problem documents: a title and detail a person can act on, in the language asked for."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from psycopg import DataError, OperationalError
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from services import clock
from services.api.language import choose_language
from services.dossier.errors import MotcuaError
from services.logs import get_logger
from services.storage.objects import StoreAway, StoreFull
from services.storage.receipts import TooManyTries
from services.wording import Language, Sentence, sentence

log = get_logger(__name__)

PROBLEM = "application/problem+json"
_SAID = {
    HTTPStatus.NOT_FOUND: "api.not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "api.method",
    HTTPStatus.BAD_REQUEST: "api.malformed",
}


class Problem(Exception):
    """An answer that is not what was asked for; `status` is the HTTP status."""

    def __init__(self, status: HTTPStatus, said: Sentence, **extra: object) -> None:
        super().__init__(said.say(Language.EN))
        self.status = status
        self.said = said
        self.extra = extra


def language_of(request: Request) -> Language:
    """The language asked for in the address (`lang`), else the one the reader's browser wants most."""
    return choose_language(request.query_params.get("lang") or request.headers.get("accept-language", ""))


def both(said: Sentence | Mapping[str, Any] | None) -> dict[str, str] | None:
    """A sentence in both languages, from the record or from its row."""
    if said is None:
        return None
    found = said if isinstance(said, Sentence) else Sentence(said["id"], said["params"])
    return {str(language): found.say(language) for language in Language}


def answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem document, with headers the error came with (`Allow` of a 405)."""
    status = problem.status
    body = {
        "type": f"urn:motcua:problem:{problem.said.id}",
        "title": status.phrase,
        "status": int(status),
        "detail": problem.said.say(language_of(request)),
        "details": both(problem.said),
        "instance": request.url.path,
        **problem.extra,
    }
    said = {"Vary": "Accept-Language", **(headers or {})}
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        # the rest of what is too large is not read: the line ends here
        said["Connection"] = "close"
    return Response(orjson.dumps(body), status, said, PROBLEM)


def handle_problems(app: FastAPI) -> None:
    """Make every error of the application a problem document."""
    _handle_database(app)

    @app.exception_handler(TooManyTries)
    async def _too_many(request: Request, error: TooManyTries) -> Response:
        problem = Problem(HTTPStatus.TOO_MANY_REQUESTS, error.sentence)
        return answer(request, problem, {"Retry-After": str(int((error.until - clock.now()).total_seconds()) + 1)})

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        return answer(request, error)

    @app.exception_handler(MotcuaError)
    async def _ours(request: Request, error: MotcuaError) -> Response:
        return answer(request, Problem(_status_of(error), error.sentence))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [{"where": ".".join(str(part) for part in e["loc"]), "what": e["msg"]} for e in error.errors()]
        where = ", ".join(fault["where"] for fault in faults)
        said = sentence("api.invalid", where=where)
        return answer(request, Problem(HTTPStatus.UNPROCESSABLE_ENTITY, said, errors=faults))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        said = sentence(_SAID.get(status, "api.failed"), path=request.url.path)
        return answer(request, Problem(status, said), _headers_of(request, error))

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> Response:
        log.error("api_failed", path=request.url.path, error=type(error).__name__, exc_info=error)
        return answer(request, Problem(HTTPStatus.INTERNAL_SERVER_ERROR, sentence("api.failed")))


def _handle_database(app: FastAPI) -> None:
    @app.exception_handler(OperationalError)
    @app.exception_handler(PoolTimeout)
    async def _away(request: Request, error: Exception) -> Response:
        log.warning("database_away", error=type(error).__name__)
        return answer(request, Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence("api.database_away")))

    @app.exception_handler(DataError)
    async def _unstorable(request: Request, error: DataError) -> Response:
        # a number beyond its column, a character no text may hold: whoever sent it can mend it
        log.warning("value_refused", path=request.scope["route"].path, error=type(error).__name__)
        return answer(request, Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.unstorable")))


def _status_of(error: MotcuaError) -> HTTPStatus:
    if isinstance(error, StoreFull):
        return HTTPStatus.INSUFFICIENT_STORAGE
    if isinstance(error, StoreAway):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _headers_of(request: Request, error: HTTPException) -> Mapping[str, str] | None:
    """A 405 names every method of its address; the framework names those of the first route that has the address."""
    if error.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return error.headers
    among = [route for route in _walk(request.app.routes) if route.matches(request.scope)[0] is not Match.NONE]
    # `/kinds/use` also fits `/kinds/{number}`: the address is the one with the fewest gaps
    named = min((route.path for route in among), key=lambda path: path.count("{"), default="")
    methods = {method for route in among if route.path == named for method in route.methods or ()}
    return {"Allow": ", ".join(sorted(methods))}


def _walk(routes: Sequence[object]) -> Iterator[Route]:
    """Every route, those of included routers too."""
    for route in routes:
        if isinstance(route, Route):
            yield route
        elif inner := getattr(route, "original_router", None):
            yield from _walk(inner.routes)
