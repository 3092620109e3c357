"""Identity numbers as they are shown: their last three digits, and those in which two of them differ."""

import re
from collections.abc import Sequence

SENSITIVE = re.compile(r"citizen_id$|mrz_line|insurance_number|tax_code$")
_DIGITS = re.compile(r"(?<!\d)(\d{12}|\d{9})(?!\d)")
KEPT = 3
MASKED = "•"


def mask(value: str) -> str:
    """All but the last three characters replaced by dots."""
    return MASKED * max(0, len(value) - KEPT) + value[-KEPT:]


def mask_numbers(text: str) -> str:
    """Numbers of 9 or 12 digits inside a text masked; two that differ look different."""
    shown = dict(zip(found := list(dict.fromkeys(_DIGITS.findall(text))), _apart(found), strict=True))
    return _DIGITS.sub(lambda number: shown[number.group()], text)


def mask_apart(name: str, values: Sequence[str]) -> list[str]:
    """The values of one field on several papers, masked so that those which differ look different."""
    return _apart(values) if SENSITIVE.search(name) else [mask_numbers(value) for value in values]


def _apart(values: Sequence[str]) -> list[str]:
    """Each value by its last characters and by those in which it differs from another of its length that ends alike."""
    shown = []
    for value in values:
        others = [other for other in values if len(other) == len(value) and other[-KEPT:] == value[-KEPT:]]
        told = {at for other in others for at in range(len(value)) if other[at] != value[at]}
        kept = range(len(value) - KEPT, len(value))
        shown.append("".join(char if at in told or at in kept else MASKED for at, char in enumerate(value)))
    return shown


def mask_field(name: str, value: str) -> str:
    """The value of a field as it may be shown to anybody who may see the dossier."""
    return mask(value) if SENSITIVE.search(name) else mask_numbers(value)
