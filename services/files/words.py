"""Words as a file itself holds them, before any reader judged them."""

from dataclasses import dataclass

from services.dossier.page import Box


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word of a text layer (NFC), its place on the upright page and the line (from 0) the file puts it on.

    `hidden`: it is not drawn, as the words that an OCR program laid over a scan.
    """

    text: str
    box: Box
    line: int = 0
    hidden: bool = False
