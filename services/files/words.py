"""Words as a file itself holds them, before any reader judged them."""

from typing import NamedTuple

from services.dossier.page import Box


class RawWord(NamedTuple):
    """A word of a text layer (NFC), its place on the upright page and the line (from 0) the file puts it on.

    `hidden`: it is not drawn, as the words that an OCR program laid over a scan. A tuple, as a page has six hundred and
    is to be had in milliseconds: a frozen dataclass takes three times as long to make.
    """

    text: str
    box: Box
    line: int = 0
    hidden: bool = False
