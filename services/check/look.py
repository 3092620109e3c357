"""What an officer should know before a minute is spent: papers missing, papers that contradict, papers that stray."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.catalogue.facts import Fact
from services.catalogue.procedure import Procedure, RequiredPaper
from services.catalogue.rules import holds
from services.check.agree import agree
from services.check.facts import show_facts
from services.check.person import PERSONAL, Person, find_persons, groups_of_one
from services.dossier.document import Document
from services.dossier.field import Field
from services.dossier.finding import Finding, Place, Severity
from services.dossier.kinds import TITLE_OF, PaperKind
from services.dossier.naming import name_field
from services.dossier.paper import Paper, ReadPaper
from services.wording import Language, Sentence, sentence

LEAST_SURE = 0.5  # a value read with less does not accuse another
STATUS_MONTHS = 6  # validity of a confirmation of marital status (Decree 123/2015/ND-CP, article 23)

# what papers of one matter say of the same thing, beside the people: (fact, the field on each kind)
_LAND = ("parcel_number", "map_sheet", "area_m2")
_THINGS: tuple[tuple[str, dict[PaperKind, str]], ...] = (
    *(
        (fact, dict.fromkeys((PaperKind.LAND_CHANGE_APPLICATION, PaperKind.LAND_USE_CERTIFICATE,
            PaperKind.LAND_TRANSFER_CONTRACT,
                              PaperKind.BUILDING_PERMIT_APPLICATION), fact))
        for fact in _LAND
    ),
    ("certificate_number", {PaperKind.LAND_CHANGE_APPLICATION: "certificate_number",
        PaperKind.LAND_TRANSFER_CONTRACT: "certificate_number",
                            PaperKind.LAND_USE_CERTIFICATE: "document_number"}),
    ("certificate_book_number", {PaperKind.LAND_CHANGE_APPLICATION: "certificate_book_number",
        PaperKind.LAND_USE_CERTIFICATE: "certificate_book_number"}),
    ("certificate_issue_date", {PaperKind.LAND_CHANGE_APPLICATION: "certificate_issue_date",
        PaperKind.LAND_TRANSFER_CONTRACT: "certificate_issue_date",
                                PaperKind.LAND_USE_CERTIFICATE: "issue_date"}),
    ("date_of_death", {PaperKind.DEATH_NOTICE: "date_of_death",
        PaperKind.DEATH_REGISTRATION_DECLARATION: "date_of_death"}),
    ("time_of_death", {PaperKind.DEATH_NOTICE: "time_of_death",
        PaperKind.DEATH_REGISTRATION_DECLARATION: "time_of_death"}),
    ("death_notice_number", {PaperKind.DEATH_NOTICE: "document_number",
        PaperKind.DEATH_REGISTRATION_DECLARATION: "death_notice_number"}),
    ("death_notice_date", {PaperKind.DEATH_NOTICE: "issue_date",
        PaperKind.DEATH_REGISTRATION_DECLARATION: "death_notice_date"}),
    ("registration_number", {PaperKind.CIVIL_STATUS_CHANGE_DECLARATION: "registration_number",
        PaperKind.BIRTH_CERTIFICATE: "document_number"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """A required paper that is not there: the kinds that would do, its name in the list of papers,
    and why it is asked."""

    kinds: tuple[PaperKind, ...]
    name: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One fact with the different values that the papers give for it, and the document (from 1) each stands in."""

    field: str
    values: tuple[Field, ...]


def missing_papers(procedure: Procedure | None, papers: Sequence[ReadPaper]) -> tuple[Missing, ...]:
    """The full list of what the procedure asks for in this case and the dossier does not hold.

    Papers only shown at the counter, papers of kinds the machine does not know,
    and papers asked only in a case that the
    dossier does not show are not missing.
    """
    if procedure is None:
        return ()
    have = {paper.paper.kind for paper in papers}
    if have & {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}:
        have |= {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}
    known = show_facts(papers)
    return tuple(
        Missing(required.kinds, required.name, _why(required))
        for required in procedure.papers
        if _is_asked(required, known) and not set(required.kinds) & have
    )


def _is_asked(required: RequiredPaper, known: Mapping[Fact, bool]) -> bool:
    return bool(required.kinds) and not required.presented and holds(required.when, known) is True


def _why(required: RequiredPaper) -> Sentence:
    reason = "check.reason_always" if required.when is None else "check.reason_when"
    return sentence(reason, name=required.name)


def contradictions(papers: Sequence[ReadPaper]) -> tuple[Contradiction, ...]:
    """Facts on which papers disagree, each once, of the same person or of the same thing."""
    found = [c for group in groups_of_one(find_persons(papers)) for c in _of_person(group)]
    for fact, names in _THINGS:
        items = [
            f
            for paper in papers
            if paper.paper.kind in names
            for f in paper.fields
            if f.name == names[paper.paper.kind]
        ]
        found += _disagreeing(fact, fact, items)
    unique = {(c.field, frozenset(f.value for f in c.values)): c for c in found}
    return tuple(unique.values())


def _of_person(group: Sequence[Person]) -> list[Contradiction]:
    found: list[Contradiction] = []
    for fact in PERSONAL:
        holders = [person for person in group if fact in person.facts]
        roles = sorted({person.role for person in holders}, key=lambda role: (role in {"", "applicant"}, role))
        name = next((p.facts[fact].name for p in holders if p.role == roles[0]), fact) if holders else fact
        found += _disagreeing(name, fact, [person.facts[fact] for person in holders])
    return found


def _disagreeing(name: str, fact: str, items: Sequence[Field]) -> list[Contradiction]:
    sure = [item for item in items if item.confidence >= LEAST_SURE]
    distinct: list[Field] = []
    for item in sure:
        if all(item.value != other.value for other in distinct):
            distinct.append(item)
    clashes = any(not agree(fact, one, other) for at, one in enumerate(distinct) for other in distinct[at + 1 :])
    return [Contradiction(name, tuple(sure))] if clashes else []


def strays(documents: Sequence[Document], papers: Sequence[ReadPaper]) -> tuple[tuple[Document, str], ...]:
    """Documents whose people stand on no other document, while the others belong together; with a name to show."""
    persons = find_persons(papers)
    groups = groups_of_one(persons)
    linked = {_document(person) for group in groups if len({_document(p) for p in group}) > 1 for person in group}
    if len(linked) < 2:  # noqa: PLR2004 - nothing that belongs together yet
        return ()
    found = []
    for document in documents:
        own = [person for person in persons if _document(person) == document.number]
        if own and document.number not in linked and all(_tells(person) for person in own):
            found.append((document, own[0].value("name")))
    return tuple(found)


def _document(person: Person) -> int:
    return person.paper.paper.pages[0].document


def _tells(person: Person) -> bool:
    """A person read well enough to say that it is another."""
    return any(item.confidence >= LEAST_SURE for fact, item in person.facts.items() if fact in {"name", "citizen_id"})


def check_dossier(
    procedure: Procedure | None, documents: Sequence[Document], papers: Sequence[ReadPaper], on: date
) -> tuple[Finding, ...]:
    """All findings of a dossier on a day, the ones that stop it first."""
    found = [
        *(_missing_finding(missing) for missing in missing_papers(procedure, papers)),
        *(_contradiction_finding(item) for item in contradictions(papers)),
        *(_stray_finding(document, name) for document, name in strays(documents, papers)),
        *_old_papers(papers, on),
        *_unreadable(documents),
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


def _stray_finding(document: Document, name: str) -> Finding:
    return Finding(
        "stray", Severity.WARNING, sentence("check.stray", file=document.name, name=name), (Place(document.number),)
    )


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


def _unreadable(documents: Iterable[Document]) -> list[Finding]:
    return [
        Finding(
            "unreadable_page",
            Severity.WARNING,
            page.unreadable or sentence("check.unreadable_page", page=page.number, file=document.name),
            (Place(document.number, page.number),),
        )
        for document in documents
        for page in document.pages
        if page.unreadable is not None or not page.lines
    ]


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
