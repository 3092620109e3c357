"""An officer sorts the pages of a dossier: corrects kinds, splits a file that holds several papers, joins one that fell
apart. Papers that changed are read again on the road; the others keep their fields."""

from collections import Counter
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.models import Problem422
from services.api.problems import Problem
from services.dossier.kinds import PaperKind
from services.pipeline.route import Stage
from services.storage.database import Connection
from services.storage.dossiers import find_dossier, lock_dossier
from services.storage.events import note_event
from services.storage.runs import Subject, count_open, open_again
from services.storage.sorting import Sorted, SortedPaper, pages_of, read_sorted, sort_papers
from services.wording import sentence

router = APIRouter(tags=["dossiers"])

READING = (Stage.INTAKE, Stage.OCR, Stage.CLASSIFY, Stage.EXTRACT)


class PageIn(BaseModel):
    """One page of a file."""

    document: int = Field(ge=1, le=10_000, description="number of the file in the dossier, from 1", examples=[1])
    page: int = Field(ge=1, le=100_000, description="page of the file, from 1", examples=[2])


class PaperIn(BaseModel):
    """One paper: what it is and its pages in order."""

    kind: PaperKind = Field(examples=["birth_certificate"])
    pages: list[PageIn] = Field(min_length=1, max_length=2000)


class SortIn(BaseModel):
    """All papers of the dossier; every page that was read stands in exactly one of them."""

    papers: list[PaperIn] = Field(min_length=1, max_length=500)


class SortedOut(BaseModel):
    """What changed."""

    code: str
    anew: list[int] = Field(description="numbers of papers that are read again", examples=[[3, 4]])
    gone: list[int] = Field(description="numbers of papers that are no more", examples=[[2]])


@router.put(
    "/v1/dossiers/{code}/papers",
    response_model=SortedOut,
    responses={404: {"model": Problem422}, 409: {"model": Problem422}, 422: {"model": Problem422}},
    summary="Correct kinds, split and join papers",
)
def sort(code: str, asked: SortIn, resources: Annotated[Resources, Depends(resources_of)]) -> dict[str, Any]:
    """The dossier's papers as an officer sorts them. A paper of the same pages keeps its number and what was confirmed.

    404 without such a dossier, 409 while the machine is still reading it, 422 unless every page comes exactly once.
    """
    wanted = [SortedPaper(tuple((p.document, p.page) for p in paper.pages), paper.kind) for paper in asked.papers]
    with resources.writing.connection() as connection:
        done = sort_dossier(connection, code, wanted, by=resources.principal.name)
    return {"code": code, "anew": list(done.anew), "gone": list(done.gone)}


def sort_dossier(connection: Connection, code: str, papers: list[SortedPaper], *, by: str) -> Sorted:
    """Sort, and open what has to be read again.

    Raises:
        Problem: 404, 409 or 422.
    """
    found = find_dossier(connection, code)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
    with connection.transaction():
        dossier = lock_dossier(connection, found.id)
        if is_being_read(connection, found.id):
            raise Problem(HTTPStatus.CONFLICT, sentence("api.still_reading", code=code))
        said = Counter(page for paper in papers for page in paper.pages)
        if wrong := _not_once(said, pages_of(connection, found.id)):
            document, page = wrong
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.pages_once", document=document, page=page))
        done = sort_papers(connection, found.id, papers)
        # kept even where nothing changed: he saw them, so a later run of the machine must not sort them otherwise
        if done.after != read_sorted(connection, found.id):
            _note_sorted(connection, found.id, done, by)
        if done.anew or done.gone:
            _read_again(connection, found.id, dossier.lane, done)
    return done


def is_being_read(connection: Connection, dossier_id: int) -> bool:
    """Whether the machine is still reading: what it is about to write cannot be sorted yet.

    A check is no hindrance: it is made anew by what the officer says.
    """
    return count_open(connection, dossier_id, READING) > 0


def _not_once(said: Counter[tuple[int, int]], read: set[tuple[int, int]]) -> tuple[int, int] | None:
    """The first page that is left out, told twice or not there."""
    wrong = [page for page in sorted(said.keys() | read) if said[page] != 1 or page not in read]
    return wrong[0] if wrong else None


def _note_sorted(connection: Connection, dossier_id: int, done: Sorted, by: str) -> None:
    before = [[number, kind, [list(page) for page in pages]] for number, kind, pages in done.before]
    after = [[paper.number, paper.kind.value, [list(page) for page in paper.pages]] for paper in done.after]
    facts = {"by": by, "anew": list(done.anew), "gone": list(done.gone), "before": before, "after": after}
    note_event(connection, dossier_id, clock.now(), "papers_sorted", facts)


def _read_again(connection: Connection, dossier_id: int, lane: str, done: Sorted) -> None:
    """Fields of the papers that changed, or, where papers only went, the check of the whole dossier."""
    stage = Stage.EXTRACT if done.anew else Stage.CHECK
    open_again(connection, dossier_id, lane, stage, [Subject(paper=number) for number in done.anew] or [Subject()])
