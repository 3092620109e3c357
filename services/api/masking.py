"""Identity numbers as they are shown: their last three digits."""

import re

SENSITIVE = re.compile(r"citizen_id$|mrz_line|insurance_number|tax_code$")
_DIGITS = re.compile(r"(?<!\d)(\d{12}|\d{9})(?!\d)")
KEPT = 3


def mask(value: str) -> str:
    """All but the last three characters replaced by dots."""
    return "•" * max(0, len(value) - KEPT) + value[-KEPT:]


def mask_numbers(text: str) -> str:
    """Numbers of 9 or 12 digits inside a text masked."""
    return _DIGITS.sub(lambda found: mask(found.group()), text)


def mask_field(name: str, value: str) -> str:
    """The value of a field as it may be shown to anybody who may see the dossier."""
    return mask(value) if SENSITIVE.search(name) else mask_numbers(value)
