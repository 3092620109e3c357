"""Versions of the model that names papers: their cards, the one in use, and the way back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from services.api import kind_models as api
from services.api.database import Resources, resources_of
from services.portal.admin.card import read_blocks
from services.portal.admin.frame import FAULTS, Fault, go, show
from services.storage.objects import StoreAway

router = APIRouter(prefix="/quan-tri/mo-hinh")

OurResources = Annotated[Resources, Depends(resources_of)]
NOTHING = {"versions": [], "in_use": 0, "before": 0, "uses": []}


@router.get("")
def list_all(request: Request, resources: OurResources) -> HTMLResponse:
    """Every version, newest first, and what was in use when."""
    return _show(request, resources)


@router.get("/{number}")
def read(request: Request, number: int, resources: OurResources) -> HTMLResponse:
    """The card of a version."""
    card, told = api.read_card(number, resources), api.list_versions(resources)
    return show(request, "model.html", number=number, blocks=read_blocks(card["card"]), in_use=told["in_use"])


@router.post("/dung")
def use(request: Request, resources: OurResources, number: Annotated[str, Form(max_length=4)] = "") -> Response:
    """Put in use."""
    try:
        api.use(api.UseIn.model_validate({"number": int(number) if number.isdecimal() else number}), resources)
    except FAULTS as fault:
        return _show(request, resources, fault)
    return go("/quan-tri/mo-hinh", "model_used")


@router.post("/quay-lai")
def roll_back(request: Request, resources: OurResources) -> Response:
    """What was in use before is again."""
    try:
        api.roll_back(resources)
    except FAULTS as fault:
        return _show(request, resources, fault)
    return go("/quan-tri/mo-hinh", "model_used")


def _show(request: Request, resources: Resources, fault: Fault | None = None) -> HTMLResponse:
    try:
        told = api.list_versions(resources)
    except StoreAway as away:
        told, fault = dict(NOTHING), away
    return show(request, "models.html", fault=fault, told=told)
