"""What has happened to a dossier and what comes next, in the words of its applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.deadline.promise import Promise
from services.dossier.status import DossierStatus
from services.portal.unopened import never_opened, unopened_of


class Progress(StrEnum):
    """Where a step stands; `LACKING`: it is over, and something of it failed."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline: `name` heads its sentences in the wording area `portal`, `at` its moment if known."""

    name: str
    progress: Progress
    at: str | None = None


_CLOSED = {
    DossierStatus.NOT_RECEIVED: "step_not_received",
    DossierStatus.WITHDRAWN: "step_withdrawn",
    DossierStatus.STOPPED: "step_stopped",
}
_WAITS_FOR_CITIZEN = {
    DossierStatus.SUPPLEMENT_REQUESTED: "step_supplement",
    DossierStatus.PAYMENT_REQUESTED: "step_payment",
}


def timeline_of(dossier: Mapping[str, Any]) -> tuple[Step, ...]:
    """Handed in, read by the machine, handled, result; the step it is at now says who has it.

    `dossier`: as `GET /v1/dossiers/{code}` tells of it.
    """
    status = DossierStatus(dossier["status"]["code"])
    handed_in = Step("step_handed_in", Progress.DONE, dossier["submitted_at"])
    if status in _CLOSED:
        return handed_in, Step(_CLOSED[status], Progress.NOW, dossier["result_at"])
    reading = dossier["road"] == "moving"
    finished = dossier["result_at"] is not None
    read = _read(dossier, reading=reading)
    handled = Step(
        _WAITS_FOR_CITIZEN.get(status, "step_paused" if dossier["paused_at"] else "step_handled"),
        Progress.DONE if finished else Progress.AHEAD if reading else Progress.NOW,
    )
    collected = status is DossierStatus.RETURNED
    result = Step(
        "step_collected" if collected else "step_result", Progress.NOW if finished else Progress.AHEAD,
        dossier["result_at"] or (dossier["due_at"] if dossier["due_is"] == Promise.GIVEN else None),
    )  # fmt: skip
    return handed_in, read, handled, result


def _read(dossier: Mapping[str, Any], *, reading: bool) -> Step:
    if reading or not unopened_of(dossier):
        return Step("step_read", Progress.NOW if reading else Progress.DONE)
    none = len(never_opened(dossier)) == len(dossier["documents"])
    return Step("step_read_none" if none else "step_read_some", Progress.LACKING)
