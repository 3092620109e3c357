"""What one version of a procedure says otherwise than another, part by part."""

from dataclasses import fields

from services.catalogue.procedure import Procedure

# numbers and dates of a version differ by their nature, and its source is no part of what it says
APART = frozenset({"code", "version", "effective_from", "effective_to", "source", "source_date"})
PARTS: tuple[str, ...] = tuple(field.name for field in fields(Procedure) if field.name not in APART)
"""Names of the parts that versions are compared by, in their order."""


def find_differences(old: Procedure, new: Procedure) -> tuple[str, ...]:
    """The parts in which two versions differ."""
    return tuple(part for part in PARTS if getattr(old, part) != getattr(new, part))


def find_emptied(old: Procedure, new: Procedure) -> tuple[str, ...]:
    """The parts that the new version leaves empty where the old one said something: a thinner source loses them."""
    return tuple(part for part in PARTS if getattr(old, part) and not getattr(new, part))
