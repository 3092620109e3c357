"""Pages as text: the file's own text where it can be trusted, the engine's reading of the picture elsewhere."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from PIL import Image

from services.dossier.errors import CannotProceed
from services.dossier.page import Page, TextSource
from services.ocr.engine import Engine
from services.ocr.text_layer import LayerWord, is_trusted, lines_of_layer

DPI = 200
"""Tesseract reads 200 dpi better than 300 and in half the time; finer scans are brought down to it."""


class PageSource(Protocol):
    """An opened file as pages, numbered from 1."""

    @property
    def page_count(self) -> int:
        """How many pages the file has."""
        ...

    def image(self, number: int, dpi: int = DPI) -> Image.Image:
        """A page as a picture; CannotProceed where it cannot be drawn."""
        ...

    def text_layer(self, number: int) -> Sequence[LayerWord] | None:
        """The page's own words, None where the format has none."""
        ...


def read_pages(source: PageSource, numbers: Sequence[int], engine: Engine) -> Iterator[Page]:
    """Read these pages of a file, one by one and in this order.

    A page that cannot be read comes as a page with `unreadable`, so one bad page never hides the others.

    Raises:
        TryAgain: the engine's program died.
    """
    for number in numbers:
        try:
            yield _read_page(source, number, engine)
        except CannotProceed as error:
            yield Page(number, 0, 0, (), TextSource.OCR, engine.name, unreadable=error.sentence)


def _read_page(source: PageSource, number: int, engine: Engine) -> Page:
    words = source.text_layer(number)
    if words and is_trusted(words):
        return Page(number, 0, 0, lines_of_layer(words), TextSource.TEXT_LAYER, "text_layer")
    picture = source.image(number, DPI).convert("L")
    lines = engine.read(np.asarray(picture, np.uint8), DPI)
    return Page(number, picture.width, picture.height, lines, TextSource.OCR, engine.name, ("grey",))
