"""`GET /v1/practice`: who has practised, by unit; made-up dossiers, real records."""

from collections import defaultdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from services import clock
from services.api.database import Resources, resources_of
from services.api.dossier_view import moment
from services.storage.practice import Learner, list_learners
from services.training.tasks import all_tasks

router = APIRouter(tags=["figures"])

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


def _count(unit: str, learners: list[Learner], tasks: int) -> dict[str, Any]:
    every, some = (sum(least <= one.passed < most for one in learners) for least, most in ((tasks, 10**6), (1, tasks)))
    rate = round(every / len(learners), PLACES) if learners else None
    none = len(learners) - every - some
    return {"group": unit, "officials": len(learners), "every": every, "some": some, "none": none, "rate": rate}


def _tell(one: Learner) -> dict[str, Any]:
    return {"account": one.account, "display": one.display, "passed": one.passed, "tries": one.tries,
            "last_at": moment(one.last_at)}  # fmt: skip
