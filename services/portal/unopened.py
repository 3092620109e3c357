"""Files of a dossier that the machine could not open, each with its reason: what officer and applicant are told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.pipeline.route import Stage

_NUMBERED = re.compile(r" \(\d+\)(?=\.[^.]*$|$)")
"""What intake puts into the name of a file whose name is there already."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """One file: its number in the dossier, its name, and why it could not be opened in each language."""

    number: int
    name: str
    why: Mapping[str, str]


def replaced_in(documents: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """The numbers of files after which another of the same name was sent: both stay, for an office loses nothing.

    Of two that were sent together (a telephone calls every picture `image.jpg`) neither replaces the other.
    """
    last: dict[str, str] = {}
    for document in documents:
        name = _NUMBERED.sub("", document["name"])
        last[name] = max(last.get(name, ""), document["added_at"])
    return frozenset(one["number"] for one in documents if one["added_at"] < last[_NUMBERED.sub("", one["name"])])


def unopened_of(dossier: Mapping[str, Any]) -> tuple[Unopened, ...]:
    """The files that wait for a person since intake, in their order: what is to be asked for again.

    Left out is what was sent again under its name, unless that opened no better: officer and applicant see one list.
    `dossier`: as `GET /v1/dossiers/{code}` tells of it.
    """
    again = replaced_in(dossier["documents"])
    return tuple(file for file in never_opened(dossier) if file.number not in again)


def never_opened(dossier: Mapping[str, Any]) -> tuple[Unopened, ...]:
    """The files that could not be opened, those sent again under their name among them."""
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
