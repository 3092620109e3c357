"""Papers of people who have nothing to do with the others of the dossier."""

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from services.check.person import WHOLE, Person, find_persons, groups_of_one, is_asking
from services.dossier.compare import fold
from services.dossier.document import Document
from services.dossier.kinds import PaperKind
from services.dossier.paper import ReadPaper

LEAST_SURE = {"name": 0.7, "citizen_id": 0.5}  # what is read with less tells nothing
ALIKE = 80.0  # of 100: names more alike may be one, misread
MISREAD = 3  # figures in which a number that is the same is misread at most
# papers that speak of their holder alone: who is on none of the others does not belong here
_OF_ONE = frozenset(
    {
        PaperKind.CITIZEN_ID_FRONT, PaperKind.BIRTH_CERTIFICATE, PaperKind.MARITAL_STATUS_CERTIFICATE,
        PaperKind.RESIDENCE_CONFIRMATION, PaperKind.DISABILITY_CERTIFICATE, PaperKind.DIPLOMA,
        PaperKind.MEDICAL_BIRTH_CERTIFICATE, PaperKind.DEATH_NOTICE, PaperKind.MARRIAGE_CERTIFICATE,
    }
)  # fmt: skip
# papers that may name anybody
_OF_MANY = frozenset(
    {PaperKind.HANDWRITTEN_LETTER, PaperKind.OFFICIAL_LETTER, PaperKind.DECISION, PaperKind.FEE_RECEIPT}
)


def find_strays(papers: Sequence[ReadPaper], documents: Sequence[Document] = ()) -> tuple[tuple[ReadPaper, str], ...]:
    """Papers whose people stand on no other paper, while the others belong together; with a name to show.

    A paper of which no people were read links those whose names or numbers its text (in `documents`) holds.
    """
    persons = find_persons(papers)
    groups = groups_of_one(persons)
    linked = {id(p.paper) for group in groups if len({id(p.paper) for p in group}) > 1 for p in group}
    texts = _texts(papers, documents)
    linked |= {id(paper) for one in persons for paper, text in texts if paper is not one.paper and _stands(one, text)
               for paper in (paper, one.paper)}  # fmt: skip
    asking = any(_asks(person.paper) for person in persons)
    found = []
    for paper in papers:
        own = [person for person in persons if person.paper is paper]
        others = [person for person in persons if person.paper is not paper]
        apart = len(linked) > 1 or (asking and paper.paper.kind in _OF_ONE and any(_tells(one) for one in others))
        if paper.paper.kind in _OF_MANY:
            continue
        if own and others and id(paper) not in linked and apart and not _asks(paper) and _are_strangers(own, others):
            if any(_may_stand(one, text) for one in own for other, text in texts if other is not paper):
                continue
            found.append((paper, own[0].value("name")))
    return tuple(found)


def _texts(papers: Sequence[ReadPaper], documents: Sequence[Document]) -> list[tuple[ReadPaper, str]]:
    """The papers with their folded text."""
    pages = {(page.document, page.number): page for document in documents for page in document.pages}
    found = []
    for paper in papers:
        own = [pages[ref.document, ref.page] for ref in paper.paper.pages if (ref.document, ref.page) in pages]
        if text := fold(" ".join(line.text for page in own for line in page.lines)):
            found.append((paper, text))
    return found


def _stands(person: Person, text: str) -> bool:
    """Whether a text names a person, by number or by a name of three words or more that at most a letter is lost of."""
    number, name = person.value("citizen_id"), fold(person.value("name"))
    if len(number) == WHOLE and number in text.replace(" ", ""):
        return True
    return name.count(" ") > 1 and fuzz.partial_ratio(name, text) > NAMED


def _may_stand(person: Person, text: str) -> bool:
    name = fold(person.value("name"))
    return bool(name) and fuzz.partial_ratio(name, text) > MAY_BE_NAMED


NAMED, MAY_BE_NAMED = 92.0, 85.0  # of 100


def _asks(paper: ReadPaper) -> bool:
    return paper.paper.kind is not None and is_asking(paper.paper.kind)


def _are_strangers(own: Sequence[Person], others: Sequence[Person]) -> bool:
    """Whether the paper's own person was read well, and nobody on it may be one of the others, not even misread."""
    subjects = [one for one in own if not one.role] or own
    return all(_tells(one) for one in subjects) and not any(_may_be_one(one, other) for one in own for other in others)


def _tells(person: Person) -> bool:
    return any(item.confidence >= LEAST_SURE[fact] for fact, item in person.facts.items() if fact in LEAST_SURE)


def _may_be_one(one: Person, other: Person) -> bool:
    """Whether a name or number is so alike, or a birth the same, that a misread letter may be all the difference."""
    if one.value("name") and fuzz.ratio(fold(one.value("name")), fold(other.value("name"))) > ALIKE:
        return True
    first, second = one.value("citizen_id"), other.value("citizen_id")
    if first and second and Levenshtein.distance(first, second) <= MISREAD:
        return True
    born, other_born = one.value("date_of_birth"), other.value("date_of_birth")
    return len(born) == len(other_born) > 4 and born == other_born  # noqa: PLR2004 - whole dates
