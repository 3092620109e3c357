"""Practice pages: tasks on made-up dossiers, marked by the rules that hold for real ones."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from services import clock
from services.api.actions import command_of
from services.api.database import Resources, resources_of
from services.api.guard import check_origin
from services.api.practice import read_practice
from services.api.problems import Problem
from services.dossier.commands import Action
from services.dossier.naming import name_field
from services.dossier.transitions import allowed_actions
from services.portal.render import page_language, render
from services.portal.work import read_action
from services.storage.practice import note_practice, practice_of
from services.training.mark import Mark, mark_action, mark_fields, passed
from services.training.tasks import Task, all_tasks, find_task
from services.wording import sentence

tasks_pages = APIRouter(prefix="/tap-su")
leaders = APIRouter()

OurResources = Annotated[Resources, Depends(resources_of)]

TOLD_ONLY = frozenset({Action.SUBMIT, Action.NOTE_SYNCHRONISED, Action.NOTE_SYNCHRONISATION_FAILED})


@tasks_pages.get("")
def tasks(request: Request, resources: OurResources) -> HTMLResponse:
    """The tasks in order, with what whoever is signed in has done of them."""
    done = {}
    if resources.principal.way == "session":
        with resources.trusted.connection() as connection:
            done = practice_of(connection, resources.principal.name)
    kept = resources.principal.way == "session"
    return render(request, "practice_list.html", tasks=all_tasks(), done=done, kept=kept)


@tasks_pages.get("/{id_}")
def task(request: Request, id_: str) -> HTMLResponse:
    """The situation and what may be done."""
    return _show(request, _find(id_), ())


@tasks_pages.post("/{id_}")
async def answer(request: Request, id_: str, resources: OurResources) -> HTMLResponse:
    """The answer marked, each part with its reason, and the lesson; kept for whoever is signed in."""
    found = _find(id_)
    sent = {name: str(value) for name, value in (await request.form()).items()}
    marks = _mark(found, sent)
    if resources.principal.way == "session":
        # an open page asks for no token: at least no other site may practise in somebody's name
        check_origin(request)
        await run_in_threadpool(_keep, resources, found, marks)
    return _show(request, found, marks, sent)


def _keep(resources: Resources, task: Task, marks: tuple[Mark, ...]) -> None:
    with resources.trusted.connection() as connection:
        note_practice(connection, resources.principal.name, task.id, passed=passed(marks), at=clock.now())


@leaders.get("/lanh-dao/tap-su")
def coverage(request: Request, resources: OurResources, unit: str | None = None) -> HTMLResponse:
    """How far the people of each unit have come."""
    return render(request, "practice_coverage.html", found=read_practice(resources, unit))


def _mark(task: Task, sent: dict[str, str]) -> tuple[Mark, ...]:
    if task.action is None:
        return mark_fields(task, sent)
    now = clock.now()
    try:
        action = Action(sent.pop("action", ""))
        return mark_action(task, command_of(action, read_action({"version": "0", **sent}), "", now), now)
    except ValueError:
        return (Mark(right=False, said=sentence("portal.practice_choose")),)
    except Problem as problem:
        return (Mark(right=False, said=problem.said),)


def _find(id_: str) -> Task:
    found = find_task(id_)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, sentence("portal.no_task"))
    return found


def _show(request: Request, task: Task, marks: tuple[Mark, ...], sent: dict[str, str] | None = None) -> HTMLResponse:
    language, now = page_language(request), clock.now()
    order = [one.id for one in all_tasks()]
    following = order[order.index(task.id) + 1 :]
    return render(
        request, "practice_task.html", task=task, marks=[(mark.right, mark.said.say(language)) for mark in marks],
        passed=passed(marks), sent=sent or {}, due=task.rules(now).due_at, following=following[0] if following else "",
        labels={field.name: name_field(field.name).say(language) for field in task.fields},
        actions=[(action, sentence(f"dossier.action_{action}").say(language))
                 for action in allowed_actions(task.standing(now)) if action not in TOLD_ONLY],
    )  # fmt: skip


router = APIRouter()
router.include_router(tasks_pages)
router.include_router(leaders)
