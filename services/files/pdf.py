"""PDF pages through PDFium (pypdfium2); nothing a PDF asks for is run: this PDFium has no JavaScript and no XFA."""

from collections.abc import Iterator
from contextlib import contextmanager
from logging import ERROR, getLogger
from pathlib import Path
from threading import RLock
from types import MappingProxyType

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from services.dossier.errors import CannotProceed, Refused
from services.dossier.page import Box
from services.files.limits import Limits
from services.files.pdf_text import pictures_of, words_of
from services.files.words import RawWord
from services.wording import Sentence, sentence

# PDFium keeps global state and is not thread-safe.
PDFIUM_LOCK = RLock()

# It would log a line of advice to developers for every dynamic form.
getLogger("pypdfium2").setLevel(ERROR)

_POINTS = 72
_LOWEST_DPI = 72
_SCAN_DPI = (150, 300)
# A scan covers its page but for a printer's margin.
_SCAN_COVER = 0.85
_MOST_OBJECTS = 2000
_WHY_NOT = MappingProxyType({pdfium_c.FPDF_ERR_PASSWORD: "files.pdf_password"})


class PdfPages:
    """The pages of one open PDF, as `PageSource`."""

    def __init__(self, document: pdfium.PdfDocument, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self.page_count = len(document)
        self._layer_of: tuple[int, tuple[RawWord, ...], tuple[Box, ...]] = (0, (), ())

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points, upright.

        Raises:
            CannotProceed: the page is missing or broken.
        """
        with PDFIUM_LOCK:
            try:
                width, height = self._document.get_page_size(number - 1)
            except pdfium.PdfiumError as error:
                raise _page_broken(number) from error
        if width <= 0 or height <= 0:
            raise _page_broken(number)
        return width, height

    def dpi_within(self, number: int, dpi: float) -> float:
        """The resolution not above `dpi` at which the page keeps to the pixel limit.

        Raises:
            Refused: the page would be unreadably coarse within the limit.
        """
        width, height = self.size(number)
        inches = width * height / _POINTS**2
        largest = (self._limits.max_pixels / inches) ** 0.5
        if largest < min(_LOWEST_DPI, dpi):
            raise too_many_pixels(number, round(inches * dpi * dpi), self._limits)
        # A page of a few points must still give a pixel.
        return float(max(min(dpi, largest * 0.999), _POINTS / min(width, height)))

    def image(self, number: int, dpi: int = 200) -> Image.Image:
        """The page rendered (RGB); a page that is one scan is rendered at the scan's own resolution (150–300 dpi).

        Raises:
            CannotProceed: the page is broken.
            Refused: the page, or an image in it, is too large.
        """
        with PDFIUM_LOCK, self._page(number) as page:
            wanted = self._scan_dpi(page, number) if dpi >= _SCAN_DPI[0] else None
            scale = self.dpi_within(number, wanted or dpi) / _POINTS
            try:
                # The scan is drawn as it is: without the cache a large one is not held twice.
                drawn: Image.Image = page.render(scale=scale, limit_image_cache=True).to_pil()
            except (pdfium.PdfiumError, ValueError, MemoryError) as error:
                raise _page_broken(number) from error
        return drawn

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:
        """The words of the page's text layer, in its own order; None when it has none.

        Raises:
            CannotProceed: the page is broken.
        """
        return self._layer(number)[0] or None

    def pictures(self, number: int) -> tuple[Box, ...]:
        """Where the page shows images, as fractions of the upright page.

        Raises:
            CannotProceed: the page is broken.
        """
        return self._layer(number)[1]

    def _layer(self, number: int) -> tuple[tuple[RawWord, ...], tuple[Box, ...]]:
        # words and pictures are asked for one after the other: the page is loaded for both
        if self._layer_of[0] != number:
            with PDFIUM_LOCK, self._page(number) as page:
                try:
                    words = words_of(page)
                    self._layer_of = number, words, pictures_of(page) if words else ()
                except pdfium.PdfiumError as error:
                    raise _page_broken(number) from error
        return self._layer_of[1:]

    def signature_count(self) -> int:
        """Signature fields that hold a signature."""
        with PDFIUM_LOCK:
            return max(0, int(pdfium_c.FPDF_GetSignatureCount(self._document)))

    def attachment_count(self) -> int:
        """Files embedded in the document."""
        with PDFIUM_LOCK:
            return max(0, int(pdfium_c.FPDFDoc_GetAttachmentCount(self._document)))

    def is_restricted(self) -> bool:
        """Whether an owner's password forbids something (it was opened without one)."""
        with PDFIUM_LOCK:
            return bool(pdfium_c.FPDF_GetSecurityHandlerRevision(self._document) >= 0)

    @contextmanager
    def _page(self, number: int) -> Iterator[pdfium.PdfPage]:
        try:
            page = self._document[number - 1]
        except (pdfium.PdfiumError, IndexError) as error:
            raise _page_broken(number) from error
        try:
            yield page
        finally:
            page.close()

    def _scan_dpi(self, page: pdfium.PdfPage, number: int) -> float | None:
        width, height = page.get_size()
        found: float | None = None
        for count, item in enumerate(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
            if count > _MOST_OBJECTS:
                return None
            pixels = item.get_px_size()
            if pixels[0] * pixels[1] > self._limits.max_pixels:
                raise too_many_pixels(number, pixels[0] * pixels[1], self._limits)
            left, bottom, right, top = item.get_bounds()
            covered = min(right - left, width, height * 2) * min(top - bottom, height, width * 2)
            if covered >= _SCAN_COVER * width * height:
                found = (pixels[0] * pixels[1] / ((right - left) * (top - bottom))) ** 0.5 * _POINTS
        return None if found is None else min(max(found, _SCAN_DPI[0]), _SCAN_DPI[1])


@contextmanager
def open_pdf(path: Path, limits: Limits) -> Iterator[PdfPages]:
    """The pages of a PDF; one that only restricts printing or copying is opened.

    Raises:
        CannotProceed: it asks for a password, is broken beyond repair, or has no page.
        Refused: it has too many pages.
    """
    with PDFIUM_LOCK:
        document = _open(path)
    try:
        pages = PdfPages(document, limits)
        if pages.page_count < 1:
            raise CannotProceed(sentence("files.no_pages"))
        if pages.page_count > limits.max_pages:
            raise Refused(sentence("files.too_many_pages", limit=limits.max_pages))
        yield pages
    finally:
        with PDFIUM_LOCK:
            document.close()


def too_many_pixels(number: int, pixels: int, limits: Limits) -> Refused:
    """The refusal of a page that would be too large in memory."""
    return Refused(
        sentence(
            "files.too_many_pixels",
            page=number,
            megapixels=round(pixels / 1e6),
            limit=round(limits.max_pixels / 1e6),
        )
    )


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
        # Filled-in fields are drawn only when forms are set up, and that before the first page.
        document.init_forms()
    except pdfium.PdfiumError as error:
        raise CannotProceed(_why(error)) from error
    return document


def _why(error: pdfium.PdfiumError) -> Sentence:
    return sentence(_WHY_NOT.get(error.err_code, "files.pdf_broken"))


def _page_broken(number: int) -> CannotProceed:
    return CannotProceed(sentence("files.page_broken", page=number))
