"""Following a dossier: its code and its receipt's key open a page that says what happens now and when it is due."""

from http import HTTPStatus
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.api.database import Resources, resources_of
from services.api.dossiers import read_dossier
from services.api.guard import holder_cookie
from services.portal.render import page_language, render
from services.portal.timeline import timeline_of
from services.storage.receipts import receipt_opens

router = APIRouter()


def remember_holder(response: Response, code: str, key: str) -> None:
    """Let this browser follow the dossier until it is closed."""
    response.set_cookie(holder_cookie(code), key, httponly=True, samesite="strict", path="/")


@router.get("/tra-cuu")
def ask(request: Request, code: str = "") -> HTMLResponse:
    """The form for code and key."""
    return render(request, "tracking_form.html", code=code, refused=False)


@router.post("/tra-cuu")
async def open_dossier(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    code: Annotated[str, Form(max_length=60)] = "",
    key: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """To the dossier's page, or the form again: it does not say which of the two was wrong."""
    code = code.strip().upper()
    async with resources.reading.connection() as connection:
        opens = await receipt_opens(connection, code, key)
    if not opens:
        return render(request, "tracking_form.html", HTTPStatus.FORBIDDEN, code=code, refused=True)
    response = RedirectResponse(f"/ho-so/{code}", HTTPStatus.SEE_OTHER)
    remember_holder(response, code, key.strip().upper())
    return response


@router.get("/ho-so/{code}")
async def follow(request: Request, code: str, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """The dossier as its applicant sees it; without the key it asks for it."""
    async with resources.reading.connection() as connection:
        opens = await receipt_opens(connection, code, request.cookies.get(holder_cookie(code), ""))
    if not opens:
        return RedirectResponse(f"/tra-cuu?code={code}", HTTPStatus.SEE_OTHER)
    dossier: dict[str, Any] = orjson.loads((await read_dossier(code, resources)).body)
    template = "tracking_now.html" if request.headers.get("hx-request") else "tracking.html"
    return render(
        request, template, dossier=dossier, steps=timeline_of(dossier), said=page_language(request),
    )  # fmt: skip
