"""Papers that nobody seems to have signed or stamped: what a page shows below the place of a signature.

Ink is told by colour when a page is prepared (`Page.marks`); a black-and-white scan shows none, so a missing stamp is a
note. An application with nothing at all below its place of signature, neither ink nor name, is unsigned.
"""

import re
from collections.abc import Iterable, Sequence

from services.dossier.compare import fold
from services.dossier.document import Document
from services.dossier.finding import Finding, Place, Severity
from services.dossier.kinds import PaperKind
from services.dossier.naming import name_kind
from services.dossier.page import Box, Line, MarkKind, Page, TextSource
from services.dossier.paper import ReadPaper
from services.wording import Language, sentence

STAMPED = frozenset(
    {
        PaperKind.BIRTH_CERTIFICATE, PaperKind.DEATH_NOTICE, PaperKind.DECISION, PaperKind.DIPLOMA,
        PaperKind.DISABILITY_CERTIFICATE, PaperKind.LAND_USE_CERTIFICATE, PaperKind.MARITAL_STATUS_CERTIFICATE,
        PaperKind.MARRIAGE_CERTIFICATE, PaperKind.MEDICAL_BIRTH_CERTIFICATE, PaperKind.RESIDENCE_CONFIRMATION,
    }
)  # fmt: skip
_SIGNS = re.compile(
    r"(nguoi (yeu cau|khai|lam don|de nghi|viet don|dang ky|uy quyen|di khai)|chu ho kinh doanh|chu dau tu|"
    r"ben (nam|nu|a|b))( \(?ky.*)?"
)
_HINT = re.compile(r"ky\b.*|.*ghi ro ho.*|.*ho ten.*|.*chu ky.*")
MOST_WORDS = 6  # of the line that says who signs
FOOT = 0.4  # of the page's height: a place of signature stands below
ROOM, BESIDE = 0.2, 0.16  # of the page: so far below and beside its line a signature is looked for


def find_unsigned(documents: Sequence[Document], papers: Iterable[ReadPaper]) -> list[Finding]:
    """Applications without anything below the place of signature, and issued papers without a red stamp."""
    pages = {(page.document, page.number): page for document in documents for page in document.pages}
    names = {document.number: document.name for document in documents}
    found = []
    for paper in papers:
        own = [pages[ref.document, ref.page] for ref in paper.paper.pages if (ref.document, ref.page) in pages]
        kind = paper.paper.kind
        if not own or kind is None:
            continue
        if kind in STAMPED and all(page.source is TextSource.OCR and not _stamped(page) for page in own):
            found.append(_finding("no_stamp_seen", Severity.NOTE, kind, own[-1], names))
        if kind.value.endswith(("_declaration", "_application", "_request")) and (page := _unsigned(own)):
            found.append(_finding("unsigned", Severity.WARNING, kind, page, names))
    return found


def _stamped(page: Page) -> bool:
    return any(mark.kind is MarkKind.RED_STAMP for mark in page.marks)


def _unsigned(pages: Sequence[Page]) -> Page | None:
    """The page whose every place of signature is empty; None where one is filled, or none is found."""
    places = [(page, line) for page in pages for line in page.lines if _is_place(line)]
    if not places or any(_is_filled(page, line.box) for page, line in places):
        return None
    return places[-1][0]


def _is_place(line: Line) -> bool:
    return (
        bool(line.words)
        and len(line.words) <= MOST_WORDS
        and line.box.top > FOOT
        and bool(_SIGNS.fullmatch(fold(line.text)))
    )


def _is_filled(page: Page, place: Box) -> bool:
    """Whether anything but the hint `(Ký, ghi rõ họ tên)` stands below: a name, ink, or what a reader made of it."""
    below = [line.box for line in page.lines if line.words and not _HINT.fullmatch(fold(line.text))]
    below += [mark.box for mark in page.marks]
    middle = (place.left + place.right) / 2
    return any(
        place.bottom < (box.top + box.bottom) / 2 < place.bottom + ROOM
        and abs((box.left + box.right) / 2 - middle) < BESIDE
        for box in below
    )


def _finding(rule: str, severity: Severity, kind: PaperKind, page: Page, names: dict[int, str]) -> Finding:
    said = {f"paper_{language}": name_kind(kind).say(language) for language in Language}
    words = sentence(f"check.{rule}", page=page.number, file=names.get(page.document, ""), **said)
    return Finding(rule, severity, words, (Place(page.document, page.number),))
