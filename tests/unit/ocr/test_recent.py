"""The same pixels are read once by one worker, whatever page or file they are."""

from dataclasses import dataclass

from PIL import Image

from services.dossier.page import Box, Line, Word
from services.ocr.engine import GrayImage
from services.ocr.read_picture import read_picture
from services.ocr.recent import RecentPages


@dataclass(eq=False)
class Counts:
    """An engine that says how often it was asked."""

    name = "counts"
    asked: int = 0

    def read(self, image: GrayImage, dpi: int) -> tuple[Line, ...]:  # noqa: ARG002 - the port's arguments
        self.asked += 1
        return (Line((Word(f"lần{self.asked}", Box(0, 0, 1, 1), 0.9),)),)


def page(shade: int) -> Image.Image:
    return Image.new("L", (60, 80), shade)


def test_the_same_pixels_are_read_once_and_keep_their_own_number() -> None:
    engine, recent = Counts(), RecentPages()
    first, again = (read_picture(page(255), number, engine, recent) for number in (1, 4))
    assert (engine.asked, first.text, again.text, again.number) == (1, "lần1", "lần1", 4)


def test_other_pixels_and_other_engines_are_read() -> None:
    engine, other, recent = Counts(), Counts(), RecentPages()
    read_picture(page(255), 1, engine, recent)
    read_picture(page(254), 2, engine, recent)
    read_picture(page(255), 3, other, recent)
    assert (engine.asked, other.asked) == (2, 1)


def test_the_oldest_goes_when_there_are_too_many() -> None:
    engine, recent = Counts(), RecentPages(most=2)
    for shade in (1, 2, 1, 3, 2):
        read_picture(page(shade), 1, engine, recent)
    assert engine.asked == 4
