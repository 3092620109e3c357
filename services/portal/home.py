"""What a citizen sees first: find a procedure, and one procedure with its papers, time, fee and place."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from services import clock
from services.api.assistant import desk_of
from services.api.database import Resources, resources_of
from services.api.problems import Problem
from services.assistant.dialogue import Assistant
from services.catalogue.national import load_national
from services.catalogue.procedure import Procedure, RequiredPaper
from services.catalogue.rule_words import explain_rule
from services.dossier.naming import name_kind
from services.portal.offer import fees_of, times_of
from services.portal.render import page_language, render
from services.portal.searching import Found, search_procedures
from services.storage.procedures import cached_procedures
from services.wording import Language, sentence

router = APIRouter()

# what happens in a life, in the order people come for it; the words are searched for as a citizen would type them
LIFE_EVENTS = {
    "event_birth": "đăng ký khai sinh",
    "event_marriage": "đăng ký kết hôn",
    "event_death": "đăng ký khai tử",
    "event_identity": "căn cước",
    "event_residence": "đăng ký thường trú",
    "event_land": "đất đai",
    "event_business": "hộ kinh doanh",
    "event_copies": "chứng thực bản sao",
    "event_social": "trợ cấp xã hội",
}


def in_force(resources: Resources) -> tuple[Procedure, ...]:
    """The procedures of today."""
    with resources.writing.connection() as connection:
        return cached_procedures(connection, clock.in_vietnam(clock.now()).date())


@router.get("/")
def home(request: Request) -> HTMLResponse:
    """Search, life events, the way to a dossier's status."""
    return render(request, "home.html", events=LIFE_EVENTS)


@router.get("/thu-tuc")
def search(
    request: Request,
    resources: Annotated[Resources, Depends(resources_of)],
    q: Annotated[str, Query(max_length=400)] = "",
) -> HTMLResponse:
    """Procedures for a citizen's words, best first; without words those of this office, by field."""
    ours = {procedure.code: procedure for procedure in in_force(resources)}
    if q.strip():
        found = _search(resources, q)
    else:
        found = Found(tuple(sorted(ours.values(), key=lambda procedure: (procedure.field, procedure.name_vi))))
    # htmx asks for the list alone while the citizen types
    template = "procedure_list.html" if request.headers.get("hx-request") else "procedures.html"
    return render(request, template, q=q, found=found, ours=ours, name=name_in(request))


def assistant_of(resources: Resources) -> Assistant:
    """What finds procedures, over the catalogue as it is now."""
    with resources.writing.connection() as connection:
        return desk_of(connection, resources.settings).assistant


def _search(resources: Resources, words: str) -> Found:
    assistant = assistant_of(resources)

    def look_up(code: str) -> Procedure | None:
        known = assistant.catalogue.find(code)
        return known.procedure if known else None

    return search_procedures(words, assistant.find, look_up)


@router.get("/thu-tuc/{code}")
def procedure(request: Request, code: str, resources: Annotated[Resources, Depends(resources_of)]) -> HTMLResponse:
    """One procedure whole, in the order people ask: papers, time, fee, where, steps, basis."""
    ours = next((procedure for procedure in in_force(resources) if procedure.code == code), None)
    published = None if ours else load_national().find(code)
    found = ours or (published.procedure if published else None)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("portal.no_procedure", code=code))
    language = page_language(request)
    return render(
        request, "procedure.html", procedure=found, name=name_in(request), handled_here=ours is not None,
        also=also_called(found, language),
        papers=[(paper, _condition(paper, language)) for paper in _first_needed(found.papers)],
        times=times_of(found, published, language), fees=fees_of(found, published, language),
    )  # fmt: skip


def also_called(procedure: Procedure, language: Language) -> dict[str, str]:
    """The papers by their names in the list, which is the law's own: as each is called in a language that is not."""
    return {
        paper.name: name_kind(paper.kinds[0]).say(language)
        if language is not Language.VI and len(paper.kinds) == 1
        else ""
        for paper in procedure.papers
    }


def name_in(request: Request) -> "NameIn":
    """How procedures are named for this reader."""
    return NameIn(page_language(request))


class NameIn:
    """The name of a procedure in a language, Vietnamese where no English one is known."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, procedure: Procedure) -> str:
        return (self._language is Language.EN and procedure.name_en) or procedure.name_vi


def _first_needed(papers: Sequence[RequiredPaper]) -> list[RequiredPaper]:
    return sorted(papers, key=lambda paper: (paper.presented, paper.when is not None))


def _condition(paper: RequiredPaper, language: Language) -> str:
    return explain_rule(paper.when, language) if paper.when else ""
