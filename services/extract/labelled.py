"""Fields in two parts, whose it is and what it is, so that a name learned on one paper is a name on every other."""

from dataclasses import dataclass
from functools import cache

from services.dossier.kinds import FIELDS_OF, PaperKind

PARTIES = (
    "", "father", "mother", "husband", "wife", "applicant", "agent", "principal", "transferor_spouse",
    "transferee_spouse", "transferor", "transferee", "spouse", "payer", "child",
)  # fmt: skip
NOTHING = ""
"""The concept of a word that is no part of a value."""


@cache
def part_field(field: str) -> tuple[str, str]:
    """Party and concept: `mother_date_of_birth` is `mother` and `date_of_birth`, `full_name` nobody's `name`."""
    if field == "full_name":
        return "", "name"
    for party in PARTIES[1:]:
        if field.startswith(party + "_"):
            return party, field.removeprefix(party + "_")
    return "", field


CONCEPTS = (NOTHING, *sorted({part_field(field)[1] for fields in FIELDS_OF.values() for field in fields}))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a kind of paper may print: fields in order, each with the places of its party and concept."""

    fields: tuple[str, ...]
    parties: tuple[int, ...]
    concepts: tuple[int, ...]


@cache
def asked_of(kind: PaperKind) -> Asked:
    """The fields of a kind as the labeller knows them."""
    fields = tuple(sorted(FIELDS_OF[kind]))
    parted = [part_field(field) for field in fields]
    return Asked(
        fields,
        tuple(PARTIES.index(party) for party, _ in parted),
        tuple(CONCEPTS.index(concept) for _, concept in parted),
    )
