"""Which papers a dossier holds: pages named one by one, then joined to papers.

A page with a title opens a paper; a page without one goes on with the paper before it in the same file. Where no
kind is likely enough the classifier abstains and leaves its three best guesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.classify.evidence import Title
from services.classify.judge import judge_page
from services.classify.model import KindModel
from services.classify.printed_title import find_printed_title
from services.dossier.document import Document
from services.dossier.kinds import PaperKind
from services.dossier.page import Page
from services.dossier.paper import PageRef, Paper

ABSTAIN_BELOW = 0.75
FEW_WORDS = 4
_SIDES = (PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK)


@dataclass(slots=True)
class _Run:
    """Pages that are one paper, with the kinds of its first page."""

    pages: list[PageRef]
    kinds: list[tuple[PaperKind, float]]
    title: Title | None
    printed: str


def name_papers(documents: Sequence[Document], model: KindModel | None = None) -> tuple[Paper, ...]:
    """The papers of a dossier in the order of their pages; `number` counts from 1. No model: the shipped one."""
    runs = [run for document in documents for run in _runs_of(document, model)]
    return tuple(_paper(number, run) for number, run in enumerate(runs, 1))


def _runs_of(document: Document, model: KindModel | None) -> list[_Run]:
    runs: list[_Run] = []
    for page in document.pages:
        kinds, title = _kinds_of(page, model)
        place = PageRef(document.number, page.number)
        if runs and _goes_on(runs[-1], kinds, title):
            runs[-1].pages.append(place)
        else:
            runs.append(_Run([place], kinds, title, find_printed_title(page)))
    return runs


def _kinds_of(page: Page, model: KindModel | None) -> tuple[list[tuple[PaperKind, float]], Title | None]:
    words = sum(len(line.words) for line in page.lines)
    if page.unreadable is not None or words < FEW_WORDS:
        return [(PaperKind.UNREADABLE, 0.99)], None
    return judge_page(page, model)


def _goes_on(run: _Run, kinds: list[tuple[PaperKind, float]], title: Title | None) -> bool:
    """Whether a page belongs to the paper before it.

    A clear title opens a new paper; a card's two sides are two; an appendix of a law or decree stays with it.
    """
    kind, certainty = kinds[0]
    before = run.kinds[0][0]
    if kind is PaperKind.UNREADABLE:
        return False
    if before is PaperKind.UNREADABLE:
        return False
    if (kind in _SIDES and certainty > ABSTAIN_BELOW) or before in _SIDES:
        return kind is PaperKind.OTHER and title is None and before not in _SIDES
    if title is None:
        return certainty < 0.9 or kind in {before, PaperKind.OTHER} or before is PaperKind.OTHER  # noqa: PLR2004
    if before is PaperKind.OTHER and len(run.pages) > 2:  # noqa: PLR2004 - forms in the appendix of a long document
        return True
    return title.kind is before and title.line > 6  # noqa: PLR2004 - its name again in the text, not at the top


def _paper(number: int, run: _Run) -> Paper:
    kind, certainty = run.kinds[0]
    known = certainty >= ABSTAIN_BELOW
    return Paper(
        number=number,
        pages=tuple(run.pages),
        kind=kind if known else None,
        confidence=round(certainty, 4),
        alternatives=tuple((kind, round(share, 4)) for kind, share in run.kinds[:3]),
        title=_title_of(run),
    )


def _title_of(run: _Run) -> str:
    """The title that named the paper; what stands there in full where it is of no known kind."""
    found = run.title.text if run.title else ""
    return found if found and run.kinds[0][0] is not PaperKind.OTHER else run.printed or found
