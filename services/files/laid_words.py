"""Which words are laid over the pages of a searchable PDF."""

from collections.abc import Sequence

from services.dossier.page import Box, Page, TextSource

Words = Sequence[tuple[str, Box]]
"""Words of a page in reading order with their boxes, fractions of the upright page."""

CONVERTED = "converted"
"""The step of a page whose own text is in a font from before Unicode: it is found in the file by nobody."""


def missing_words(page: Page) -> Words:
    """The words that were read and that the file itself does not say: none of a page whose own text is trusted.

    Where holes of a text layer were read, those of the layer (of which the reader is quite sure) are in the file.
    """
    if page.source is TextSource.TEXT_LAYER and CONVERTED not in page.preparation:
        return ()
    if page.engine.startswith(TextSource.TEXT_LAYER) and page.source is TextSource.OCR:
        return [(word.text, word.box) for line in page.lines for word in line.words if word.confidence < 1]
    return all_words(page)


def all_words(page: Page) -> Words:
    """Every word of a page."""
    return [(word.text, word.box) for line in page.lines for word in line.words]
