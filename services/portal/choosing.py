"""The officer says which procedure a dossier is for: one of the machine's best three, with reasons, or any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.api.choose_procedure import choose_procedure
from services.api.database import Resources, resources_of
from services.api.dossiers import read_dossier
from services.api.problems import Problem
from services.api.sort_papers import READING
from services.assistant.candidate import Candidate
from services.catalogue.facts import Fact
from services.catalogue.procedure import Procedure
from services.catalogue.rules import holds
from services.portal.home import assistant_of, in_force, name_in
from services.portal.render import page_language, render
from services.portal.searching import search_procedures
from services.portal.sorting import answer_waiting

router = APIRouter(prefix="/can-bo")
OurResources = Annotated[Resources, Depends(resources_of)]
SHOWN = 12
AMONG = 60
"""So many of the whole catalogue are asked for, since most are of other offices."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One of the best three: the kinds that lie in the dossier and are asked for, and those asked for that do not."""

    procedure: Procedure
    percent: int
    there: tuple[str, ...]
    missing: tuple[str, ...]


@router.get("/ho-so/{code}/thu-tuc")
async def show(
    request: Request,
    code: str,
    resources: OurResources,
    q: Annotated[str, Query(max_length=400)] = "",
    wait: Annotated[bool, Query(description="only tell whether the machine has done reading")] = False,
) -> Response:
    """The best three, and what is found by name; the list alone while the officer types."""
    if wait:
        return await run_in_threadpool(answer_waiting, code, resources, f"/can-bo/ho-so/{code}/thu-tuc")
    return await _show(request, code, resources, q)


@router.post("/ho-so/{code}/thu-tuc")
async def choose(
    request: Request,
    code: str,
    resources: OurResources,
    procedure: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=500)] = "",
    q: Annotated[str, Form(max_length=400)] = "",
) -> Response:
    """Chosen; back to the dossier, or here with the sentence that says what is wrong."""
    try:
        with resources.writing.connection() as connection:
            choose_procedure(connection, code, procedure, reason, by=resources.principal.name)
    except Problem as problem:
        if problem.status is HTTPStatus.NOT_FOUND:
            raise
        return await _show(request, code, resources, q, problem=problem, reason=reason)
    return RedirectResponse(f"/can-bo/ho-so/{code}", HTTPStatus.SEE_OTHER)


async def _show(
    request: Request, code: str, resources: Resources, q: str, *, problem: Problem | None = None, reason: str = ""
) -> HTMLResponse:
    ours = {procedure.code: procedure for procedure in in_force(resources)}
    part = bool(request.headers.get("hx-request"))
    told: dict[str, Any] = orjson.loads((await read_dossier(code, resources)).body)
    found = await run_in_threadpool(search_ours, resources, q, ours)
    return render(
        request, "desk_procedure_list.html" if part else "desk_procedure.html",
        problem.status if problem else HTTPStatus.OK, dossier=told, q=q, found=found,
        name=name_in(request), guesses=guesses_of(told, ours), reason=reason,
        said=problem.said.say(page_language(request)) if problem else "",
        busy=any(stage["open"] for stage in told["stages"] if stage["stage"] in READING),
    )  # fmt: skip


def search_ours(resources: Resources, words: str, ours: Mapping[str, Procedure]) -> list[Procedure]:
    """Procedures of this office for a name, some words or a code, best first: the portal's search, these among all."""
    if not words.strip():
        return []
    if words.strip() in ours:
        return [ours[words.strip()]]
    find = assistant_of(resources).find

    def find_ours(
        question: str, *, prior: Mapping[str, float] | None = None, limit: int = SHOWN
    ) -> tuple[Candidate, ...]:
        found = find(question, prior=prior, limit=AMONG)
        return tuple(candidate for candidate in found if candidate.code in ours)[:limit]

    return list(search_procedures(words, find_ours, ours.get).procedures)[:SHOWN]


def guesses_of(told: Mapping[str, Any], ours: Mapping[str, Procedure]) -> list[Guess]:
    """The machine's best three of this office, each with what of the dossier speaks for and against it."""
    kinds = [paper["kind"] for paper in told["papers"] if paper["kind"]]
    guess = told["procedure"]["guess"] or {}
    known: Sequence[tuple[str, float]] = [
        (code, share) for code, share in guess.get("alternatives", ()) if code in ours
    ]
    return [_guess(ours[code], share, kinds) for code, share in known]


def _guess(procedure: Procedure, share: float, kinds: Sequence[str]) -> Guess:
    asked = {kind.value for paper in procedure.papers for kind in paper.kinds}
    needed = [
        [kind.value for kind in paper.kinds]
        for paper in procedure.papers
        if paper.kinds and not paper.presented and holds(paper.when, {Fact.ONLINE: False})
    ]
    return Guess(
        procedure, round(share * 100), tuple(dict.fromkeys(kind for kind in kinds if kind in asked)),
        tuple(dict.fromkeys(some[0] for some in needed if not set(some) & set(kinds))),
    )  # fmt: skip
