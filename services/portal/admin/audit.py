"""The audit log: sought, checked whole, taken along."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse

from services.api import audited as api
from services.api.database import Resources, resources_of
from services.portal.admin.frame import FAULTS, Fault, show
from services.wording import all_ids

router = APIRouter(prefix="/quan-tri/nhat-ky")

OurResources = Annotated[Resources, Depends(resources_of)]
ROWS = 50
NEWEST = 2**62
PAGING = ("after", "limit")
DEEDS = tuple(id_.removeprefix("admin.deed_") for id_ in all_ids() if id_.startswith("admin.deed_"))
FILTERS = ("actor", "action", "subject", "from", "to")


@router.get("")
def search(request: Request, resources: OurResources) -> HTMLResponse:
    """Rows newest first, by actor, action, dossier or other subject, and days."""
    return _show(request, resources)


@router.post("/kiem-tra")
def verify(
    request: Request, resources: OurResources, head: Annotated[str, Form(max_length=100)] = ""
) -> HTMLResponse:  # fmt: skip
    """Every hash computed anew, and what came of it."""
    try:
        result = api.verify(api.VerifyIn(head=head), resources)
    except FAULTS as fault:
        return _show(request, resources, fault=fault)
    return _show(request, resources, result=result)


def _show(
    request: Request, resources: Resources, result: dict[str, Any] | None = None, fault: Fault | None = None
) -> HTMLResponse:  # fmt: skip
    asked = {name: request.query_params.get(name, "").strip()[:200] for name in FILTERS}
    first, last = _day(asked["from"]), _day(asked["to"])
    sought = api.sought(asked["actor"], asked["subject"], asked["action"], first, last)
    before = request.query_params.get("before", "")
    found = api.read(resources, sought, before=int(before) if before.isdecimal() else NEWEST, limit=ROWS)["items"]
    kept = {name: value for name, value in asked.items() if value}
    return show(
        request, "audit.html", fault=fault, found=found, asked=asked, deeds=DEEDS, result=result,
        older=urlencode({**kept, "before": found[-1]["id"]}) if len(found) == ROWS else "",
        filters=urlencode(kept), says=_says,
    )  # fmt: skip


def _says(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts of a row that a person reads: lists joined, what is empty left out."""
    shown = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in data.items()}
    shown = {name: value for name, value in shown.items() if name not in PAGING}
    return [(name, str(value)) for name, value in shown.items() if value not in ("", None)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
