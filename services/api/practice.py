"""`GET /v1/practice`: who has practised, by unit, and the record of one; made-up dossiers, real records."""

from collections import defaultdict
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.api.models import Problem422
from services.api.problems import Problem
from services.storage.accounts import Account, find_account
from services.storage.practice import Learner, list_learners, practice_of
from services.training.tasks import all_tasks
from services.wording import sentence

router = APIRouter(tags=["figures"])

PROBLEMS: dict[int | str, dict[str, Any]] = {404: {"model": Problem422}}

PLACES = 4


@router.get("/v1/practice", summary="Coverage of practice by unit")
def read_practice(resources: Annotated[Resources, Depends(resources_of)], unit: str | None = None) -> dict[str, Any]:
    """People who work on dossiers: how many have done every task right, some, none; each by name."""
    tasks = [task.id for task in all_tasks()]
    units = resources.principal.units if unit is None else frozenset({unit})
    # accounts lie behind no wall of units: whose they are is asked for here
    with resources.trusted.connection() as connection:
        learners = list_learners(connection, tasks, units)
    groups: dict[str, list[Learner]] = defaultdict(list)
    for one in learners:
        groups[one.unit].append(one)
    # whoever works for two units is one person in the whole
    whole = list({one.account: one for one in learners}.values())
    return {
        "at": moment(clock.now()), "tasks": tasks, "total": _count("", whole, len(tasks)),
        "groups": [_count(name, found, len(tasks)) | {"people": [_tell(one) for one in found]}
                   for name, found in sorted(groups.items())],
    }  # fmt: skip


@router.get("/v1/practice/{account}", responses=PROBLEMS, summary="The record of practice of one official")
def read_record(resources: Annotated[Resources, Depends(resources_of)], account: str) -> dict[str, Any]:
    """Each task of today: how often it was tried, whether and when it was first done right, and at which try."""
    with resources.trusted.connection() as connection:
        found = find_account(connection, account)
    if found is None or not _answers_for(resources, found):
        raise Problem(HTTPStatus.NOT_FOUND, sentence("access.unknown_account", name=account))
    return record_of(resources, found)


def record_of(resources: Resources, account: Account) -> dict[str, Any]:
    """The record of an account that may be shown to whoever asks: his own, or one he answers for."""
    with resources.trusted.connection() as connection:
        done = practice_of(connection, account.name)
    lines = [
        {"task": task.id, "title": dict(task.title), "tries": mine.tries if mine else 0,
         "passed_at": moment(mine.passed_at) if mine else None, "passed_with": mine.passed_with if mine else None,
         "last_at": moment(mine.last_at) if mine else None}
        for task in all_tasks() for mine in [done.get(task.id)]
    ]  # fmt: skip
    return {
        "at": moment(clock.now()), "account": account.name, "display": account.display, "units": [*account.units],
        "passed": sum(line["passed_at"] is not None for line in lines), "tasks": lines,
    }  # fmt: skip


def _answers_for(resources: Resources, account: Account) -> bool:
    units = resources.principal.units
    return units is None or bool(units & set(account.units))


def _count(unit: str, learners: list[Learner], tasks: int) -> dict[str, Any]:
    every, some = (sum(least <= one.passed < most for one in learners) for least, most in ((tasks, 10**6), (1, tasks)))
    rate = round(every / len(learners), PLACES) if learners else None
    none = len(learners) - every - some
    return {"group": unit, "officials": len(learners), "every": every, "some": some, "none": none, "rate": rate}


def _tell(one: Learner) -> dict[str, Any]:
    return {"account": one.account, "display": one.display, "passed": one.passed, "tries": one.tries,
            "last_at": moment(one.last_at)}  # fmt: skip
