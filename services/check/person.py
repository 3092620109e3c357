"""The people on the papers, and when two of them are one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from services.dossier.compare import fold
from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.paper import ReadPaper

ROLES = ("father", "mother", "husband", "wife", "applicant", "agent", "principal", "transferor_spouse",
    "transferee_spouse",
         "transferor", "transferee", "spouse", "payer", "child")  # fmt: skip
PERSONAL = ("name", "date_of_birth", "citizen_id", "gender", "ethnicity")
_LONE_NAMES = {
    "sender_name": "sender",
    "relative_name": "relative",
    "household_head": "head",
    "subject_person": "about",
}

# papers that speak of one event: the same role on two of them is the same person
FAMILIES: tuple[frozenset[PaperKind], ...] = (
    frozenset({PaperKind.BIRTH_CERTIFICATE, PaperKind.BIRTH_REGISTRATION_DECLARATION,
        PaperKind.MEDICAL_BIRTH_CERTIFICATE}),
    frozenset({PaperKind.DEATH_NOTICE, PaperKind.DEATH_REGISTRATION_DECLARATION}),
    frozenset({PaperKind.MARRIAGE_CERTIFICATE, PaperKind.MARRIAGE_REGISTRATION_DECLARATION}),
    frozenset({PaperKind.MARITAL_STATUS_CERTIFICATE, PaperKind.MARITAL_STATUS_DECLARATION}),
    frozenset({PaperKind.LAND_CHANGE_APPLICATION, PaperKind.LAND_USE_CERTIFICATE, PaperKind.LAND_TRANSFER_CONTRACT,
               PaperKind.BUILDING_PERMIT_APPLICATION, PaperKind.CONSTRUCTION_DRAWING}),
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """One person on one paper: the role (empty for the subject) and the personal fields by suffix."""

    paper: ReadPaper
    role: str
    facts: dict[str, Field] = field(default_factory=dict)

    def value(self, fact: str) -> str:
        """The normalised value of a fact, empty when the paper does not give it."""
        return self.facts[fact].value if fact in self.facts else ""


def find_persons(papers: Iterable[ReadPaper]) -> list[Person]:
    """Everyone named on the papers."""
    persons: list[Person] = []
    for paper in papers:
        by_role: dict[str, Person] = {}
        for item in paper.fields:
            role, fact = split_name(item.name)
            if fact:
                by_role.setdefault(role, Person(paper, role)).facts[fact] = item
        persons += [person for person in by_role.values() if person.value("name") or person.value("citizen_id")]
    return persons


def split_name(name: str) -> tuple[str, str]:
    """`mother_date_of_birth` is (`mother`, `date_of_birth`); fact empty where it is no personal field."""
    if name in _LONE_NAMES:
        return _LONE_NAMES[name], "name"
    for role in ROLES:
        if name.startswith(role + "_"):
            rest = name.removeprefix(role + "_")
            return role, rest if rest in PERSONAL else ""
    return "", {"full_name": "name"}.get(name, name if name in PERSONAL and name != "name" else "")


def are_one(one: Person, other: Person) -> bool:
    """Whether two people of two papers are surely the same: by number, by name, by birth and a similar name,
    by role."""
    if _same_number(one, other):
        return True
    if _near_numbers(one, other):
        return True
    if same_name(one.value("name"), other.value("name")):
        return not _far_apart(one, other)
    alike = fuzz.ratio(fold(one.value("name")), fold(other.value("name"))) if _both(one, other, "name") else 0.0
    same_birth = _full(one.value("date_of_birth")) and one.value("date_of_birth") == other.value("date_of_birth")
    if same_birth and alike > 55:  # noqa: PLR2004 - of 100
        return True
    rules = (_is_misread, _born_in_one_year, _pays_for, _same_role)
    return any(rule(one, other) for rule in rules)


def _is_misread(one: Person, other: Person) -> bool:
    """Names that differ in a letter, and births in a figure or two: siblings are not born a day apart."""
    if not (_both(one, other, "name") and _both(one, other, "date_of_birth")):
        return False
    names = Levenshtein.distance(fold(one.value("name")), fold(other.value("name")))
    births = Levenshtein.distance(one.value("date_of_birth"), other.value("date_of_birth"))
    return names <= 1 and births <= SLIPS and _full(one.value("date_of_birth"))


def _pays_for(one: Person, other: Person) -> bool:
    """Who pays a fee is who asks, where their names are the same but for one word of three or more."""
    payer, asker = (one, other) if one.role == "payer" else (other, one)
    kind = asker.paper.paper.kind
    if payer.role != "payer" or asker.role not in {"", "applicant"} or kind is None or not is_asking(kind):
        return False
    return _differ_in_a_word(payer, asker)


def _born_in_one_year(one: Person, other: Person) -> bool:
    """Names the same but for one word of three or more, and the year of birth: a paper of old gives no more."""
    births = one.value("date_of_birth"), other.value("date_of_birth")
    year_only = all(births) and not all(_full(day) for day in births)
    return year_only and births[0][:4] == births[1][:4] and _differ_in_a_word(one, other)


def _differ_in_a_word(one: Person, other: Person) -> bool:
    first, second = (fold(person.value("name")).split() for person in (one, other))
    return len(first) == len(second) > 2 and sum(a != b for a, b in zip(first, second, strict=True)) == 1  # noqa: PLR2004


_ASKING = ("_declaration", "_application", "_request", "petition", "contract")


def is_asking(kind: PaperKind) -> bool:
    """Whether a paper of this kind is written by who asks for something."""
    return any(part in kind.value for part in _ASKING)


def _near_numbers(one: Person, other: Person) -> bool:
    """Numbers that differ in a figure or two, where the names do not say otherwise: one is written wrong."""
    first, second = one.value("citizen_id"), other.value("citizen_id")
    if len(first) != len(second) or len(first) < WHOLE or Levenshtein.distance(first, second) > SLIPS:
        return False
    return not _both(one, other, "name") or fuzz.ratio(fold(one.value("name")), fold(other.value("name"))) > 55  # noqa: PLR2004


WHOLE, SLIPS = 12, 2  # figures of a personal number, and how many of them a slip of the pen changes
NAMESAKE_BELOW = 70.0  # of 100: numbers less alike than this are two numbers, not one misread


def _far_apart(one: Person, other: Person) -> bool:
    """Namesakes: another number and another year of birth."""
    if not (_both(one, other, "citizen_id") and _both(one, other, "date_of_birth")):
        return False
    numbers = (
        len(one.value("citizen_id")) == len(other.value("citizen_id"))
        and fuzz.ratio(one.value("citizen_id"), other.value("citizen_id")) < NAMESAKE_BELOW
    )
    return numbers and one.value("date_of_birth")[:4] != other.value("date_of_birth")[:4]


def _same_role(one: Person, other: Person) -> bool:
    kinds = {one.paper.paper.kind, other.paper.paper.kind}
    if one.paper.paper.kind == other.paper.paper.kind or one.role != other.role or one.role == "applicant":
        return False
    if _nothing_alike(one, other) or _of_two_events(one.paper, other.paper):
        return False
    land = PaperKind.LAND_CHANGE_APPLICATION in kinds or PaperKind.LAND_TRANSFER_CONTRACT in kinds
    return not land and any(kinds <= family for family in FAMILIES)


def _nothing_alike(one: Person, other: Person) -> bool:
    """Another name, another birth and another number altogether: a stranger's paper, whatever it is about."""
    if not all(_both(one, other, fact) for fact in ("name", "date_of_birth", "citizen_id")):
        return False
    number, other_number = one.value("citizen_id"), other.value("citizen_id")
    names = fuzz.ratio(fold(one.value("name")), fold(other.value("name")))
    births = Levenshtein.distance(one.value("date_of_birth"), other.value("date_of_birth"))
    far = len(number) == len(other_number) and Levenshtein.distance(number, other_number) > 2 * SLIPS
    return far and names < NAMESAKE_BELOW and births > SLIPS


def _of_two_events(one: ReadPaper, other: ReadPaper) -> bool:
    """Whether more people of the same role on two papers are strangers than are like one another: two births."""
    there = {person.role: person for person in find_persons([other])}
    alike = [
        _resemble(person, there[person.role])
        for person in find_persons([one])
        if person.role in there and person.role != "applicant"
    ]
    return alike.count(False) > alike.count(True)


def _resemble(one: Person, other: Person) -> bool | None:
    """Whether two people may be one; None where too little is said of them."""
    if _same_number(one, other) or _near_numbers(one, other):
        return True
    if _full(one.value("date_of_birth")) and one.value("date_of_birth") == other.value("date_of_birth"):
        return True
    if not _both(one, other, "name"):
        return None
    return fuzz.ratio(fold(one.value("name")), fold(other.value("name"))) >= NAMESAKE_BELOW


def _same_number(one: Person, other: Person) -> bool:
    return _both(one, other, "citizen_id") and one.value("citizen_id") == other.value("citizen_id")


def same_name(one: str, other: str) -> bool:
    """Names equal but for case and marks that OCR loses."""
    return bool(one) and fold(one) == fold(other)


def _both(one: Person, other: Person, fact: str) -> bool:
    return bool(one.value(fact) and other.value(fact))


def _full(day: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day))


_KEPT_APART = frozenset({"", "father", "mother", "husband", "wife"})


def _are_told_apart(persons: Sequence[Person]) -> bool:
    """Whether two of them stand on one paper as child and parent or as a couple, by different names."""
    return any(
        one.paper is other.paper
        and {one.role, other.role} <= _KEPT_APART
        and _both(one, other, "name")
        and fuzz.ratio(fold(one.value("name")), fold(other.value("name"))) < NAMESAKE_BELOW
        for one, other in combinations(persons, 2)
    )


def groups_of_one(persons: Sequence[Person]) -> list[list[Person]]:
    """The people of the dossier, each with every place they stand in on different papers.

    Surest links come first; none is made that would make one of two people whom the same paper tells apart.
    """
    group = list(range(len(persons)))
    links = [
        (at, later)
        for at, later in combinations(range(len(persons)), 2)
        if persons[at].paper is not persons[later].paper and are_one(persons[at], persons[later])
    ]
    for at, later in sorted(links, key=lambda link: not _same_number(persons[link[0]], persons[link[1]])):
        old, new = group[later], group[at]
        if old != new and not _are_told_apart(
            [person for person, number in zip(persons, group, strict=True) if number in {old, new}]
        ):
            group = [new if value == old else value for value in group]
    gathered: dict[int, list[Person]] = {}
    for at, person in enumerate(persons):
        gathered.setdefault(group[at], []).append(person)
    return list(gathered.values())
