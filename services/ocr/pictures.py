"""Pictures of pages for people to look at: WebP, of a size a desk can show, and small ones for lists."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from services.dossier.page import Box
from services.ocr.prepare.pictures import shrink
from services.ocr.read import PageSource
from services.ocr.read_picture import DPI
from services.ocr.text_layer import LayerWord

LONG_SIDE, SMALL_SIDE = 1600, 320
"""Pixels of the longer side; 1600 is 137 dpi of A4, where a clerk still reads footnotes and stamps."""

QUALITY = 70
METHOD = 0
"""libwebp's fastest method: 30 ms a page; the best saves a fifth of the bytes for four times the work."""


def webp_of(picture: Image.Image, long_side: int = LONG_SIDE) -> bytes:
    """The picture as WebP, no side longer than `long_side` pixels, never enlarged."""
    plain = picture if picture.mode in {"RGB", "L"} else picture.convert("RGB" if picture.mode != "1" else "L")
    small = Image.fromarray(shrink(np.asarray(plain), long_side))
    held = BytesIO()
    small.save(held, "WEBP", quality=QUALITY, method=METHOD)
    return held.getvalue()


class Drawn:
    """A file's pages, the picture drawn last remembered: no page is drawn once to read and once to keep."""

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self._number = 0
        self._picture: Image.Image | None = None

    @property
    def page_count(self) -> int:
        """See `PageSource.page_count`."""
        return self._source.page_count

    def image(self, number: int, dpi: int = DPI) -> Image.Image:
        """See `PageSource.image`."""
        picture = self._source.image(number, dpi)
        self._number, self._picture = number, picture
        return picture

    def text_layer(self, number: int) -> Sequence[LayerWord] | None:
        """See `PageSource.text_layer`."""
        return self._source.text_layer(number)

    def pictures(self, number: int) -> Sequence[Box]:
        """See `PageSource.pictures`."""
        return self._source.pictures(number)

    def drawn(self, number: int) -> Image.Image:
        """The page as drawn last, drawn now where nobody needed its picture.

        Raises:
            CannotProceed: it cannot be drawn.
        """
        if self._number == number and self._picture is not None:
            return self._picture
        return self.image(number, DPI)
