"""The audit log: sought, checked whole, taken along."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse

from services.api import audited as api
from services.api.database import Resources, resources_of
from services.portal.admin.frame import FAULTS, Fault, show, speaker
from services.wording import all_ids

router = APIRouter(prefix="/quan-tri/nhat-ky")

OurResources = Annotated[Resources, Depends(resources_of)]
ROWS = 50
NEWEST = 2**62
PAGING = ("after", "limit")
DEEDS = tuple(id_.removeprefix("admin.deed_") for id_ in all_ids() if id_.startswith("admin.deed_"))
KNOWN = frozenset(all_ids())
# what the values of a fact are called by
WORDS = {"roles": "role", "roles_before": "role", "permits": "permit", "kinds": "notice", "parts": "part"}
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
        filters=urlencode(kept), says=_teller(request),
    )  # fmt: skip


def _teller(request: Request) -> Callable[[dict[str, Any]], list[tuple[str, str]]]:
    """Tells the facts of a row in words where there are words for them; what is empty is left out."""
    say = speaker(request)

    def word(area: str, value: object) -> str:
        name = f"{area}_{value}"
        return say(name) if f"admin.{name}" in KNOWN else str(value)

    def told(data: dict[str, Any]) -> list[tuple[str, str]]:
        shown = {name: value for name, value in data.items() if name not in PAGING and value not in ("", None, [])}
        return [
            (word("detail", name), ", ".join(word(WORDS.get(name, ""), one) for one in _listed(value)))
            for name, value in shown.items()
        ]

    return told


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
