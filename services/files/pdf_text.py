"""The words of a PDF page's text layer with their places on the upright page."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from services.dossier.page import Box
from services.files.words import RawWord

# PDFium maps page to device in whole pixels; on a device this fine rounding costs a millionth of a page.
_DEVICE = 1_000_000
_MOST_CHARACTERS = 200_000
_LAST_LETTER = 0x10FFFF


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
        xs = [self.a * x + self.c * y + self.e for x, y in ((left, bottom), (right, top))]
        ys = [self.b * x + self.d * y + self.f for x, y in ((left, bottom), (right, top))]
        return Box(_clamp(min(xs)), _clamp(min(ys)), _clamp(max(xs)), _clamp(max(ys)))


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


def _words(text: pdfium.PdfTextPage, to_fractions: _ToFractions) -> Iterator[RawWord]:
    letters: list[int] = []
    box: Box | None = None
    line = 0
    for index in range(min(text.count_chars(), _MOST_CHARACTERS)):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if not _is_gap(code):
            letters.append(code)
            box = _grown(box, text, index, to_fractions)
            continue
        if word := _word(letters, box, line):
            yield word
        letters, box = [], None
        line += code == ord("\n")
    if word := _word(letters, box, line):
        yield word


def _grown(box: Box | None, text: pdfium.PdfTextPage, index: int, to_fractions: _ToFractions) -> Box | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium_c.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return box
    here = to_fractions.box(left.value, bottom.value, right.value, top.value)
    return here if box is None else box.united(here)


def _word(letters: list[int], box: Box | None, line: int) -> RawWord | None:
    if not letters or box is None or box.right <= box.left or box.bottom <= box.top:
        return None
    # Letters beyond the basic plane come as two halves.
    pairs = "".join(map(chr, letters)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return RawWord(normalize("NFC", pairs), box, line)


def _is_gap(code: int) -> bool:
    # U+FFFE is PDFium's mark for a hyphen it joined over a line break; 0 for a glyph without meaning.
    return code in (0, 0xFFFE) or code > _LAST_LETTER or chr(code).isspace()


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
    return min(max(value, 0.0), 1.0)
