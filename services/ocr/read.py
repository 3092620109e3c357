"""Pages as text: the file's own text where it can be trusted, the engine's reading of the picture elsewhere."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from PIL import Image

from services.dossier.errors import CannotProceed
from services.dossier.page import Box, Page, TextSource
from services.ocr.engine import Engine
from services.ocr.holes import agrees, fill_holes, picture_of_holes
from services.ocr.read_picture import DPI, read_picture
from services.ocr.recent import RecentPages
from services.ocr.text_layer import Layer, LayerWord, judge_layer

LAYER = "text_layer"
"""The name under which a page's own text is kept as its reader."""


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

    def pictures(self, number: int) -> Sequence[Box]:
        """Where a page with words of its own shows pictures."""
        ...


def read_pages(
    source: PageSource, numbers: Sequence[int], engine: Engine, recent: RecentPages | None = None
) -> Iterator[Page]:
    """Read these pages of a file, one by one and in this order.

    A page that cannot be read comes as a page with `unreadable`, so one bad page never hides the others.
    Pictures found among `recent` pages are not read again.

    Raises:
        TryAgain: the engine's program died.
    """
    for number in numbers:
        try:
            yield _read_page(source, number, engine, recent)
        except CannotProceed as error:
            yield Page(number, 0, 0, (), TextSource.OCR, engine.name, unreadable=error.sentence)


def _read_page(source: PageSource, number: int, engine: Engine, recent: RecentPages | None) -> Page:
    words = source.text_layer(number)
    layer = judge_layer(words, source.pictures(number)) if words else None
    if layer is None:
        return read_picture(source.image(number, DPI), number, engine, recent)
    said = Page(number, 0, 0, layer.lines, TextSource.TEXT_LAYER, LAYER, ("converted",) if layer.converted else ())
    if layer.over_picture:
        seen = read_picture(source.image(number, DPI), number, engine, recent)
        if not agrees(layer.lines, seen.lines):
            return seen
    return _with_holes(said, layer, source, engine) if layer.holes else said


def _with_holes(said: Page, layer: Layer, source: PageSource, engine: Engine) -> Page:
    """What the layer says and, where it says nothing, what the picture shows; as it was where that is no text."""
    image = np.asarray(source.image(said.number, DPI).convert("L"), np.uint8)
    found = engine.read(picture_of_holes(image, layer.lines, layer.holes), DPI)
    lines = fill_holes(layer.lines, found, image.shape[0] / image.shape[1])
    if lines == layer.lines:
        return said
    steps = (*said.preparation, "holes")
    height, width = image.shape
    return Page(said.number, width, height, lines, TextSource.OCR, f"{LAYER}+{engine.name}", steps)
