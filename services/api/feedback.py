"""What citizens say of the service: `POST /v1/dossiers/{code}/feedback`, its list for the desk, its figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field, model_validator

from services import clock
from services.api.database import Resources, resources_of
from services.api.days import Day
from services.api.dossier_view import moment
from services.api.masking import mask_numbers
from services.api.models import Problem422
from services.api.problems import Problem
from services.dossier.errors import Conflict
from services.storage.feedback import (
    FeedbackFilter,
    Kind,
    Said,
    feedback_query,
    keep_feedback,
    mark_read,
    satisfaction_query,
)
from services.wording import sentence

router = APIRouter(tags=["feedback"])

OurResources = Annotated[Resources, Depends(resources_of)]
SATISFIED = 4
"""Stars from which somebody counts as satisfied, as surveys of satisfaction (SIPAS) count the upper two of five."""
STARS = range(1, 6)
PLACES = 4
PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem422} for code in (404, 422)}


class FeedbackIn(BaseModel):
    """A rating (stars, words if wanted) or words of one of the other kinds."""

    kind: Kind = Kind.RATING
    stars: int | None = Field(None, ge=1, le=5, examples=[5], description="with a rating: 1 bad to 5 very good")
    words: str = Field("", max_length=2000)

    @model_validator(mode="after")
    def _whole(self) -> "FeedbackIn":
        if (self.kind is Kind.RATING) != (self.stars is not None):
            raise ValueError("stars go with a rating, and a rating has stars")
        if self.kind is not Kind.RATING and not self.words.strip():
            raise ValueError("words are missing")
        return self


@router.post(
    "/v1/dossiers/{code}/feedback", status_code=HTTPStatus.CREATED, summary="Rate the service, or say something of it",
    responses={**PROBLEMS, 409: {"model": Problem422}},
)  # fmt: skip
def give_feedback(code: str, asked: FeedbackIn, resources: OurResources) -> dict[str, Any]:
    """By whoever holds the receipt: stars once, after the result; words at any time."""
    if resources.principal.way not in {"receipt", "local"}:
        raise Problem(HTTPStatus.FORBIDDEN, sentence("feedback.holder_only"))
    said = Said(asked.kind, asked.words.strip(), asked.stars)
    try:
        with resources.writing.connection() as connection:
            made = keep_feedback(connection, code, said, clock.now())
    except Conflict as error:
        raise Problem(HTTPStatus.CONFLICT, error.sentence) from error
    if made is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    return {"id": made, "code": code, "kind": asked.kind, "stars": asked.stars}


def chosen_of(
    unit: str | None = None,
    kind: Kind | None = None,
    stars: Annotated[int | None, Query(ge=1, le=5)] = None,
    unread: bool = False,
    first_day: Annotated[Day | None, Query(alias="from")] = None,
    last_day: Annotated[Day | None, Query(alias="to", description="included")] = None,
    before: Annotated[int | None, Query(ge=0, description="id of the last one seen")] = None,
) -> FeedbackFilter:
    """What pieces a request is about."""
    return FeedbackFilter(unit, kind, stars, unread, *clock.moments_of(first_day, last_day), before)


Chosen = Annotated[FeedbackFilter, Depends(chosen_of)]


@router.get("/v1/feedback", responses=PROBLEMS, summary="What citizens said")
async def list_feedback(
    resources: OurResources, chosen: Chosen, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Newest first; numbers of persons inside the words are masked."""
    async with resources.reading.connection() as connection:
        rows = await (await connection.execute(*feedback_query(chosen, limit + 1))).fetchall()
    shown = [_tell(row) for row in rows[:limit]]
    return {"items": shown, "next": shown[-1]["id"] if len(rows) > limit else None}


@router.post("/v1/feedback/{entry}/read", responses=PROBLEMS, summary="Mark feedback as read")
def read_feedback(entry: int, resources: OurResources) -> dict[str, Any]:
    """Who was first and when stays."""
    with resources.writing.connection() as connection:
        found = mark_read(connection, entry, by=resources.principal.name, at=clock.now())
    if not found:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("feedback.none"))
    return {"id": entry, "read": True}


@router.get("/v1/satisfaction", responses=PROBLEMS, summary="How satisfied citizens are")
async def read_satisfaction(resources: OurResources, chosen: Chosen) -> dict[str, Any]:
    """By unit and as a whole: ratings by stars, the share satisfied (4 or 5 of 5), words by kind, lists behind each."""
    async with resources.reading.connection() as connection:
        rows = await (await connection.execute(*satisfaction_query(chosen))).fetchall()
    groups: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row)
    now = moment(clock.now())
    return {"at": now, "total": _count("", rows), "groups": [_count(unit, found) for unit, found in groups.items()]}


def _count(unit: str, rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    stars, kinds = dict.fromkeys(map(str, STARS), 0), dict.fromkeys(map(str, Kind), 0)
    for _, kind, star, count in rows:
        kinds[kind] += count
        if star is not None:
            stars[str(star)] += count
    ratings = sum(stars.values())
    good = sum(count for star, count in stars.items() if int(star) >= SATISFIED)
    return {
        "group": unit, "ratings": ratings, "satisfied": good,
        "rate": round(good / ratings, PLACES) if ratings else None,
        "stars": stars, "kinds": kinds,
        "list": "/v1/feedback" + (f"?{urlencode({'unit': unit})}" if unit else ""),
    }  # fmt: skip


def _tell(row: Sequence[Any]) -> dict[str, Any]:
    id_, code, unit, procedure, kind, stars, words, at, read_at, read_by = row
    return {
        "id": id_, "code": code, "unit": unit, "procedure_name": procedure, "kind": kind, "stars": stars,
        "words": mask_numbers(words), "at": moment(at), "read_at": moment(read_at), "read_by": read_by,
    }  # fmt: skip
