"""The file as its owner sent it, for whoever must look at what the machine could not open."""

import tempfile
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Response

from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.storage.documents import fetch_document, find_dossier
from services.wording import sentence

router = APIRouter(tags=["dossiers"])

ANY_BYTES = "application/octet-stream"


@router.get(
    "/v1/dossiers/{code}/documents/{number}/original",
    responses={200: {"content": {ANY_BYTES: {}}}, 404: {"model": Problem422}},
    response_class=Response,
    summary="A file as it was sent",
)
def send_original(
    code: str, number: Annotated[int, Path(ge=1)], resources: Annotated[Resources, Depends(resources_of)]
) -> Response:
    """The untouched bytes, to be saved and never shown in place: nobody has said yet that they are harmless."""
    with resources.writing.connection() as connection, tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        dossier = find_dossier(connection, code)
        try:
            found = fetch_document(connection, resources.objects, dossier or 0, number, FilePath(folder))
        except LookupError:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_document", code=code, document=number)) from None
        body = found.path.read_bytes()
    note(resources, "document_seen", code, document=number)
    # RFC 6266 with RFC 8187: the name in any letters
    named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
    return Response(body, media_type=ANY_BYTES, headers=named | {"X-Content-Type-Options": "nosniff"})
