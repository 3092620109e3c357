"""`/v1/uploads/{upload}/thumbnail.webp`: whoever sends a file sees at once that it is the right one, and whole."""

import tempfile
from http import HTTPStatus
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from services import clock
from services.api.arrived import keep_arrived
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.files.sniff import media_type_of
from services.files.source import OFFICE, open_pages
from services.ocr.pictures import SMALL_SIDE, webp_of
from services.storage.documents import limits_of
from services.storage.uploads import find_upload
from services.wording import sentence

router = APIRouter(tags=["uploads"])

AT_ONCE = 2
PATIENCE_S = 5.0
"""How long a request waits for its turn; a list without one picture is still a list."""
DRAWN_DPI = 72
KEPT = {"Cache-Control": "private, max-age=3600"}
_turns = BoundedSemaphore(AT_ONCE)


@router.get(
    "/v1/uploads/{upload}/thumbnail.webp", summary="A file that has arrived, as a small picture",
    response_class=Response,
    responses={200: {"content": {"image/webp": {}}}, 404: {"model": Problem422}, 415: {"model": Problem422},
               422: {"model": Problem422}, 503: {"model": Problem422}},
)  # fmt: skip
def show_upload(upload: str, resources: Annotated[Resources, Depends(resources_of)]) -> Response:
    """Its first page upright, at most 320 pixels long; 422 with the reason where it cannot be opened.

    Word files answer 415: laying them out takes longer than a look is worth.
    """
    with resources.trusted.connection() as connection:
        if find_upload(connection, upload, clock.now()) is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.upload_gone"))
    if not _turns.acquire(timeout=PATIENCE_S):
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence("api.pictures_busy"))
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-picture-") as folder:
            (kept,) = keep_arrived(resources, (), [upload], Path(folder))
            return Response(_first_page(kept.path, resources), media_type="image/webp", headers=KEPT)
    finally:
        _turns.release()


def _first_page(path: Path, resources: Resources) -> bytes:
    """The first page as WebP.

    Raises:
        Problem: 415, a Word file.
        MotcuaError: what intake would say of the file.
    """
    media_type = media_type_of(path)
    if media_type in OFFICE:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, sentence("api.no_picture_of_words"))
    with open_pages(path, media_type, limits_of(resources.settings)) as pages:
        return webp_of(pages.image(1, DRAWN_DPI), SMALL_SIDE)
