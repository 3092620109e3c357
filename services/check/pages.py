"""Pages that a person should send again or may leave out: unreadable, blank, blurred, cut off, sent twice."""

import re
from collections.abc import Iterable, Iterator, Sequence

from services.dossier.compare import fold
from services.dossier.document import Document
from services.dossier.finding import Finding, Place, Severity
from services.dossier.naming import name_field
from services.dossier.page import Page, TextSource
from services.dossier.paper import ReadPaper
from services.wording import Language, Sentence, sentence

FEW_WORDS = 15  # a page with fewer says nothing of how sharp it is
BLURRED = 0.62  # mean confidence of the words of a page
UNSURE = 0.5  # confidence of a field that was not really read
MOST_NAMED = 3  # fields named in one sentence
EDGE, CUT_LINES = 0.004, 4  # of the page's width; so many lines that run into its edge
ALIKE = 0.92  # share of words that a page sent twice has in common
SHORTEST, MOST_PAGES = 25, 300  # words of pages that are compared; pages of a dossier that are


def find_bad_pages(documents: Sequence[Document], papers: Iterable[ReadPaper]) -> list[Finding]:
    """Findings on single pages, each naming page and file."""
    unsure = _unsure_fields(papers)
    found = [
        finding
        for document in documents
        for page in document.pages
        if (finding := _judge_page(document, page, unsure.get((document.number, page.number), [])))
    ]
    return [*found, *_find_doubles(documents)]


def _judge_page(document: Document, page: Page, unsure: Sequence[str]) -> Finding | None:
    where: dict[str, str | float] = {"page": page.number, "file": document.name}
    words = sum(len(line.words) for line in page.lines)
    if page.unreadable is not None:
        said = {f"why_{language}": page.unreadable.say(language) for language in Language}
        return _finding("unreadable_page", Severity.WARNING, sentence("check.unreadable_page", **where, **said), page)
    if not words:
        return _finding("blank_page", Severity.NOTE, sentence("check.blank_page", **where), page)
    if page.source is not TextSource.OCR or words < FEW_WORDS:
        return None
    if page.confidence < BLURRED:
        return _finding("blurred_page", Severity.WARNING, _blurred(where, unsure), page)
    if _is_cut(page):
        return _finding("cut_page", Severity.WARNING, sentence("check.cut_page", **where), page)
    return None


def _blurred(where: dict[str, str | float], unsure: Sequence[str]) -> Sentence:
    if not unsure:
        return sentence("check.blurred_page", **where)
    names = [name_field(name) for name in unsure[:MOST_NAMED]]
    said = {f"fields_{language}": ", ".join(name.say(language) for name in names) for language in Language}
    return sentence("check.blurred_fields", **where, **said)


def _is_cut(page: Page) -> bool:
    boxes = [line.box for line in page.lines if line.words]
    return max(sum(box.left < EDGE for box in boxes), sum(box.right > 1 - EDGE for box in boxes)) >= CUT_LINES


def _unsure_fields(papers: Iterable[ReadPaper]) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for paper in papers:
        for field in paper.fields:
            if field.confidence < UNSURE:
                found.setdefault((field.document, field.page), []).append(field.name)
    return found


def _find_doubles(documents: Sequence[Document]) -> Iterator[Finding]:
    pages = [(document, page, _words(page)) for document in documents for page in document.pages]
    long = [entry for entry in pages if len(entry[2]) >= SHORTEST][:MOST_PAGES]
    for at, (document, page, words) in enumerate(long):
        for other_document, other, earlier in long[:at]:
            if len(words & earlier) >= ALIKE * len(words | earlier) and _figures(words) == _figures(earlier):
                said = sentence(
                    "check.duplicate_page", page=page.number, file=document.name, other_page=other.number,
                    other_file=other_document.name,
                )  # fmt: skip
                yield _finding("duplicate_page", Severity.NOTE, said, page)
                break


def _words(page: Page) -> frozenset[str]:
    return frozenset(fold(page.text).split(" ")) - {""}


def _figures(words: frozenset[str]) -> set[str]:
    """The longer numbers: two filled copies of one form differ in them."""
    return {word for word in words if re.fullmatch(r"\d{4,}", word)}


def _finding(rule: str, severity: Severity, said: Sentence, page: Page) -> Finding:
    return Finding(rule, severity, said, (Place(page.document, page.number),))
