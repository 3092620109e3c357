"""Papers of people who have nothing to do with the others of the dossier."""

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from services.check.person import Person, find_persons, groups_of_one, is_asking
from services.dossier.compare import fold
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


def find_strays(papers: Sequence[ReadPaper]) -> tuple[tuple[ReadPaper, str], ...]:
    """Papers whose people stand on no other paper, while the others belong together; with a name to show."""
    persons = find_persons(papers)
    groups = groups_of_one(persons)
    linked = {id(p.paper) for group in groups if len({id(p.paper) for p in group}) > 1 for p in group}
    asking = any(_asks(person.paper) for person in persons)
    found = []
    for paper in papers:
        own = [person for person in persons if person.paper is paper]
        others = [person for person in persons if person.paper is not paper]
        apart = len(linked) > 1 or (asking and paper.paper.kind in _OF_ONE)
        if paper.paper.kind in _OF_MANY:
            continue
        if own and others and id(paper) not in linked and apart and not _asks(paper) and _are_strangers(own, others):
            found.append((paper, own[0].value("name")))
    return tuple(found)


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
