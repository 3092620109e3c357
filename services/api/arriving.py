"""`/v1/uploads`: files that come in pieces over a bad line, as tus 1.0.0 (https://tus.io/protocols/resumable-upload).

The core protocol with its extensions creation, expiration and termination. What arrived before a line broke counts.
"""

import base64
import binascii
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from services import clock
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.upload import file_too_large
from services.dossier.errors import Refused
from services.intake.names import safe_name
from services.settings import MEBIBYTE, Settings
from services.storage.uploads import (
    Arriving,
    Room,
    announce_upload,
    count_piece,
    expire_uploads,
    find_upload,
    open_piece,
)
from services.wording import sentence

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
DOSSIERS_FROM_ONE_ADDRESS = 8
"""As many full dossiers may be on their way from one address: an office and its visitors share one."""


def speak_tus(request: Request, tus_resumable: Annotated[str, Header(examples=[VERSION])] = VERSION) -> None:
    """Let pass who speaks this version.

    Raises:
        Problem: 412, he speaks another, or does not say.
    """
    if tus_resumable != VERSION or "tus-resumable" not in request.headers:
        raise Problem(HTTPStatus.PRECONDITION_FAILED, sentence("api.upload_protocol"))


router = APIRouter(tags=["uploads"])
Speaks = Depends(speak_tus)
OurResources = Annotated[Resources, Depends(resources_of)]
_NONE: dict[int | str, dict[str, Any]] = {404: {"model": Problem422}, 412: {"model": Problem422}}


@router.options("/v1/uploads", status_code=HTTPStatus.NO_CONTENT, summary="What uploads may be")
def tell_limits(resources: OurResources) -> Response:
    """The version, its extensions and the largest file, in headers."""
    most = str(resources.settings.max_file_mb * MEBIBYTE)
    return _say({"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,termination", "Tus-Max-Size": most})


@router.post(
    "/v1/uploads", status_code=HTTPStatus.CREATED, response_class=Response, dependencies=[Speaks],
    summary="Announce a file in pieces",
    responses={412: {"model": Problem422}, 413: {"model": Problem422}, 429: {"model": Problem422}},
)  # fmt: skip
def announce(
    resources: OurResources,
    upload_length: Annotated[int, Header(ge=0, description="bytes of the whole file")],
    upload_metadata: Annotated[str, Header(max_length=2000, description="`filename` and its name in base64")] = "",
) -> Response:
    """`Location` is where its pieces go; the last part of it stands for the file when the dossier is handed in."""
    settings, now = resources.settings, clock.now()
    name = safe_name(_filename(upload_metadata))
    if upload_length > settings.max_file_mb * MEBIBYTE:
        raise file_too_large(name, settings)
    room = Room(settings.max_files * DOSSIERS_FROM_ONE_ADDRESS, settings.upload_room_gb * 1024 * MEBIBYTE)
    try:
        with resources.trusted.connection() as connection:
            made = announce_upload(
                connection, name=name, size=upload_length, address=resources.address, room=room, now=now,
                expires_at=_end(settings, now),
            )  # fmt: skip
    except Refused as error:
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, error.sentence) from error
    return _say({"Location": f"/v1/uploads/{made.id}"} | _expires(made.expires_at), HTTPStatus.CREATED)


@router.head("/v1/uploads/{upload}", dependencies=[Speaks], responses={**_NONE}, summary="How far a file has arrived")
def tell_offset(upload: str, resources: OurResources) -> Response:
    """`Upload-Offset` of `Upload-Length` bytes."""
    found = _find(resources, upload)
    told = {
        "Upload-Offset": str(found.received),
        "Upload-Length": str(found.size),
        "Cache-Control": "no-store",
        "Upload-Metadata": f"filename {base64.b64encode(found.name.encode()).decode()}",
    }
    return _say(told | _expires(found.expires_at), HTTPStatus.OK)


@router.patch(
    "/v1/uploads/{upload}", status_code=HTTPStatus.NO_CONTENT, dependencies=[Speaks], summary="Send a piece of a file",
    responses={**_NONE, 409: {"model": Problem422}, 413: {"model": Problem422}, 415: {"model": Problem422}},
)  # fmt: skip
async def take_piece(
    upload: str,
    request: Request,
    resources: OurResources,
    upload_offset: Annotated[int, Header(ge=0, description="where in the file the piece begins")],
) -> Response:
    """The bytes from the offset on, as many as the line lets through."""
    if request.headers.get("content-type", "") != PIECE:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, sentence("api.upload_protocol"))
    found = await run_in_threadpool(_find, resources, upload)
    if upload_offset != found.received:
        raise Problem(HTTPStatus.CONFLICT, sentence("api.upload_offset"))
    with tempfile.TemporaryDirectory(prefix="motcua-piece-") as folder:
        path = Path(folder) / "piece"
        await _spool(request, path, found, resources.settings)
        now = clock.now()
        received = await run_in_threadpool(_keep, resources, found, path, _end(resources.settings, now))
    if received is None:
        raise Problem(HTTPStatus.CONFLICT, sentence("api.upload_offset"))
    return _say({"Upload-Offset": str(received)} | _expires(_end(resources.settings, now)))


@router.delete(
    "/v1/uploads/{upload}", status_code=HTTPStatus.NO_CONTENT, dependencies=[Speaks], responses={**_NONE},
    summary="Take a file back that was not handed in",
)  # fmt: skip
def take_back(upload: str, resources: OurResources) -> Response:
    """Nobody waits for it any more; its bytes are cleaned away."""
    found = _find(resources, upload)
    with resources.trusted.connection() as connection:
        expire_uploads(connection, [found.id], clock.now())
    return _say({})


async def _spool(request: Request, path: Path, found: Arriving, settings: Settings) -> None:
    """The body on this machine, up to where the line broke.

    Raises:
        Problem: 413, it is longer than what was announced.
    """
    left = found.size - found.received
    try:
        with path.open("wb") as kept:
            async for piece in request.stream():
                left -= len(piece)
                if left < 0:
                    raise file_too_large(found.name, settings)
                kept.write(piece)
    except ClientDisconnect:
        return


def _keep(resources: Resources, found: Arriving, path: Path, expires_at: datetime) -> int | None:
    """No connection is held while the store works."""
    if not (size := path.stat().st_size):
        return found.received
    with resources.trusted.connection() as connection:
        key = open_piece(connection, found)
    resources.objects.put(key, path)
    with resources.trusted.connection() as connection:
        return count_piece(connection, found, key, size, expires_at)


def _find(resources: Resources, id_: str) -> Arriving:
    with resources.trusted.connection() as connection:
        found = find_upload(connection, id_, clock.now())
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.upload_gone"))
    return found


def _filename(metadata: str) -> str:
    """The name among `key base64,key base64`.

    Raises:
        Problem: 400, it is not base64 of UTF-8.
    """
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata.split(","))
    try:
        return base64.b64decode(pairs.get("filename", ""), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Problem(HTTPStatus.BAD_REQUEST, sentence("api.upload_protocol")) from error


def _end(settings: Settings, now: datetime) -> datetime:
    return now + timedelta(hours=settings.upload_hours)


def _expires(at: datetime) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(at.astimezone(UTC), usegmt=True)}


def _say(headers: Mapping[str, str], status: HTTPStatus = HTTPStatus.NO_CONTENT) -> Response:
    return Response(status_code=status, headers={"Tus-Resumable": VERSION, **headers})
