"""HEIC photos through the decoder-only `pi-heif`, in a process of its own; libheif turns them upright itself."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from services.dossier.errors import CannotProceed
from services.files.limits import Limits
from services.files.pdf import too_many_pixels
from services.files.words import RawWord
from services.wording import sentence

DECODE_LIMIT_S = 60


class HeicPages:
    """The top-level images of one HEIC file, decoded into a folder, as `PageSource`."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._sizes: list[list[int]] = json.loads((folder / "sizes.json").read_text())
        self.page_count = len(self._sizes)

    def size(self, number: int) -> tuple[int, int]:
        """Declared width and height in pixels, upright."""
        width, height = self._sizes[number - 1]
        return width, height

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
            Refused: it declares too many pixels.
        """
        self.check_pixels(number)
        with Image.open(self._folder / f"{number}.bmp", formats=("BMP",)) as image:
            image.load()
            return image

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:  # noqa: ARG002 -- the port asks by page
        """A photo has no text layer."""
        return None


@contextmanager
def open_heic(path: Path, limits: Limits) -> Iterator[HeicPages]:
    """The pages of a HEIC file.

    Raises:
        CannotProceed: it is broken, or its decoder crashed or took too long.
    """
    with TemporaryDirectory(prefix="motcua-heic-") as folder:
        _decode(path, limits, folder)
        pages = HeicPages(Path(folder), limits)
        if pages.page_count < 1:
            raise CannotProceed(sentence("files.no_pages"))
        yield pages


def _decode(path: Path, limits: Limits, folder: str) -> None:
    command = [sys.executable, "-m", "services.files.heic_decode", str(path), str(limits.max_pixels), folder]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=DECODE_LIMIT_S)  # noqa: S603 - our own program
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise CannotProceed(sentence("files.image_broken")) from error
