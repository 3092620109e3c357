"""Page pictures keep their shape and a desk's size; readings as files say every word once."""

import json
from io import BytesIO

import pytest
from PIL import Image

from services.dossier.page import Box, Line, Page, TextSource, Word
from services.ocr.pictures import LONG_SIDE, Drawn, webp_of
from services.ocr.words_json import plain_text, words_json
from tests.unit.ocr.test_read import PagesInHand


@pytest.mark.parametrize(
    ("mode", "size", "expected"),
    [("RGB", (2000, 4000), (800, LONG_SIDE)), ("1", (300, 200), (300, 200)), ("L", (9000, 10), (LONG_SIDE, 2))],
)
def test_pictures_are_webp_and_never_enlarged(mode: str, size: tuple[int, int], expected: tuple[int, int]) -> None:
    made = Image.open(BytesIO(webp_of(Image.new(mode, size, 1))))
    assert (made.format, made.size) == ("WEBP", expected)


def test_a_page_is_drawn_once() -> None:
    class Counting(PagesInHand):
        drawn: list[int]

        def image(self, number: int, dpi: int = 200) -> Image.Image:
            self.drawn.append(number)
            return super().image(number, dpi)

    counting = Counting()
    counting.drawn = []
    source = Drawn(counting)
    assert source.image(2) is source.drawn(2)
    source.drawn(1)
    assert counting.drawn == [2, 1]


def test_a_reading_as_files() -> None:
    line = Line((Word("Điều", Box(0.1, 0.2, 0.3, 0.25), 0.98765), Word("1", Box(0.31, 0.2, 0.33, 0.25), 1.0)), 2)
    pages = [Page(4, 10, 20, (line,), TextSource.OCR, "trueocr", ("grey",)), Page(5, 0, 0, (), TextSource.OCR, "x")]
    first, second = json.loads(words_json(pages))
    assert (first["page"], first["engine"], second["lines"]) == (4, "trueocr", [])
    words = [["Điều", 0.1, 0.2, 0.3, 0.25, 0.988], ["1", 0.31, 0.2, 0.33, 0.25, 1.0]]
    assert first["lines"] == [{"block": 2, "words": words}]
    assert plain_text(pages).decode() == "Điều 1\f"
