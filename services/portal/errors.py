"""Errors as pages: what happened in a citizen's words, what to do next, and the headers that guard any page."""

import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlencode

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.access.roles import Permit
from services.api.problems import both
from services.portal import sign_in
from services.portal.render import page_language, render
from services.wording import Language, sentence

UNREADY = ("access.must_change", "access.second_factor_needed", "access.code_needed")
RETRY_S = 30
OF_DESK = re.compile(r"/can-bo/ho-so/(?P<code>[^/]+)/.")
# what a program is told of these is of no use to people
FOR_PEOPLE = {
    "urn:motcua:problem:api.not_found": "portal.said_missing",
    "urn:motcua:problem:api.method": "portal.said_missing",
    "urn:motcua:problem:api.database_away": "portal.said_away",
    "urn:motcua:problem:api.failed": "portal.said_failed",
}
TITLES = {
    HTTPStatus.NOT_FOUND: "error_missing",
    HTTPStatus.METHOD_NOT_ALLOWED: "error_missing",
    HTTPStatus.SERVICE_UNAVAILABLE: "error_away",
    HTTPStatus.INTERNAL_SERVER_ERROR: "error_failed",
}

Handler = Callable[[Request, Exception], Response | Awaitable[Response]]


def show_errors(app: FastAPI, guards: Mapping[str, str]) -> None:
    """Answer every error as a page where a person's browser asked for one; `guards` are headers of every answer."""
    app.exception_handlers.update({kind: _for_people(one, guards) for kind, one in app.exception_handlers.items()})


def _for_people(handler: Callable[..., object], guards: Mapping[str, str]) -> Handler:
    async def shown(request: Request, error: Exception) -> Response:
        made: Any = handler(request, error)
        response: Response = made if isinstance(made, Response) else await made
        if not request.url.path.startswith("/v1/"):
            if "text/html" in request.headers.get("accept", ""):
                response = _page(request, response)
            elif "hx-request" in request.headers:
                response = _worded(response)
        # the answer to an error that nobody foresaw passes no middleware
        for name, value in guards.items():
            response.headers.setdefault(name, value)
        return response

    return shown


def _page(request: Request, response: Response) -> Response:
    status, problem = HTTPStatus(response.status_code), orjson.loads(bytes(response.body))
    if elsewhere := _way_in(request, status, problem["type"]):
        return RedirectResponse(elsewhere, HTTPStatus.SEE_OTHER)
    page = render(
        request, "error.html", status, said=_said(problem, page_language(request)),
        title=TITLES.get(status, "error_title"), missing=TITLES.get(status) == "error_missing",
        dossier=_dossier_of(request), again=status >= HTTPStatus.INTERNAL_SERVER_ERROR and request.method == "GET",
    )  # fmt: skip
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        page.headers["Retry-After"] = str(RETRY_S)
    for name in ("allow", "retry-after", "connection"):
        if name in response.headers:
            page.headers[name] = response.headers[name]
    return page


def _worded(response: Response) -> Response:
    """The problem document for a page's own script, in the words that the page itself would say."""
    problem = orjson.loads(bytes(response.body))
    if not (ours := FOR_PEOPLE.get(problem["type"])):
        return response
    problem["details"] = both(sentence(ours))
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(orjson.dumps(problem), response.status_code, headers)


def _dossier_of(request: Request) -> str:
    """The code of the dossier on the desk that an answer is about; empty where whoever asks may not read it."""
    found = OF_DESK.match(request.url.path)
    principal = getattr(request.state, "principal", None)
    return unquote(found["code"]) if found and principal is not None and principal.may(Permit.READ) else ""


def _said(problem: Mapping[str, Any], language: Language) -> str:
    ours = FOR_PEOPLE.get(problem["type"])
    return sentence(ours).say(language) if ours else str(problem["details"][language])


def _way_in(request: Request, status: int, type_: str) -> str:
    """Where somebody goes who must sign in, or make his account ready; empty when the error is what he should see."""
    if type_.endswith(UNREADY):
        return sign_in.ACCOUNT
    if status == HTTPStatus.UNAUTHORIZED and request.method == "GET":
        return f"/dang-nhap?{urlencode({'next': request.url.path})}"
    return ""
