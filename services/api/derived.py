"""What was made from a document: its pages as pictures."""

import tempfile
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.storage.derived import PictureSize, picture_key
from services.storage.documents import FIND_KEY
from services.storage.objects import ObjectStore
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
    return Response(data, media_type="image/webp", headers=headers)


def _fetch(store: ObjectStore, key: str) -> bytes | None:
    if not store.exists(key):
        return None
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        path = FilePath(folder) / "object"
        store.get(key, path)
        return path.read_bytes()
