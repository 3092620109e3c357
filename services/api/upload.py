"""Files of a request as files of this machine: streamed, measured and hashed on the way, never whole in memory."""

import hashlib
from collections.abc import Callable, Coroutine, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request, Response, UploadFile
from fastapi.routing import APIRoute

from services.api.problems import Problem
from services.intake.names import safe_name
from services.intake.receive import CHUNK, Upload
from services.settings import MEBIBYTE, Settings
from services.wording import sentence

# boundaries, part headers and the other fields of the form
FORM_BYTES = MEBIBYTE


class MeasuredRoute(APIRoute):
    """A route that refuses by `Content-Length` before a byte of the body is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, behind the measure: a dependency would come after the body was parsed."""
        handle = super().get_route_handler()

        async def measured(request: Request) -> Response:
            check_length(request.headers.get("content-length", ""), request.app.state.resources.settings)
            return await handle(request)

        return measured


def check_length(length: str, settings: Settings) -> None:
    """Let pass what can still be a dossier within the limits; a body of unknown length is measured as it is kept.

    Raises:
        Problem: more bytes than the most files of the largest size.
    """
    limit_mb = settings.max_files * settings.max_file_mb
    if length.isdecimal() and int(length) > limit_mb * MEBIBYTE + FORM_BYTES:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence("api.dossier_too_large", limit_mb=limit_mb))


def keep_uploads(files: Sequence[UploadFile], folder: Path, settings: Settings) -> tuple[Upload, ...]:
    """Write the files of a request into a folder.

    Raises:
        Problem: none, too many, or one that is too large.
    """
    if not files:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.no_files"))
    if len(files) > settings.max_files:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence("api.too_many_files", limit=settings.max_files))
    return tuple(_keep(file, folder / str(number), settings) for number, file in enumerate(files, start=1))


def _keep(file: UploadFile, path: Path, settings: Settings) -> Upload:
    name = safe_name(file.filename or "")
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as kept:
        while piece := file.file.read(CHUNK):
            size += len(piece)
            if size > settings.max_file_mb * MEBIBYTE:
                limit = settings.max_file_mb
                raise Problem(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence("api.file_too_large", file=name, limit_mb=limit)
                )
            digest.update(piece)
            kept.write(piece)
    return Upload(path, name, digest.hexdigest())
