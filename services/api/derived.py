"""What was made from a document: its pages as pictures, and all of it as a searchable PDF."""

import tempfile
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from services.api.audited import note, note_soon
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.dossier.errors import CannotProceed, Refused
from services.storage.derived import PictureSize, picture_key
from services.storage.documents import FIND_KEY, fetch_document, find_dossier, limits_of
from services.storage.objects import ObjectStore
from services.storage.papers import read_documents
from services.storage.searchable import searchable_of
from services.wording import sentence

router = APIRouter(tags=["dossiers"])

UNCHANGING = {"Cache-Control": "private, max-age=604800, immutable"}
"""An object is written once, so a browser may keep it; `private`: no proxy may."""

Number = Annotated[int, Path(ge=1)]
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {"image/webp": {}}}, 404: {"model": Problem422}}


@router.get(
    "/v1/dossiers/{code}/documents/{number}/pages/{page}.webp",
    responses=_ANSWERS,
    response_class=Response,
    summary="A page as a picture",
)
async def show_page(
    code: str, number: Number, page: Number, request: Request, resources: Annotated[Resources, Depends(resources_of)]
) -> Response:
    """Upright, at most 1600 pixels long; boxes of fields are fractions of it."""
    return await _picture(resources, request, code, number, page, PictureSize.PAGE)


@router.get(
    "/v1/dossiers/{code}/documents/{number}/pages/{page}/thumbnail.webp",
    responses=_ANSWERS,
    response_class=Response,
    summary="A page as a small picture",
)
async def show_thumbnail(
    code: str, number: Number, page: Number, request: Request, resources: Annotated[Resources, Depends(resources_of)]
) -> Response:
    """The same, at most 320 pixels long."""
    return await _picture(resources, request, code, number, page, PictureSize.THUMBNAIL)


@router.get(
    "/v1/dossiers/{code}/documents/{number}/searchable.pdf",
    responses={200: {"content": {"application/pdf": {}}}, 404: {"model": Problem422}, 409: {"model": Problem422}},
    response_class=Response,
    summary="A document as a searchable PDF",
)
def show_searchable(
    code: str, number: Number, resources: Annotated[Resources, Depends(resources_of)], *, archive: bool = False
) -> Response:
    """Pages as they came with the words that were read laid over them unseen; `archive`: as PDF/A-2b."""
    with resources.writing.connection() as connection:
        found = find_dossier(connection, code)
        document = next((one for one in read_documents(connection, found or 0) if one.number == number), None)
    if found is None or document is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_document", code=code, document=number))
    if not document.pages:
        raise Problem(HTTPStatus.CONFLICT, sentence("api.not_read_yet", code=code, document=number))
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        with resources.writing.connection() as connection:
            fetched = fetch_document(connection, resources.objects, found, number, FilePath(folder))
        try:
            limits = limits_of(resources.settings)
            path = searchable_of(fetched, document.pages, resources.objects, limits, archive=archive)
        except (CannotProceed, Refused) as error:
            raise Problem(HTTPStatus.CONFLICT, error.sentence) from error
        note(resources, "document_seen", code, document=number)
        return Response(path.read_bytes(), media_type="application/pdf")


async def _picture(
    resources: Resources, request: Request, code: str, number: int, page: int, size: PictureSize
) -> Response:
    async with resources.reading.connection() as connection:
        row = await (await connection.execute(FIND_KEY, (code, number))).fetchone()
    key = picture_key(row[0], page, size) if row else ""
    headers = UNCHANGING | {"ETag": f'"{key}"'}
    if row and request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    data = await run_in_threadpool(_fetch, resources.objects, key) if row else None
    if data is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_page_picture", code=code, document=number, page=page))
    if size is PictureSize.PAGE:
        await note_soon(resources, "page_seen", code, document=number, page=page)
    return Response(data, media_type="image/webp", headers=headers)


def _fetch(store: ObjectStore, key: str) -> bytes | None:
    if not store.exists(key):
        return None
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        path = FilePath(folder) / "object"
        store.get(key, path)
        return path.read_bytes()
