"""A file of procedures: uploaded, looked at, confirmed."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from services import clock
from services.api import catalogue_import as api
from services.api.database import Resources, resources_of
from services.portal.admin.frame import FAULTS, Fault, go, show

router = APIRouter(prefix="/quan-tri/thu-tuc-nhap")

OurResources = Annotated[Resources, Depends(resources_of)]


@router.get("")
def ask(request: Request) -> HTMLResponse:
    """The form."""
    return _form(request)


@router.post("")
def look(
    request: Request, resources: OurResources, file: Annotated[UploadFile, File()], renew: Annotated[str, Form()] = ""
) -> HTMLResponse:
    """What the file would change; nothing is written yet."""
    try:
        found = api.preview_file(resources, file, renew=bool(renew))
    except FAULTS as fault:
        return _form(request, fault)
    return show(request, "import_preview.html", found=api.tell(found), renew=renew, today=_today())


@router.post("/{digest}")
def confirm(
    request: Request, digest: api.Digest, resources: OurResources, renew: Annotated[str, Form()] = "",
    effective_from: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """The import that was looked at."""
    try:
        asked = api.ConfirmIn.model_validate({"renew": bool(renew), "effective_from": effective_from or None})
        api.confirm(digest, asked, resources)
    except FAULTS as fault:
        return _form(request, fault)
    return go("/quan-tri/thu-tuc", "catalogue_imported")


def _form(request: Request, fault: Fault | None = None) -> HTMLResponse:
    return show(request, "import.html", fault=fault, most_mb=api.MOST_MB)


def _today() -> str:
    return clock.in_vietnam(clock.now()).date().isoformat()
