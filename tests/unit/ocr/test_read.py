"""How pages are read, with an honest stand-in for the engine: the real ones run in the integration tests."""

from PIL import Image

from services.dossier.errors import CannotProceed
from services.dossier.page import Box, Line, TextSource, Word
from services.files.words import RawWord
from services.ocr.engine import GrayImage
from services.ocr.read import read_pages
from services.wording import sentence
from tests.unit.ocr.test_text_layer import PROSE, words_of


class PagesInHand:
    """Three pages: one born digital, one a picture, one that cannot be drawn."""

    page_count = 3
    words = words_of(PROSE)
    shown: tuple[Box, ...] = ()

    def image(self, number: int, dpi: int = 200) -> Image.Image:
        if number == 3:
            raise CannotProceed(sentence("ocr.page_too_slow", seconds=dpi))
        return Image.new("RGB", (200, 300), "white")

    def text_layer(self, number: int) -> list[RawWord] | None:
        return self.words if number == 1 else None

    def pictures(self, number: int) -> tuple[Box, ...]:
        return self.shown if number == 1 else ()


class SaysOneWord:
    """An engine that reads the same word on every page."""

    name = "says_one_word"

    def read(self, image: GrayImage, dpi: int) -> tuple[Line, ...]:
        assert image.ndim == 2
        assert dpi == 200
        return (Line((Word("chữ", Box(0.1, 0.1, 0.2, 0.2), 0.9),)),)


def test_the_text_layer_is_taken_where_it_is_good_and_the_engine_elsewhere() -> None:
    layer, picture = read_pages(PagesInHand(), [1, 2], SaysOneWord())
    assert (layer.source, layer.engine) == (TextSource.TEXT_LAYER, "text_layer")
    assert layer.text.startswith("Căn cứ Luật Cư trú")
    assert (picture.source, picture.engine, picture.text) == (TextSource.OCR, "says_one_word", "chữ")
    assert (picture.width, picture.height) == (200, 300)


def test_a_page_that_cannot_be_read_says_why_and_hides_no_other() -> None:
    pages = list(read_pages(PagesInHand(), [3, 2], SaysOneWord()))
    assert [page.number for page in pages] == [3, 2]
    assert pages[0].unreadable is not None
    assert pages[0].unreadable.id == "ocr.page_too_slow"
    assert pages[1].unreadable is None


class TableInAPicture(PagesInHand):
    """A born-digital page whose lower half is a picture of text."""

    shown = (Box(0.1, 0.5, 0.9, 0.9),)


class WholePageBehind(PagesInHand):
    """A page of words over a picture of the whole page."""

    words = words_of(" ".join([PROSE] * 8))
    shown = (Box(0, 0, 1, 1),)


def test_what_the_layer_leaves_out_is_read_from_the_picture() -> None:
    (page,) = read_pages(TableInAPicture(), [1], SaysOneWord())
    assert (page.source, page.engine, page.preparation) == (TextSource.OCR, "text_layer+says_one_word", ("holes",))
    assert "Căn cứ Luật Cư trú" in page.text
    assert "chữ" in page.text


def test_a_layer_that_disagrees_with_its_picture_gives_way_to_it() -> None:
    (page,) = read_pages(WholePageBehind(), [1], SaysOneWord())
    assert (page.source, page.text) == (TextSource.OCR, "chữ")
