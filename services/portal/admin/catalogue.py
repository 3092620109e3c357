"""The catalogue: every procedure with its versions, a new version by hand with a preview, its end."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from services import clock
from services.api import catalogue as api
from services.api.database import Resources, resources_of
from services.catalogue.differences import PARTS
from services.catalogue.facts import Fact
from services.catalogue.procedure import CopyKind, Level
from services.portal.admin.frame import FAULTS, Fault, go, show
from services.portal.admin.procedure_form import SPARE, fill_form, keep_typed, kind_names, read_version
from services.portal.admin.procedure_lines import lay_side_by_side, lines_of
from services.portal.render import page_language

router = APIRouter(prefix="/quan-tri/thu-tuc")

OurResources = Annotated[Resources, Depends(resources_of)]
Text = Annotated[str, Form()]
ROWS = 50


@router.get("")
def list_all(
    request: Request, resources: OurResources, q: Annotated[str, Query(max_length=200)] = "", field: str = "",
    after: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:  # fmt: skip
    """Search and field, then the rows."""
    found = api.list_all(resources, q=q, field=field, limit=ROWS, offset=after)
    return show(request, "catalogue.html", found=found, q=q, field=field, after=after, rows=ROWS)


@router.get("/{code}")
def read(request: Request, code: str, resources: OurResources) -> HTMLResponse:
    """One procedure: its versions with their dates and dossiers, what each changed, and the newest whole."""
    return _one(request, resources, code)


@router.get("/{code}/so-sanh")
def compare(
    request: Request, code: str, resources: OurResources, old: api.Version, new: api.Version
) -> HTMLResponse:  # fmt: skip
    """Two versions side by side: what each says that the other does not."""
    language = page_language(request)
    with resources.writing.connection() as connection:
        versions = api.existing_versions(connection, code)
        before, after = (api.existing_version(connection, code, version) for version in (old, new))
    return show(
        request, "procedure_compare.html", versions=versions, old=before, new=after,
        changes=lay_side_by_side(before, after, language),
    )  # fmt: skip


@router.get("/{code}/sua")
def ask(request: Request, code: str, resources: OurResources, like: api.Version | None = None) -> HTMLResponse:
    """The form of a new version, filled with what the newest says, or with an earlier one that is to hold again."""
    with resources.writing.connection() as connection:
        newest = api.existing_versions(connection, code)[0]
        wanted = newest if like is None else api.existing_version(connection, code, like)
    today = clock.in_vietnam(clock.now()).date()
    return _form(request, code, fill_form(wanted, today), newest.name_vi)


@router.post("/{code}/xem-truoc")
async def preview(request: Request, code: str, resources: OurResources) -> HTMLResponse:
    """What the new version would change, and its confirmation."""
    sent = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_preview, request, code, resources, sent)


@router.post("/{code}/phien-ban")
def add(request: Request, code: str, resources: OurResources, version: Text = "") -> Response:
    """The version that was previewed."""
    try:
        api.add_version(code, api.VersionIn.model_validate_json(version), resources)
    except FAULTS as fault:
        return _one(request, resources, code, fault)
    return go(f"/quan-tri/thu-tuc/{code}", "procedure_renewed")


@router.post("/{code}/het-hieu-luc")
def end(request: Request, code: str, resources: OurResources, on: Text = "", reason: Text = "") -> Response:
    """No longer offered after a day."""
    try:
        api.end(code, api.EndIn.model_validate({"on": on, "reason": reason.strip()}), resources)
    except FAULTS as fault:
        return _one(request, resources, code, fault)
    return go(f"/quan-tri/thu-tuc/{code}", "procedure_ended")


def _preview(request: Request, code: str, resources: Resources, sent: dict[str, str]) -> HTMLResponse:
    try:
        asked = read_version(sent)
        planned = api.plan_version(code, asked, resources)
    except FAULTS as fault:
        return _form(request, code, keep_typed(sent), sent.get("name_vi", ""), fault)
    return show(
        request, "procedure_preview.html", planned=planned, asked=asked, version=asked.model_dump_json(),
        changes=lay_side_by_side(planned.old, planned.new, page_language(request)),
    )  # fmt: skip


def _form(
    request: Request, code: str, values: dict[str, Any], heading: str, fault: Fault | None = None
) -> HTMLResponse:  # fmt: skip
    return show(
        request, "procedure_edit.html", fault=fault, code=code, values=values, name=heading, spare=SPARE,
        levels=list(Level), copies=list(CopyKind), facts=list(Fact), kinds=kind_names(page_language(request)),
    )  # fmt: skip


def _one(request: Request, resources: Resources, code: str, fault: Fault | None = None) -> HTMLResponse:
    told, language = api.read(code, resources), page_language(request)
    with resources.writing.connection() as connection:
        versions = api.existing_versions(connection, code)
    pairs = zip(versions[1:], versions, strict=False)
    return show(
        request, "procedure.html", fault=fault, told=told["versions"], newest=versions[0],
        changes=[lay_side_by_side(old, new, language) for old, new in pairs],
        lines=[(part, lines) for part in PARTS if (lines := lines_of(versions[0], part, language))],
        today=clock.in_vietnam(clock.now()).date(),
    )  # fmt: skip
