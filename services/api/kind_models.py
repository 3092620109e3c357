"""Versions of the model of kinds: what was measured of each, which is in use, and going back."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services.api.audited import note
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.classify.in_use import NAME
from services.storage.models import SHIPPED, ModelShelf
from services.wording import sentence

router = APIRouter(tags=["models"])

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (403, 404, 422)}
OurResources = Annotated[Resources, Depends(resources_of)]


class UseIn(BaseModel):
    """The version; 0 is the one that comes with the product."""

    number: int = Field(ge=0, le=9999, strict=True)


@router.get("/v1/models/kinds", responses=PROBLEMS, summary="Versions of the model of kinds")
def list_versions(resources: OurResources) -> dict[str, Any]:
    """Their numbers, the one in use, and every use so far in its order; 0 comes with the product."""
    shelf = _shelf(resources)
    uses = shelf.uses()
    return {"versions": list(range(shelf.count() + 1)), "in_use": uses[-1], "before": shelf.before(), "uses": uses}


@router.get("/v1/models/kinds/{number}", responses=PROBLEMS, summary="The card of a version")
def read_card(number: int, resources: OurResources) -> dict[str, Any]:
    """What was measured of it, in Markdown; the one that comes with the product has its card in the documentation."""
    shelf = _shelf(resources)
    _check(shelf, number)
    return {"number": number, "card": "" if number == SHIPPED else shelf.card(number)}


@router.post("/v1/models/kinds/use", responses=PROBLEMS, summary="Put a version in use")
def use(asked: UseIn, resources: OurResources) -> dict[str, Any]:
    """Workers take it with their next dossier; what was read stays as it was read."""
    return _use(resources, lambda _: asked.number, "model_used")


@router.post("/v1/models/kinds/roll-back", responses=PROBLEMS, summary="Go back to the version before")
def roll_back(resources: OurResources) -> dict[str, Any]:
    """Puts in use again what was in use before."""
    return _use(resources, ModelShelf.before, "model_rolled_back")


def _use(resources: Resources, choose: Callable[[ModelShelf], int], deed: str) -> dict[str, Any]:
    shelf = _shelf(resources)
    before, number = shelf.in_use(), choose(shelf)
    _check(shelf, number)
    shelf.use(number)
    note(resources, deed, NAME, number=number, before=before)
    return {"in_use": number, "before": before}


def _shelf(resources: Resources) -> ModelShelf:
    return ModelShelf(resources.objects, NAME)


def _check(shelf: ModelShelf, number: int) -> None:
    count = shelf.count()
    if not SHIPPED <= number <= count:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("models.no_version", number=number, count=count))
