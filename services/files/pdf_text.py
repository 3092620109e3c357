"""The words of a PDF page's text layer with their places on the upright page."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from services.dossier.page import Box
from services.files.words import RawWord

# PDFium maps page to device in whole pixels; on a device this fine rounding costs a millionth of a page.
_DEVICE = 1_000_000
_MOST_PICTURES = 500
_MOST_CHARACTERS = 200_000
_LAST_LETTER = 0x10FFFF
# U+FFFE is PDFium's mark for a hyphen it joined over a line break; 0 for a glyph without meaning.
_WORD = re.compile("[^\\s\0\ufffe]+")


@dataclass(frozen=True, slots=True)
class _ToFractions:
    """Page points to fractions of the upright page: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.b == self.c == 0 and self.a > 0 > self.d:  # upright, as nearly every page is
            x1, x2, y1, y2 = (
                self.a * left + self.e,
                self.a * right + self.e,
                self.d * top + self.f,
                self.d * bottom + self.f,
            )
            if x1 >= 0 <= y1 and x2 <= 1 >= y2:
                return Box(x1, y1, x2, y2)
            return Box(_clamp(x1), _clamp(y1), _clamp(x2), _clamp(y2))
        x1, x2 = self.a * left + self.c * bottom + self.e, self.a * right + self.c * top + self.e
        y1, y2 = self.b * left + self.d * bottom + self.f, self.b * right + self.d * top + self.f
        return Box(_clamp(min(x1, x2)), _clamp(min(y1, y2)), _clamp(max(x1, x2)), _clamp(max(y1, y2)))


def words_of(page: pdfium.PdfPage) -> tuple[RawWord, ...]:
    """The words in the order of the text layer, NFC; words wholly off the page are left out.

    Raises:
        PdfiumError: the page's text cannot be loaded.
    """
    text = page.get_textpage()
    try:
        to_fractions = _mapping(page)
        return tuple(_words(text, to_fractions))
    finally:
        text.close()


def pictures_of(page: pdfium.PdfPage) -> tuple[Box, ...]:
    """The boxes of the page's images, forms within forms included.

    Raises:
        PdfiumError: an image's place cannot be told.
    """
    # asked for every page, so looked through by hand: pypdfium2 wraps every object it passes, text too
    kinds = {pdfium_c.FPDFPageObj_GetType(item) for item in _objects(page)}
    if not kinds & {pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM}:
        return ()
    to_fractions = _mapping(page)
    images = islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), _MOST_PICTURES)
    return tuple(to_fractions.box(*image.get_bounds()) for image in images)


def _objects(page: pdfium.PdfPage) -> Iterator[pdfium_c.FPDF_PAGEOBJECT]:
    raw = page.raw
    return (pdfium_c.FPDFPage_GetObject(raw, index) for index in range(pdfium_c.FPDFPage_CountObjects(raw)))


def _words(text: pdfium.PdfTextPage, to_fractions: _ToFractions) -> Iterator[RawWord]:
    letters = _letters(text)
    raw, sides = text.raw, tuple(ctypes.c_double() for _ in range(4))
    line = seen = 0
    hidden: bool | None = None
    for found in _WORD.finditer(letters):
        if breaks := letters.count("\n", seen, found.start()):
            line, hidden = line + breaks, None
        seen = found.start()
        # a line is drawn or hidden as a whole: the first word tells, asking for each costs a tenth of the page
        hidden = _is_hidden(text, seen) if hidden is None else hidden
        box = _box(raw, seen, found.end() - seen, sides, to_fractions)
        if box is not None:
            word = found.group()
            yield RawWord(word if word.isascii() else normalize("NFC", _whole(word)), box, line, hidden)


def _is_hidden(text: pdfium.PdfTextPage, index: int) -> bool:
    drawn = pdfium_c.FPDFText_GetTextObject(text, index)
    return bool(drawn) and pdfium_c.FPDFTextObj_GetTextRenderMode(drawn) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE


def _whole(word: str) -> str:
    """Letters beyond the basic plane come as two halves."""
    if word.isalnum() or word.isascii():
        return word
    return word.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _letters(text: pdfium.PdfTextPage) -> str:
    """All letters of the page, the place of each its index in the text layer."""
    count = min(text.count_chars(), _MOST_CHARACTERS)
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium_c.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        return "".join(map(chr, buffer[:count]))
    # letters without a meaning are left out of it, and the others would move up
    codes = (pdfium_c.FPDFText_GetUnicode(text, index) for index in range(count))
    return "".join(chr(code) if code <= _LAST_LETTER else "\0" for code in codes)


def _box(
    text: pdfium_c.FPDF_TEXTPAGE, start: int, count: int, sides: tuple[ctypes.c_double, ...], to_fractions: _ToFractions
) -> Box | None:
    x0, y1, x1, y0 = sides  # left, top, right, bottom: in another order than the box of one letter
    rects, left, bottom, right, top = pdfium_c.FPDFText_CountRects(text, start, count), inf, inf, -inf, -inf
    if rects == 1 and pdfium_c.FPDFText_GetRect(text, 0, x0, y1, x1, y0):  # as nearly every word is
        left, bottom, right, top, rects = x0.value, y0.value, x1.value, y1.value, 0
    for index in range(rects):
        if pdfium_c.FPDFText_GetRect(text, index, x0, y1, x1, y0):
            left, bottom = min(left, x0.value), min(bottom, y0.value)
            right, top = max(right, x1.value), max(top, y1.value)
    if left >= right or bottom >= top:
        return None
    box = to_fractions.box(left, bottom, right, top)
    return box if box.right > box.left and box.bottom > box.top else None


def _mapping(page: pdfium.PdfPage) -> _ToFractions:
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1e-6), max(top - bottom, 1e-6)
    origin = _on_device(page, left, bottom)
    along_x = _on_device(page, left + width, bottom)
    along_y = _on_device(page, left, bottom + height)
    a, b = ((there - here) / width for here, there in zip(origin, along_x, strict=True))
    c, d = ((there - here) / height for here, there in zip(origin, along_y, strict=True))
    return _ToFractions(a, b, c, d, origin[0] - a * left - c * bottom, origin[1] - b * left - d * bottom)


def _on_device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
    return across.value / _DEVICE, down.value / _DEVICE


def _clamp(value: float) -> float:
    return value if 0.0 <= value <= 1.0 else min(max(value, 0.0), 1.0)
