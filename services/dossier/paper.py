"""A paper is what a procedure asks for: some pages of one or several documents, recognised as one kind."""

from dataclasses import dataclass

from services.dossier.field import Field
from services.dossier.kinds import PaperKind


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page of the dossier: the document's number and the page's number within it, both from 1."""

    document: int
    page: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper found in a dossier.

    `number` counts from 1 within the dossier; `kind` is None when the classifier abstains; `confidence` is a calibrated
    probability; `alternatives` holds the best three guesses with theirs, best first; `title` is the title as printed.
    """

    number: int
    pages: tuple[PageRef, ...]
    kind: PaperKind | None
    confidence: float
    alternatives: tuple[tuple[PaperKind, float], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper with the fields found on it."""

    paper: Paper
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class ProcedureGuess:
    """Which procedure the papers and the applicant's words speak for; `code` None when unsure; best three beside it."""

    code: str | None
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    reasons: tuple[str, ...] = ()
