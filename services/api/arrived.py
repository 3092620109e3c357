"""The files of a request, sent with it or in pieces before it, as files of this machine."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import Form, UploadFile

from services import clock
from services.api.database import Resources
from services.api.problems import Problem
from services.api.upload import keep_uploads, too_many_files
from services.intake.receive import Upload, sha256_of
from services.storage.uploads import expire_uploads, find_upload, join_pieces, piece_keys
from services.wording import sentence

STILL_THERE = timedelta(hours=1)
"""After handing in: an answer that was lost is asked for again with the same files."""

Sent = Annotated[list[str], Form(default_factory=list, description="ids of files sent before, in pieces (/v1/uploads)")]


def keep_arrived(
    resources: Resources, files: Sequence[UploadFile], ids: Sequence[str], folder: Path
) -> tuple[Upload, ...]:
    """Write the files of a request into a folder, those sent in pieces after those sent with it.

    Raises:
        Problem: none, too many, too large a file, or one that is unknown or has not arrived whole.
        StoreAway: pieces could not be fetched.
    """
    if not ids:
        return keep_uploads(files, folder, resources.settings)
    if len(files) + len(ids) > resources.settings.max_files:
        raise too_many_files(resources.settings)
    sent = keep_uploads(files, folder, resources.settings) if files else ()
    return (*sent, *(_join(resources, id_, folder / f"sent-{at}") for at, id_ in enumerate(dict.fromkeys(ids))))


def let_go(resources: Resources, ids: Sequence[str]) -> None:
    """The dossier has the files: their pieces are cleaned away after a while."""
    if ids:
        with resources.trusted.connection() as connection:
            expire_uploads(connection, list(ids), clock.now() + STILL_THERE)


def _join(resources: Resources, id_: str, path: Path) -> Upload:
    with resources.trusted.connection() as connection:
        found = find_upload(connection, id_, clock.now())
        if found is None:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.upload_gone"))
        if not found.whole:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.upload_unfinished", file=found.name))
        keys = piece_keys(connection, found)
    join_pieces(resources.objects, keys, path)
    return Upload(path, found.name, sha256_of(path))
