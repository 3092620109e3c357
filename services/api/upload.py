"""Files of a request as files of this machine: streamed, measured and hashed on the way, never whole in memory."""

import hashlib
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi import UploadFile

from services.api.problems import Problem
from services.intake.names import safe_name
from services.intake.receive import CHUNK, Upload
from services.settings import MEBIBYTE, Settings
from services.wording import sentence


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
