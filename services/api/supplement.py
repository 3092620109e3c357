"""`POST /v1/dossiers/{code}/documents`: more papers for a dossier that is under way."""

import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, UploadFile
from pydantic import BaseModel, Field

from services import clock
from services.api.arrived import Sent, keep_arrived, let_go
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.api.upload import MeasuredRoute
from services.intake.receive import store_uploads
from services.intake.supplement import supplement_dossier
from services.wording import sentence

router = APIRouter(tags=["dossiers"], route_class=MeasuredRoute)


class AddedOut(BaseModel):
    """What was added."""

    code: str = Field(examples=["H37.00-261125-0001"])
    documents: list[int] = Field(examples=[[3, 4]], description="numbers of the new documents")
    duplicates: list[str] = Field(examples=[[]], description="files the dossier had already; not kept again")


@router.post(
    "/v1/dossiers/{code}/documents",
    status_code=HTTPStatus.CREATED,
    response_model=AddedOut,
    responses={404: {"model": Problem422}, 413: {"model": Problem422}, 422: {"model": Problem422}},
    summary="Add papers to a dossier",
)
def add_papers(
    code: str,
    resources: Annotated[Resources, Depends(resources_of)],
    files: Annotated[list[UploadFile], File(default_factory=list, description="1 to 50 files with those it has")],
    uploads: Sent,
) -> dict[str, Any]:
    """By whoever holds the receipt, or an officer; the dossier is read anew with them."""
    settings, now = resources.settings, clock.now()
    with tempfile.TemporaryDirectory(prefix="motcua-upload-") as folder:
        arrived = keep_arrived(resources, files, uploads, Path(folder))
        documents, twice = store_uploads(resources.objects, arrived, now)
    with resources.writing.connection() as connection:
        added = supplement_dossier(
            connection, code, documents, most=settings.max_files, at=now,
            by_officer=resources.principal.way == "session",
        )  # fmt: skip
    if added is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    let_go(resources, uploads)
    return {"code": code, "documents": list(added.numbers), "duplicates": [*twice, *added.duplicates]}
