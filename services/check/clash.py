"""Facts on which papers disagree, weighed by how surely each value was read.

A value read from a picture may be misread, and then the papers do not disagree: two values accuse one another only when
it is likely that both were read right. Values that differ in a letter or two need more than wholly different ones.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from rapidfuzz.distance import Levenshtein

from services.check.agree import agree
from services.check.person import PERSONAL, Person, find_persons, groups_of_one
from services.dossier.compare import fold
from services.dossier.field import DOUBTED, Field
from services.dossier.kinds import PaperKind
from services.dossier.page import TextSource
from services.dossier.paper import ReadPaper

LEAST_SURE = 0.5  # a value read with less does not accuse another
BOTH_RIGHT = 0.4  # the least likelihood that both values were read right
BOTH_RIGHT_NEAR = 0.78  # the same for values so alike that one may be the other misread
BORNE_OUT = 0.75
BOTH_RIGHT_FIGURE = 0.6  # the same where figures differ that do not look alike
OUTVOTED = 0.94  # the least sureness of a value that looks like what more papers say
MISREAD = 2  # letters in which a misread value differs at most

Worn = frozenset[tuple[int, int]]
"""Pages by document and number."""

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
        PaperKind.BIRTH_CERTIFICATE: "registration_number"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One fact with the different values that the papers give for it, and the document (from 1) each stands in."""

    field: str
    values: tuple[Field, ...]


def contradictions(papers: Sequence[ReadPaper]) -> tuple[Contradiction, ...]:
    """Facts on which papers disagree, each once, of the same person or of the same thing."""
    worn = _worn_pages(papers)
    found = [c for group in groups_of_one(find_persons(papers)) for c in _of_person(group, worn)]
    for fact, names in _THINGS:
        items = [
            f
            for paper in papers
            if paper.paper.kind in names
            for f in paper.fields
            if f.name == names[paper.paper.kind]
        ]
        found += _disagreeing(fact, fact, items, worn)
    unique = {(c.field, frozenset(f.value for f in c.values)): c for c in found}
    return tuple(unique.values())


def _of_person(group: Sequence[Person], worn: Worn) -> list[Contradiction]:
    found: list[Contradiction] = []
    numbers = Counter(person.value("citizen_id") for person in group)
    for fact in PERSONAL:
        holders = [person for person in group if fact in person.facts]
        roles = sorted({person.role for person in holders}, key=lambda role: (role in {"", "applicant"}, role))
        name = next((p.facts[fact].name for p in holders if p.role == roles[0]), fact) if holders else fact
        found += _disagreeing(name, fact, [_believed(fact, person, numbers) for person in holders], worn)
    return found


def _believed(fact: str, person: Person, numbers: Counter[str]) -> Field:
    """A birth doubted because it does not go with its number is believed where another paper has the same number."""
    item = person.facts[fact]
    doubted = fact in {"date_of_birth", "citizen_id"} and item.confidence == DOUBTED
    return replace(item, confidence=BORNE_OUT) if doubted and numbers[person.value("citizen_id")] > 1 else item


def _disagreeing(name: str, fact: str, items: Sequence[Field], worn: Worn) -> list[Contradiction]:
    items = [_placed_right(item, items) for item in items] if fact == "name" else items
    sure = [item for item in items if _may_accuse(fact, item)]
    said = Counter(item.value for item in sure)
    clashes = any(
        not agree(fact, one, other) and _both_right(one, other, said, worn)
        for at, one in enumerate(sure)
        for other in sure[at + 1 :]
    )
    return [Contradiction(name, tuple(sure))] if clashes else []


_SERIAL = re.compile(r"[A-ZĐ]{2} ?\d{6,8}")


def _may_accuse(fact: str, item: Field) -> bool:
    """What was read surely enough and is of its sort; a text layer says what is printed, likely or not."""
    if fact == "certificate_number" and not _SERIAL.fullmatch(item.value):
        return False
    return item.confidence >= LEAST_SURE or _is_printed_so(item)


def _is_printed_so(item: Field) -> bool:
    """Whether a value is doubted only because its own paper contradicts it: it was read right all the same."""
    return item.source is TextSource.TEXT_LAYER and item.confidence == DOUBTED


def _placed_right(item: Field, items: Sequence[Field]) -> Field:
    """A name whose place on the paper is in doubt, believed where it is another's but for one word: it is no chance."""
    if not LEAST_PLACED <= item.confidence < LEAST_SURE:
        return item
    words = fold(item.value).split()
    near = any(
        len(words) == len(other) > 2 and sum(a != b for a, b in zip(words, other, strict=True)) == 1  # noqa: PLR2004
        for other in (fold(one.value).split() for one in items)
    )
    return replace(item, confidence=BORNE_OUT) if near else item


LEAST_PLACED = 0.4  # of a name that was read surely, but by a guess where names stand


def _worn_pages(papers: Sequence[ReadPaper]) -> Worn:
    """Pages most of whose values were read with effort: handwriting or a worn copy, where figures pass for others."""
    found: dict[tuple[int, int], list[float]] = {}
    for paper in papers:
        for item in paper.fields:
            if item.source is TextSource.OCR and item.confidence > LEAST_SURE:
                found.setdefault((item.document, item.page), []).append(item.confidence)
    return frozenset(place for place, sure in found.items() if median(sure) < WITH_EFFORT)


WITH_EFFORT = 0.8


def _both_right(one: Field, other: Field, said: Counter[str], worn: Worn) -> bool:
    """Whether it is likely that both were read right; a value that two papers give is believed more.

    One that looks like what two other papers say is believed only if it was read very surely.
    """
    likely = _belief(one, said) * _belief(other, said)
    seen = TextSource.OCR in {one.source, other.source}
    near = seen and _distance(one.value, other.value) <= MISREAD
    if near and _is_another_figure(one.value, other.value):
        return likely >= BOTH_RIGHT_FIGURE
    if near and _FIGURES.fullmatch(one.value + other.value):
        odd = min(one, other, key=lambda item: said[item.value])
        outvoted = said[one.value] != said[other.value] and odd.source is TextSource.OCR
        if {(item.document, item.page) for item in (one, other)} & worn or (outvoted and odd.confidence < OUTVOTED):
            return False
    return likely >= (BOTH_RIGHT_NEAR if near else BOTH_RIGHT)


def _is_another_figure(one: str, other: str) -> bool:
    """Whether values of figures differ in one or two that no reader takes for one another."""
    if len(one) != len(other) or not _FIGURES.fullmatch(one + other):
        return False
    pairs = [frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return any(pair not in _ALIKE for pair in pairs)


_FIGURES = re.compile(r"[\d./-]+")
# figures that look alike in worn, bold or handwritten print
_ALIKE = frozenset(frozenset(pair) for pair in ("06", "08", "09", "17", "14", "23", "27", "35", "38", "39", "49", "56",
                                                "58", "59", "68", "69", "89"))  # fmt: skip


def _distance(one: str, other: str) -> int:
    """Letters in which two values differ; a year is held against the year of a day."""
    if _YEAR.fullmatch(one) or _YEAR.fullmatch(other):
        one, other = one[:4], other[:4]
    return Levenshtein.distance(fold(one), fold(other))


_YEAR = re.compile(r"\d{4}")
PRINTED = 0.95  # how surely a text layer was read, whatever the paper says beside it


def _belief(item: Field, said: Counter[str]) -> float:
    sure = PRINTED if _is_printed_so(item) else item.confidence
    return 1 - (1 - sure) ** said[item.value]
