"""What was read of a dossier, as plainly as the figures need it."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.dossier.kinds import PaperKind


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A normalised value and how sure the reader was (0-1)."""

    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """A paper that was found: `guesses` best first, `decided` False where the classifier abstained."""

    guesses: tuple[PaperKind, ...]
    decided: bool
    confidence: float
    pages: frozenset[int]
    fields: Mapping[str, ReadValue]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """A file as read: text of each page, papers; both empty where it was refused."""

    pages: tuple[str, ...]
    papers: tuple[PaperOutcome, ...]


@dataclass(frozen=True, slots=True)
class ContradictionOutcome:
    """A contradiction that was reported: field, file names, values."""

    field: str
    files: frozenset[str]
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class DossierOutcome:
    """A dossier as read and checked.

    `procedures`: guesses best first; `missing`: for each missing paper the kinds that would do, once for the guessed
    procedure and once for the labelled one.
    """

    procedures: tuple[str, ...]
    decided: bool
    files: tuple[FileOutcome, ...]
    missing: tuple[frozenset[PaperKind], ...]
    missing_when_told: tuple[frozenset[PaperKind], ...]
    contradictions: tuple[ContradictionOutcome, ...]
    strays: frozenset[str]
