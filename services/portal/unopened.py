"""Files of a dossier that the machine could not open, each with its reason: what officer and applicant are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.pipeline.route import Stage


@dataclass(frozen=True, slots=True)
class Unopened:
    """One file: its number in the dossier, its name, and why it could not be opened in each language."""

    number: int
    name: str
    why: Mapping[str, str]


def unopened_of(dossier: Mapping[str, Any]) -> tuple[Unopened, ...]:
    """The files that wait for a person since intake, in their order.

    `dossier`: as `GET /v1/dossiers/{code}` tells of it.
    """
    reasons = {
        run["subject"]: run["reason"]
        for run in dossier["runs"]
        if run["stage"] == Stage.INTAKE
        and run["outcome"] == "waits_for_person"
        and not run["replayed"]
        and run["reason"]
    }
    return tuple(
        Unopened(document["number"], document["name"], reasons[subject])
        for document in dossier["documents"]
        if (subject := f"document {document['number']}") in reasons
    )
