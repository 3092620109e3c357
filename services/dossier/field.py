"""A value read from a paper, with everything that lets a person check it."""

from dataclasses import dataclass

from services.dossier.page import Box, TextSource

# the confidence of a value that contradicts another one of its own paper: a person must look
DOUBTED = 0.45


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one paper.

    `name` is one of `services.dossier.kinds.FIELDS_OF[kind]`; `value` is normalised (ISO dates, digits for money,
    `Nam`/`Nữ`); `raw` is as printed; `page` counts from 1 within document number `document`; `box` is where it
    stands, None where the source has no place (a QR code that was read as a whole).
    """

    name: str
    value: str
    raw: str
    confidence: float
    page: int
    box: Box | None
    source: TextSource
    document: int = 1
