"""`POST /v1/pre-check`: files looked at as one dossier before it is handed in; nothing of them is kept."""

import tempfile
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, UploadFile

from services.api.arrived import keep_arrived
from services.api.database import Resources, resources_of
from services.api.masking import mask_apart, mask_numbers
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.upload import MeasuredRoute
from services.precheck.judge import judge
from services.precheck.read import FileRead, read_file
from services.wording import sentence

router = APIRouter(tags=["dossiers"], route_class=MeasuredRoute)

AT_ONCE = 2
PATIENCE_S = 20.0  # how long a request waits for its turn before it is asked to come again
MOST_PAGES = 40  # of one request: more are read after they are handed in
_turns = BoundedSemaphore(AT_ONCE)


@router.post(
    "/v1/pre-check",
    responses={413: {"model": Problem422}, 422: {"model": Problem422}, 503: {"model": Problem422}},
    summary="Look at a dossier before it is handed in",
)
def pre_check(
    resources: Annotated[Resources, Depends(resources_of)],
    files: Annotated[list[UploadFile], File(default_factory=list, description="the files of one dossier")],
    sent: Annotated[list[str], Form(alias="uploads", default_factory=list, description="files sent before, in pieces")],
    procedure: Annotated[str, Form(description="procedure code, if the applicant knows it")] = "",
    words: Annotated[str, Form(description="what the applicant wants, in their own words", max_length=4000)] = "",
) -> dict[str, Any]:
    """What is missing, what contradicts, what strays; the shape of `motcua pre-check --json`, numbers masked."""
    if not _turns.acquire(timeout=PATIENCE_S):
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence("api.pre_check_busy"))
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-pre-check-") as folder:
            uploads = keep_arrived(resources, files, sent, Path(folder))
            reads = [
                _named(read_file(one.path, at, most_pages=MOST_PAGES), one.name) for at, one in enumerate(uploads, 1)
            ]
    finally:
        _turns.release()
    return _masked(judge(reads, procedure, words))


def _named(read: FileRead, name: str) -> FileRead:
    """The file under the name its owner gave it."""
    return replace(read, path=Path(name), document=replace(read.document, name=name))


def _masked(shape: dict[str, Any]) -> dict[str, Any]:
    """Personal numbers by their last figures, and by those in which two of them differ."""
    for clash in shape["contradictions"]:
        shown = mask_apart(clash["field"], [value["value"] for value in clash["values"]])
        clash["values"] = [value | {"value": mask} for value, mask in zip(clash["values"], shown, strict=True)]
    for document in shape["documents"]:
        document["titles"] = [mask_numbers(title) for title in document["titles"]]
    for finding in shape["findings"]:
        finding |= {said: mask_numbers(finding[said]) for said in ("text_vi", "text_en")}
    return shape
