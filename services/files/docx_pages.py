"""A DOCX as pages without LibreOffice: its text set in plain lines on A4, then the scans pasted into it."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from unicodedata import normalize

from PIL import Image, ImageDraw, ImageFont

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed, MotcuaError
from services.dossier.page import Box
from services.files.docx_text import NEW_PAGE, pictures_in, read_lines
from services.files.images import ImagePages
from services.files.limits import Limits
from services.files.sniff import media_type_of
from services.files.words import RawWord
from services.wording import sentence

# A4 at 100 units an inch; text keeps 12 points and the margins of a Vietnamese official paper (Decree 30/2020).
_WIDTH, _HEIGHT = 827, 1169
_LEFT, _TOP, _PITCH, _SIZE = 118, 98, 22, 16
_ROWS, _COLUMNS = 44, 78
_FONTS = ("LiberationSerif-Regular.ttf", "DejaVuSerif.ttf", "DejaVuSans.ttf", "NotoSerif-Regular.ttf", "times.ttf")
_SCAN_PIXELS = 400_000
_IMAGES = (MediaType.JPEG, MediaType.PNG, MediaType.TIFF, MediaType.WEBP)


class DocxPages:
    """The text pages and the pasted scans of one DOCX, as `PageSource`."""

    def __init__(self, sheets: tuple[tuple[str, ...], ...], scans: tuple[ImagePages, ...]) -> None:
        self._sheets = sheets
        self._scans = scans
        self.page_count = len(sheets) + len(scans)

    def image(self, number: int, dpi: int = 200) -> Image.Image:
        """The text drawn on A4 (L), or the pasted scan at its own resolution.

        Raises:
            CannotProceed: the scan cannot be decoded.
            Refused: the scan declares too many pixels.
        """
        if number > len(self._sheets):
            return self._scans[number - 1 - len(self._sheets)].image(1, dpi)
        zoom = dpi / 100
        paper = Image.new("L", (round(_WIDTH * zoom), round(_HEIGHT * zoom)), "white")
        pen = ImageDraw.Draw(paper)
        font = _font(_SIZE * zoom)
        for row, line in enumerate(self._sheets[number - 1]):
            pen.text((_LEFT * zoom, (_TOP + row * _PITCH) * zoom), line.expandtabs(4), fill="black", font=font)
        return paper

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:
        """The words of a text page where `image` draws them; None for a scan."""
        if number > len(self._sheets):
            return None
        font = _font(_SIZE)
        return tuple(
            word for row, line in enumerate(self._sheets[number - 1]) for word in _placed(line.expandtabs(4), row, font)
        )

    def pictures(self, number: int) -> tuple[Box, ...]:  # noqa: ARG002 -- the port asks by page
        """A text page has none: pasted scans are pages of their own."""
        return ()


@contextmanager
def open_docx(path: Path, limits: Limits) -> Iterator[DocxPages]:
    """The pages of a DOCX by its text alone.

    Raises:
        CannotProceed: it is broken, or holds neither text nor scans.
        Refused: it is a bomb.
    """
    sheets = tuple(_sheets(read_lines(path)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="motcua-docx-")))
        pages = DocxPages(sheets, tuple(_scans(path, folder, limits)))
        if not pages.page_count:
            raise CannotProceed(sentence("files.no_pages"))
        if pages.page_count > limits.max_pages:
            raise CannotProceed(sentence("files.too_many_pages", limit=limits.max_pages))
        yield pages


def _sheets(lines: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sheet: list[str] = []
    for line in lines:
        pieces = [NEW_PAGE] if line == NEW_PAGE else wrap(normalize("NFC", line), _COLUMNS, expand_tabs=False)
        for piece in pieces:
            if piece == NEW_PAGE or len(sheet) == _ROWS:
                if sheet:
                    yield tuple(sheet)
                sheet = []
            if piece != NEW_PAGE:
                sheet.append(piece)
    if sheet:
        yield tuple(sheet)


def _scans(path: Path, folder: Path, limits: Limits) -> Iterator[ImagePages]:
    """Pictures large enough to be a paper; logos and signatures are not."""
    with zipfile.ZipFile(path) as package:
        for index, name in enumerate(pictures_in(path)[: limits.max_pages]):
            if package.getinfo(name).file_size > limits.max_bytes:
                continue
            copy = folder / f"{index}"
            copy.write_bytes(package.read(name))
            if scan := _scan(copy, limits):
                yield scan


def _scan(copy: Path, limits: Limits) -> ImagePages | None:
    try:
        media_type = media_type_of(copy)
        if media_type not in _IMAGES:
            return None
        scan = ImagePages(copy, media_type, limits)
        width, height = scan.size(1)
    except MotcuaError:
        return None
    return scan if width * height >= _SCAN_PIXELS else None


def _placed(line: str, row: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> Iterator[RawWord]:
    top = _TOP + row * _PITCH
    at = 0
    for word in line.split():
        at = line.index(word, at)
        left = _LEFT + font.getlength(line[:at])
        right = left + font.getlength(word)
        box = Box(min(left / _WIDTH, 1), top / _HEIGHT, min(right / _WIDTH, 1), (top + _PITCH) / _HEIGHT)
        yield RawWord(word, box, row)
        at += len(word)


@cache
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
