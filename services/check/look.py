"""What an officer should know before a minute is spent, in one list: the findings of a whole dossier."""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date

from services.catalogue.procedure import Procedure
from services.check.clash import Contradiction, contradictions
from services.check.missing import Missing, missing_papers
from services.check.pages import find_bad_pages
from services.check.signed import find_unsigned
from services.check.stray import find_strays
from services.dossier.document import Document
from services.dossier.finding import Finding, Place, Severity
from services.dossier.identity import agrees
from services.dossier.kinds import TITLE_OF, PaperKind
from services.dossier.naming import name_field
from services.dossier.paper import Paper, ReadPaper
from services.wording import Language, Sentence, sentence

STATUS_MONTHS = 6  # validity of a confirmation of marital status (Decree 123/2015/ND-CP, article 23)


def check_dossier(
    procedure: Procedure | None, documents: Sequence[Document], papers: Sequence[ReadPaper], on: date
) -> tuple[Finding, ...]:
    """All findings of a dossier on a day, the ones that stop it first."""
    found = [
        *(_missing_finding(missing) for missing in missing_papers(procedure, papers)),
        *(_contradiction_finding(item) for item in contradictions(papers)),
        *(_stray_finding(paper, name, documents) for paper, name in find_strays(papers, documents)),
        *_old_papers(papers, on),
        *find_bad_pages(documents, papers),
        *_against_birth(papers),
        *find_unsigned(documents, papers),
        *_unknown(documents, papers),
    ]
    order = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return tuple(sorted(found, key=lambda finding: order[finding.severity]))


def _missing_finding(missing: Missing) -> Finding:
    return Finding("missing_paper", Severity.BLOCKING, sentence("check.missing_paper", name=missing.name))


def _contradiction_finding(item: Contradiction) -> Finding:
    values = " / ".join(dict.fromkeys(value.value for value in item.values))
    places = tuple(Place(value.document, value.page, value.box) for value in item.values)
    names = {f"field_{language}": name_field(item.field).say(language) for language in Language}
    said = sentence("check.contradiction", **names, values=values)
    return Finding("contradiction", Severity.WARNING, said, places)


def _stray_finding(paper: ReadPaper, name: str, documents: Sequence[Document]) -> Finding:
    first = paper.paper.pages[0]
    files = {document.number: document.name for document in documents}
    said = sentence("check.stray", file=files.get(first.document, ""), page=first.page, name=name)
    return Finding("stray", Severity.WARNING, said, (_first_place(paper.paper),))


def _old_papers(papers: Iterable[ReadPaper], on: date) -> list[Finding]:
    found = []
    for paper in papers:
        place = (Place(paper.paper.pages[0].document, paper.paper.pages[0].page),)
        title = TITLE_OF[paper.paper.kind] if paper.paper.kind else paper.paper.title
        ends, issued = _day(paper, "expiry_date"), _day(paper, "issue_date")
        if ends and ends < on:
            said = sentence("check.expired", paper=title, date=f"{ends:%d/%m/%Y}")
            found.append(Finding("expired_paper", Severity.WARNING, said, place))
        if issued and paper.paper.kind is PaperKind.MARITAL_STATUS_CERTIFICATE and _months_later(issued) < on:
            said = sentence("check.too_old", paper=title, date=f"{issued:%d/%m/%Y}", months=STATUS_MONTHS)
            found.append(Finding("too_old_paper", Severity.WARNING, said, place))
    return found


def _day(paper: ReadPaper, name: str) -> date | None:
    value = next((item.value for item in paper.fields if item.name == name), "")
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _months_later(day: date) -> date:
    month = day.month + STATUS_MONTHS
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _against_birth(papers: Iterable[ReadPaper]) -> list[Finding]:
    """Personal numbers that do not go with the birth or sex beside them, misread or misstated."""
    found = []
    for paper in papers:
        said = {item.name: item for item in paper.fields}
        for name, item in said.items():
            party = name.removesuffix("citizen_id")
            born, sex = said.get(f"{party}date_of_birth"), said.get(f"{party}gender")
            if name == party or not (born or sex):
                continue
            if agrees(item.value, born.value if born else "", sex.value if sex else "") is False:
                title = TITLE_OF[paper.paper.kind] if paper.paper.kind else paper.paper.title
                place = Place(item.document, item.page, item.box)
                words = sentence("check.number_against_birth", paper=title)
                found.append(Finding("number_against_birth", Severity.WARNING, words, (place,)))
    return found


def _unknown(documents: Sequence[Document], papers: Iterable[ReadPaper]) -> list[Finding]:
    names = {document.number: document.name for document in documents}
    return [
        Finding("unknown_paper", Severity.NOTE, _unknown_sentence(paper.paper, names), (_first_place(paper.paper),))
        for paper in papers
        if paper.paper.kind is None
    ]


def _first_place(paper: Paper) -> Place:
    return Place(paper.pages[0].document, paper.pages[0].page)


def _unknown_sentence(paper: Paper, names: dict[int, str]) -> Sentence:
    first = paper.pages[0]
    return sentence("check.unknown_paper", file=names.get(first.document, ""), page=first.page)
