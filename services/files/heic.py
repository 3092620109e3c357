"""HEIC photos through the decoder-only `pi-heif`; libheif turns and mirrors them upright itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pi_heif
from PIL import Image

from services.dossier.errors import CannotProceed
from services.files.flatten import flatten
from services.files.limits import Limits
from services.files.picture import PicturePages
from services.wording import sentence

_DAMAGED = (OSError, ValueError, EOFError, RuntimeError, SyntaxError)


class HeicPages(PicturePages):
    """The top-level images of one HEIC file, as `PageSource`."""

    def __init__(self, opened: "pi_heif.HeifFile", limits: Limits) -> None:
        self._opened = opened
        super().__init__(limits)
        self.page_count = len(opened)

    def size(self, number: int) -> tuple[int, int]:
        """Declared width and height in pixels, upright."""
        width, height = self._opened[number - 1].size
        return int(width), int(height)

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
