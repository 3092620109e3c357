"""HEIC photos through the decoder-only `pi-heif`; libheif turns and mirrors them upright itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pi_heif
from PIL import Image

from services.dossier.errors import CannotProceed
from services.dossier.page import Box
from services.files.flatten import flatten
from services.files.limits import Limits
from services.files.pdf import too_many_pixels
from services.files.words import RawWord
from services.wording import sentence

_DAMAGED = (OSError, ValueError, EOFError, RuntimeError, SyntaxError)


class HeicPages:
    """The top-level images of one HEIC file, as `PageSource`."""

    def __init__(self, opened: "pi_heif.HeifFile", limits: Limits) -> None:
        self._opened = opened
        self._limits = limits
        self.page_count = len(opened)

    def size(self, number: int) -> tuple[int, int]:
        """Declared width and height in pixels, upright."""
        width, height = self._opened[number - 1].size
        return int(width), int(height)

    def check_pixels(self, number: int) -> None:
        """Refuse a page that declares too many pixels.

        Raises:
            Refused: it does.
        """
        width, height = self.size(number)
        if width * height > self._limits.max_pixels:
            raise too_many_pixels(number, width * height, self._limits)

    def image(self, number: int, dpi: int = 200) -> Image.Image:  # noqa: ARG002 -- a photo keeps its own resolution
        """The photo upright, RGB or L, at its own resolution.

        Raises:
            CannotProceed: it cannot be decoded.
            Refused: it declares too many pixels.
        """
        self.check_pixels(number)
        try:
            return flatten(self._opened[number - 1].to_pillow())
        except _DAMAGED as error:
            raise CannotProceed(sentence("files.image_broken")) from error

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:  # noqa: ARG002 -- the port asks by page
        """A photo has no text layer."""
        return None

    def pictures(self, number: int) -> tuple[Box, ...]:  # noqa: ARG002 -- the port asks by page
        """An image has no text layer beside which pictures could stand."""
        return ()


@contextmanager
def open_heic(path: Path, limits: Limits) -> Iterator[HeicPages]:
    """The pages of a HEIC file.

    Raises:
        CannotProceed: it is broken.
    """
    try:
        opened = pi_heif.open_heif(path, convert_hdr_to_8bit=True)
    except _DAMAGED as error:
        raise CannotProceed(sentence("files.image_broken")) from error
    pages = HeicPages(opened, limits)
    if pages.page_count < 1:
        raise CannotProceed(sentence("files.no_pages"))
    yield pages
