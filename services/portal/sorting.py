"""The officer sorts the pages of a dossier: kinds corrected, a file split into its papers, papers joined.

Each page says which paper it belongs to, each paper says what it is: plain boxes of a form, so that it works without a
script; with one, pages are dragged, split off and joined by a key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.api.database import Resources, resources_of
from services.api.problems import Problem
from services.api.sort_papers import is_being_read, sort_dossier
from services.dossier.kinds import PaperKind
from services.dossier.naming import name_kind
from services.dossier.paper import Paper
from services.portal.render import page_language, render
from services.storage.database import Connection
from services.storage.dossiers import find_dossier
from services.storage.papers import page_sizes, read_papers
from services.storage.sorting import PageKey, SortedPaper
from services.wording import Language, sentence

router = APIRouter(prefix="/can-bo")
OurResources = Annotated[Resources, Depends(resources_of)]
SPARE = 6
"""Empty papers on the page for whoever has no script: as many may be split off at once."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the dossier on the sorting page."""

    document: int
    page: int
    file: str
    width: int
    height: int

    @property
    def box(self) -> str:
        """The name of its box in the form."""
        return f"p{self.document}-{self.page}"


@dataclass(frozen=True, slots=True)
class Pile:
    """One paper as it is, or as the officer has just sorted it; `kind` empty where nobody knows."""

    number: int
    kind: str
    sheets: tuple[Sheet, ...]
    percent: int = 0
    guesses: tuple[tuple[str, int], ...] = ()
    title: str = ""


@router.get("/ho-so/{code}/giay-to")
def show(request: Request, code: str, resources: OurResources) -> Response:
    """The pages in the papers they lie in now; a page that waits asks again until the machine has read them."""
    if request.headers.get("hx-request"):
        return answer_waiting(code, resources, f"/can-bo/ho-so/{code}/giay-to")
    return _show(request, code, resources)


def answer_waiting(code: str, resources: Resources, address: str) -> Response:
    """Nothing while the machine is still reading; then the page is opened anew, for its papers may be others."""
    with resources.writing.connection() as connection:
        found = find_dossier(connection, code)
        if found is not None and is_being_read(connection, found.id):
            return Response(status_code=HTTPStatus.NO_CONTENT)
    return Response(headers={"HX-Redirect": address})


@router.post("/ho-so/{code}/giay-to")
async def save(request: Request, code: str, resources: OurResources) -> Response:
    """Sorted, and read again where it must be; or the same page with what was chosen and what is wrong with it."""
    sent = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_save, request, code, resources, sent)


def _save(request: Request, code: str, resources: Resources, sent: Mapping[str, str]) -> Response:
    try:
        with resources.writing.connection() as connection:
            sort_dossier(connection, code, read_sorting(sent), by=resources.principal.name)
    except Problem as problem:
        if problem.status is HTTPStatus.NOT_FOUND:
            raise
        return _show(request, code, resources, sent=sent, problem=problem)
    return RedirectResponse(f"/can-bo/ho-so/{code}", HTTPStatus.SEE_OTHER)


def read_sorting(sent: Mapping[str, str]) -> list[SortedPaper]:
    """The papers as the form tells of them: `p<document>-<page>` is a paper's number, `k<number>` its kind.

    Raises:
        Problem: 422, a box is spoilt, or nobody has said what a paper is.
    """
    piles: dict[int, list[PageKey]] = {}
    try:
        for name, value in sent.items():
            if name.startswith("p"):
                document, _, page = name[1:].partition("-")
                piles.setdefault(int(value), []).append((int(document), int(page)))
    except ValueError:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("api.invalid", where=name)) from None
    found = [
        SortedPaper(tuple(sorted(pages)), _kind(sent.get(f"k{number}", ""), number)) for number, pages in piles.items()
    ]
    return sorted(found, key=lambda paper: paper.pages)


def _kind(value: str, number: int) -> PaperKind:
    try:
        return PaperKind(value)
    except ValueError:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence("portal.sort_no_kind", number=number)) from None


def _show(
    request: Request, code: str, resources: Resources, *, sent: Mapping[str, str] | None = None,
    problem: Problem | None = None,
) -> HTMLResponse:  # fmt: skip
    language = page_language(request)
    with resources.writing.connection() as connection:
        found = find_dossier(connection, code)
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, sentence("api.no_dossier", code=code))
        piles, loose = _piles(connection, found.id)
        busy = is_being_read(connection, found.id)
    if sent is not None:
        piles = _as_sent(piles, loose, sent)
    elif loose:
        piles = [*piles, Pile(_after(piles), "", tuple(loose))]
    first = _after(piles)
    most = sum(len(pile.sheets) for pile in piles) - len([pile for pile in piles if pile.sheets])
    spares = [Pile(number, "", ()) for number in range(first, first + min(most, SPARE))]
    return render(
        request, "desk_sort.html", problem.status if problem else HTTPStatus.OK, code=code, piles=[*piles, *spares],
        kinds=_kinds(language), said=problem.said.say(language) if problem else "", busy=busy,
    )  # fmt: skip


def _after(piles: Sequence[Pile]) -> int:
    return max((pile.number for pile in piles), default=0) + 1


def _piles(connection: Connection, dossier_id: int) -> tuple[list[Pile], list[Sheet]]:
    """The papers with their pages, and pages that lie in none."""
    sheets = {(row[0], row[1]): Sheet(*row) for row in page_sizes(connection, dossier_id)}
    piles = []
    for read in read_papers(connection, dossier_id):
        inside = [sheets.pop((ref.document, ref.page), None) for ref in read.paper.pages]
        piles.append(_pile(read.paper, tuple(sheet for sheet in inside if sheet)))
    return piles, list(sheets.values())


def _pile(paper: Paper, sheets: tuple[Sheet, ...]) -> Pile:
    guesses = tuple((kind.value, round(share * 100)) for kind, share in paper.alternatives)
    return Pile(paper.number, paper.kind or "", sheets, round(paper.confidence * 100), guesses, paper.title)


def _as_sent(piles: Sequence[Pile], loose: Sequence[Sheet], sent: Mapping[str, str]) -> list[Pile]:
    """The papers as the officer had just sorted them: nothing he did is lost by a mistake."""
    known = {pile.number: pile for pile in piles}
    chosen: dict[int, list[Sheet]] = {number: [] for number in known}
    for sheet in (*(sheet for pile in piles for sheet in pile.sheets), *loose):
        wished = sent.get(sheet.box, "")
        chosen.setdefault(int(wished) if wished.isdecimal() else 0, []).append(sheet)
    made = []
    for number, inside in chosen.items():
        old = known.get(number, Pile(number, "", ()))
        made.append(Pile(number, sent.get(f"k{number}", ""), tuple(inside), old.percent, old.guesses, old.title))
    return made


def _kinds(language: Language) -> list[tuple[str, str]]:
    """All kinds by their names in the reader's language; what is no kind stands last."""
    last = (PaperKind.OTHER, PaperKind.UNREADABLE)
    named = sorted((name_kind(kind).say(language), kind.value) for kind in PaperKind if kind not in last)
    return [(kind, name) for name, kind in named] + [(kind.value, name_kind(kind).say(language)) for kind in last]
