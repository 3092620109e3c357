"""Words are laid where the file does not say them itself."""

from dataclasses import replace

from services.dossier.page import Box, Line, Page, TextSource, Word
from services.files.laid_words import CONVERTED, all_words, missing_words

BOX = Box(0, 0, 0.1, 0.1)
PAGE = Page(1, 1, 1, (Line((Word("một", BOX, 1.0), Word("hai", BOX, 0.9))),), TextSource.OCR, "trueocr")


def test_what_is_laid_over_a_page() -> None:
    said = replace(PAGE, source=TextSource.TEXT_LAYER, engine="text_layer")
    assert [text for text, _ in missing_words(PAGE)] == ["một", "hai"]
    assert missing_words(said) == ()
    assert [text for text, _ in missing_words(replace(said, preparation=(CONVERTED,)))] == ["một", "hai"]
    assert [text for text, _ in missing_words(replace(PAGE, engine="text_layer+trueocr"))] == ["hai"]
    assert [text for text, _ in all_words(said)] == ["một", "hai"]
