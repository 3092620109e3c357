"""What the machine noticed and an officer should know, before a minute is spent."""

from dataclasses import dataclass
from enum import StrEnum

from services.dossier.page import Box
from services.wording import Sentence


class Severity(StrEnum):
    """How much a finding matters: a note, something to look at, or something that stops the dossier."""

    NOTE = "note"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the dossier a finding stands; document and page count from 1."""

    document: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` names the check that found it (`missing_paper`, `contradiction`, `unreadable_page`, …)."""

    rule: str
    severity: Severity
    sentence: Sentence
    places: tuple[Place, ...] = ()
