"""How far a value is believed: what other values of the same paper say for it or against it.

A personal number holds the province of registration, the century and sex and the year of birth (Decree 137/2015/ND-CP,
article 13; Circular 59/2021/TT-BCA); a day of issue comes after a birth and not after the paper's own day.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median

from services.dossier.field import DOUBTED, Field
from services.dossier.identity import agrees, has_check_digit, is_tax_code
from services.dossier.page import TextSource

SEX_OF_PARTY = {"father_": "Nam", "husband_": "Nam", "mother_": "Nữ", "wife_": "Nữ"}
OWN_DAYS = frozenset({"issue_date", "document_date"})  # the same day elsewhere is the day of something else
IN_PART = 0.85  # what may be the rest of a longer value
OLD_NUMBER, MONTH = 9, 7  # figures of an old identity card's number; letters of `2026-11`
ON_MISREAD_PAGE = 0.6  # a figure of a page with days that cannot be
SEEN_ONCE = 0.93  # read from a picture, and nothing else on the paper says the same
BORNE_OUT = 0.4  # the share of doubt that is left where another value says the same


def weigh_fields(fields: Sequence[Field], misread: Container[tuple[int, int]] = ()) -> list[Field]:
    """The fields with their confidence raised where the paper bears them out and lowered where it contradicts them.

    Figures of pages `misread` (document, number) are doubted, whatever else they agree with.
    """
    by_name = {field.name: field for field in fields}
    verdicts = {**_of_numbers(by_name), **_of_days(by_name)}
    repeated = _printed_twice(fields)
    weighed = [_weighed(field, verdicts.get(field.name), repeated=field.name in repeated) for field in fields]
    worn = _worn_pages(weighed)
    weighed = [_held_back(field) if (field.document, field.page) in worn else field for field in weighed]
    return [_doubted(field) if (field.document, field.page) in misread else field for field in weighed]


def _worn_pages(fields: Sequence[Field]) -> set[tuple[int, int]]:
    """Pages most of whose values were read with effort: handwriting, a worn copy."""
    sure: dict[tuple[int, int], list[float]] = {}
    for field in fields:
        if field.source is TextSource.OCR and field.confidence > GUESSED:
            sure.setdefault((field.document, field.page), []).append(field.confidence)
    return {place for place, all_ in sure.items() if len(all_) >= FEW and median(all_) < WITH_EFFORT}


GUESSED, FEW, WITH_EFFORT = 0.5, 4, 0.8  # values below the first are guesses of where they stand, not of what they are


def _held_back(field: Field) -> Field:
    """A figure that a person should look at, however surely it was read: the others of its page were not."""
    if field.source is not TextSource.OCR or not re.search(r"\d", field.value):
        return field
    return replace(field, confidence=min(field.confidence, IN_PART))


def _doubted(field: Field) -> Field:
    """A figure of a page on which other figures were misread."""
    if field.source is not TextSource.OCR or not re.search(r"\d", field.value):
        return field
    return replace(field, confidence=min(field.confidence, ON_MISREAD_PAGE))


def _weighed(field: Field, holds: bool | None, *, repeated: bool) -> Field:
    if field.source in {TextSource.QR, TextSource.MRZ, TextSource.OFFICER}:
        return field
    confidence = field.confidence
    if holds is False:
        return replace(field, confidence=min(confidence, DOUBTED))
    if _is_in_part(field):
        return replace(field, confidence=min(confidence, IN_PART))
    seen_twice = repeated and field.source is TextSource.OCR and field.name not in OWN_DAYS
    if holds or seen_twice:
        confidence = 1 - (1 - confidence) * (BORNE_OUT if not (holds and repeated) else BORNE_OUT / 2)
    elif field.source is TextSource.OCR and _is_figures(field.name):
        confidence = min(confidence, SEEN_ONCE)
    return replace(field, confidence=round(min(confidence, 0.995), 4))


def _is_in_part(field: Field) -> bool:
    """A month without its day, or nine figures read from a picture where twelve are usual: a part may be lost."""
    if field.name.endswith("citizen_id"):
        return field.source is TextSource.OCR and len(field.value) == OLD_NUMBER
    return "date" in field.name and len(field.value) == MONTH


def _is_figures(name: str) -> bool:
    return name.endswith(("citizen_id", "_date", "date_of_birth", "date_of_death", "number", "phone", "tax_code"))


def _of_numbers(by_name: Mapping[str, Field]) -> dict[str, bool]:
    """Personal numbers and tax codes against their own structure, the birth and the sex beside them."""
    verdicts: dict[str, bool] = {}
    for name, field in by_name.items():
        if name.endswith("citizen_id"):
            party = name.removesuffix("citizen_id")
            born, sex = by_name.get(f"{party}date_of_birth"), by_name.get(f"{party}gender")
            verdict = agrees(field.value, born.value if born else "", sex.value if sex else SEX_OF_PARTY.get(party, ""))
            if verdict is not None:
                verdicts[name] = verdict
                if born:
                    verdicts[born.name] = verdict
        if name == "tax_code" and has_check_digit(field.value):
            verdicts[name] = is_tax_code(field.value)
    return verdicts


def _of_days(by_name: Mapping[str, Field]) -> dict[str, bool]:
    """Days that cannot be: issued before a birth, before there were cards, or after the paper's own day."""
    own = next((by_name[name].value for name in ("document_date", "issue_date") if name in by_name), "")
    verdicts = _of_generations(by_name)
    for name, field in by_name.items():
        party = name.removesuffix("citizen_id_issue_date")
        born = by_name.get(f"{party}date_of_birth") if party != name else None
        early = born is not None and field.value[:4] < born.value[:4]
        late = bool(own) and len(own) == len(field.value) and field.value > own
        past = name.endswith(("date_of_birth", "date_of_death", "registration_date", "notice_date"))
        if (party != name and (early or late)) or (past and late):
            verdicts[name] = False
    return verdicts


YOUNGEST_PARENT = 12  # years


def _of_generations(by_name: Mapping[str, Field]) -> dict[str, bool]:
    """Births of a child and of parents too young for it: people of the paper were taken for one another."""
    child = by_name.get("date_of_birth")
    verdicts: dict[str, bool] = {}
    for name in ("father_date_of_birth", "mother_date_of_birth") if child else ():
        parent = by_name.get(name)
        if child and parent and int(parent.value[:4]) > int(child.value[:4]) - YOUNGEST_PARENT:
            verdicts |= {name: False, child.name: False}
    return verdicts


def _printed_twice(fields: Iterable[Field]) -> set[str]:
    """Fields of figures whose value stands in another place of the same paper too."""
    found: dict[str, list[Field]] = {}
    for field in fields:
        if _is_figures(field.name) and len(field.value) > 7:  # noqa: PLR2004 - shorter ones repeat by chance
            found.setdefault(field.value, []).append(field)
    return {field.name for group in found.values() if len({f.box for f in group}) > 1 for field in group}
