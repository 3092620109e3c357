"""Rating the service on the dossier's page, and what citizens said on a page of the desk."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from services import clock
from services.api import feedback as api
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.dossier.errors import Refused
from services.portal.render import render
from services.storage.feedback import FeedbackFilter, Kind
from services.wording import sentence

router = APIRouter()

OurResources = Annotated[Resources, Depends(resources_of)]


@router.post("/ho-so/{code}/danh-gia")
def rate(
    code: str,
    resources: OurResources,
    kind: Annotated[str, Form()] = "rating",
    stars: Annotated[str, Form()] = "",
    words: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Stars or words of whoever holds the receipt; back to the dossier's page."""
    try:
        asked = api.FeedbackIn.model_validate({"kind": kind, "stars": stars or None, "words": words})
    except ValidationError as error:
        raise Refused(sentence("portal.feedback_unfinished")) from error
    api.give_feedback(code, asked, resources)
    return RedirectResponse(f"/ho-so/{code}?da-gui={kind}#danh-gia", 303)


@router.get("/can-bo/gop-y")
async def heard(
    request: Request, resources: OurResources, unit: str = "", kind: str = "", stars: str = "", unread: bool = False,
    before: int | None = None, first_day: Annotated[Day | None, Query(alias="from")] = None,
) -> HTMLResponse:  # fmt: skip
    """What citizens said, newest first, with how satisfied they are."""
    since, _ = clock.moments_of(first_day, None)
    chosen = FeedbackFilter(
        unit or None, Kind(kind) if kind in set(Kind) else None,
        int(stars) if stars in set(map(str, api.STARS)) else None, unread, since, before=before,
    )  # fmt: skip
    found = await api.list_feedback(resources, chosen, 50)
    figures = await api.read_satisfaction(resources, FeedbackFilter(unit or None, since=since))
    kept: dict[str, Any] = {
        "unit": unit,
        "kind": kind,
        "stars": stars,
        "unread": str(unread).lower(),
        **({"from": str(first_day)} if first_day else {}),
    }
    return render(
        request, "feedback.html", found=found, figures=figures, kinds=list(Kind), kept=kept, unit=unit, kind=kind,
        stars=stars, unread=unread,
    )  # fmt: skip


@router.post("/can-bo/gop-y/{entry}/da-doc")
def read(entry: int, resources: OurResources) -> Response:
    """Read: it is no longer among the new ones."""
    api.read_feedback(entry, resources)
    return RedirectResponse("/can-bo/gop-y", 303)
