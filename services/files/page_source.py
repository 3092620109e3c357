"""The port behind which every format is pages."""

from typing import Protocol

from PIL import Image

from services.dossier.page import Box
from services.files.words import RawWord


class PageSource(Protocol):
    """The pages of an open file; pages count from 1."""

    page_count: int

    def image(self, number: int, dpi: int = 200) -> Image.Image:
        """The page upright, as RGB, L or 1.

        A PDF page is rendered at `dpi`, one that is a single scan at the scan's own resolution (150–300 dpi); an image
        keeps its own resolution.

        Raises:
            CannotProceed: this page is broken, or takes too long or too much memory to draw.
            Refused: this page is too large to decode.
        """
        ...

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:
        """The words the file itself holds for this page, in its own order; None for an image or a page without text.

        Raises:
            CannotProceed: this page is broken.
        """
        ...

    def pictures(self, number: int) -> tuple[Box, ...]:
        """Where a page that has a text layer shows pictures: words may be in them too.

        Raises:
            CannotProceed: this page is broken.
        """
        ...
