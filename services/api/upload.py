"""Files of a request as files of this machine: streamed, measured and hashed on the way, never whole in memory."""

import hashlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request, Response, UploadFile
from fastapi.routing import APIRoute
from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Receive, Scope

from services.api.problems import Problem
from services.intake.names import safe_name
from services.intake.receive import CHUNK, Upload
from services.settings import MEBIBYTE, Settings
from services.wording import sentence

# boundaries, part headers and the other fields of the form
FORM_BYTES = MEBIBYTE


class MeasuredRoute(APIRoute):
    """A route that refuses by `Content-Length` before the body is read, and else as soon as a limit is passed.

    A dependency would come after the body was parsed and lay on disk.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, behind the measure."""
        handle = super().get_route_handler()

        async def measured(request: Request) -> Response:
            settings = request.app.state.resources.settings
            check_length(request.headers.get("content-length", ""), settings)
            try:
                return await handle(MeasuredRequest(request.scope, request.receive, settings))
            except HTTPException as error:
                # FastAPI takes whatever stops the parser for a broken form
                if isinstance(error.__cause__, Problem):
                    raise error.__cause__ from None
                raise

        return measured


class MeasuredRequest(Request):
    """A request whose body is measured while it arrives, as a whole, by file, and by the number of files."""

    def __init__(self, scope: Scope, receive: Receive, settings: Settings) -> None:
        super().__init__(scope, receive)
        self._settings = settings

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body piece by piece.

        Raises:
            Problem: more bytes than the most files of the largest size.
        """
        total = 0
        async for piece in super().stream():
            total += len(piece)
            check_size(total, self._settings)
            yield piece

    async def _get_form(self, **_: object) -> FormData:
        if self._form is None and self.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            try:
                self._form = await MeasuredParser(self.headers, self.stream(), self._settings).parse()
            except MultiPartException as error:
                raise HTTPException(HTTPStatus.BAD_REQUEST, error.message) from error
        return await super()._get_form()


class MeasuredParser(MultiPartParser):
    """Starlette's parser, which stops at the first byte too many."""

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], settings: Settings) -> None:
        super().__init__(headers, stream)
        self._settings = settings
        self._size = self._files = 0

    def on_headers_finished(self) -> None:
        """A part begins.

        Raises:
            Problem: it is one file too many.
        """
        super().on_headers_finished()
        self._size = 0
        if self._current_part.file is not None:
            self._files += 1
            if self._files > self._settings.max_files:
                raise too_many_files(self._settings)

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """A piece of a part.

        Raises:
            Problem: its file is too large.
        """
        file = self._current_part.file
        self._size += end - start
        if file is not None and self._size > self._settings.max_file_mb * MEBIBYTE:
            raise file_too_large(safe_name(file.filename or ""), self._settings)
        super().on_part_data(data, start, end)


def check_length(length: str, settings: Settings) -> None:
    """Let pass a `Content-Length` within the limits, and a body of unknown length, which is measured as it comes.

    Raises:
        Problem: as `check_size`.
    """
    if length.isdecimal():
        check_size(int(length), settings)


def check_size(size: int, settings: Settings) -> None:
    """Let pass what can still be a dossier within the limits.

    Raises:
        Problem: more bytes than the most files of the largest size.
    """
    limit_mb = settings.max_files * settings.max_file_mb
    if size > limit_mb * MEBIBYTE + FORM_BYTES:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence("api.dossier_too_large", limit_mb=limit_mb))


def keep_uploads(files: Sequence[UploadFile], folder: Path, settings: Settings) -> tuple[Upload, ...]:
    """Write the files of a request into a folder.

    Raises:
        Problem: none, too many, or one that is too large.
    """
    if not files:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.no_files"))
    if len(files) > settings.max_files:
        raise too_many_files(settings)
    return tuple(_keep(file, folder / str(number), settings) for number, file in enumerate(files, start=1))


def _keep(file: UploadFile, path: Path, settings: Settings) -> Upload:
    name = safe_name(file.filename or "")
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as kept:
        while piece := file.file.read(CHUNK):
            size += len(piece)
            if size > settings.max_file_mb * MEBIBYTE:
                raise file_too_large(name, settings)
            digest.update(piece)
            kept.write(piece)
    return Upload(path, name, digest.hexdigest())


def too_many_files(settings: Settings) -> Problem:
    """413: more files than one dossier may have."""
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence("api.too_many_files", limit=settings.max_files))


def file_too_large(name: str, settings: Settings) -> Problem:
    """413: a file above the limit, by the name it was sent under."""
    said = sentence("api.file_too_large", file=name, limit_mb=settings.max_file_mb)
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said)
