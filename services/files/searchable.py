"""A searchable PDF: pages as they came, with the words that were read laid over them unseen, each in its place.

Streams of a PDF's pages are not touched: the words come before them in a stream of their own. A JPEG is put in as it
is; other images without loss. See `archive.py` for PDF/A.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from services.dossier.document import MediaType
from services.files.laid_words import Words
from services.files.limits import Limits
from services.files.opening import open_here
from services.files.unseen_font import ADVANCE, add_font, code_of

FONT = Name("/MotcuaUnseen")
A4_LONG = 842.0
"""Points; the longer side of a picture that does not say how large it is."""

_POINTS = 72
_LOWEST_DPI, _HIGHEST_DPI = 72, 1200
_ROTATION = MappingProxyType({1: 0, 3: 180, 6: 90, 8: 270})
_COLOURS = MappingProxyType({"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "1": Name.DeviceGray})


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's box in its own units (points) and its rotation: how fractions of the upright page become places."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.rotation % 180 else (wide, high)

    def matrix(self, across: float, down: float) -> tuple[float, float, float, float, float, float]:
        """The text matrix at a place of the upright page: x to its right, y to its top."""
        wide, high = self.right - self.left, self.top - self.bottom
        match self.rotation:
            case 90:
                return 0, 1, -1, 0, self.left + down * wide, self.bottom + across * high
            case 180:
                return -1, 0, 0, -1, self.right - across * wide, self.bottom + down * high
            case 270:
                return 0, -1, 1, 0, self.right - down * wide, self.top - across * high
            case _:
                return 1, 0, 0, 1, self.left + across * wide, self.top - down * high


def make_searchable(
    path: Path, media_type: MediaType, limits: Limits, words: Mapping[int, Words], target: Path
) -> None:
    """Write the searchable PDF of a PDF or an image; pages without an entry in `words` stay as they are.

    Raises:
        CannotProceed: the file is broken or has a password.
        Refused: it is over a limit.
        PdfError: qpdf cannot read what PDFium could.
    """
    with pikepdf.open(path) if media_type is MediaType.PDF else _pdf_of_images(path, media_type, limits) as pdf:
        font = add_font(pdf)
        for number, page in enumerate(pdf.pages, 1):
            if words.get(number):
                lay_words(pdf, page, words[number], font)
        pdf.save(target, deterministic_id=True)


def lay_words(pdf: pikepdf.Pdf, page: pikepdf.Page, words: Words, font: pikepdf.Object) -> None:
    """Put the words before everything else on the page, unseen."""
    page.add_resource(font, Name.Font, FONT)
    page.contents_add(pdf.make_stream(text_of(frame_of(page), words)), prepend=True)


def frame_of(page: pikepdf.Page) -> Frame:
    """The box and rotation a viewer shows the page with; both may be inherited (ISO 32000-2 §7.7.3.4)."""
    left, bottom, right, top = (float(side) for side in page.cropbox)
    node: pikepdf.Object | None = page.obj
    turned: pikepdf.Object | int | None = None
    while turned is None and node is not None:
        turned, node = node.get("/Rotate"), node.get("/Parent")
    box = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return Frame(*box, int(str(turned or 0)) // 90 * 90 % 360)


def text_of(frame: Frame, words: Words) -> bytes:
    """The content stream: each word stretched to the width of its box, as high as it."""
    wide, high = frame.size
    lines = ["q BT 3 Tr"]
    for text, box in words:
        code = code_of(text)
        size, width = (box.bottom - box.top) * high, (box.right - box.left) * wide
        if not code or size <= 0 or width <= 0:
            continue
        stretch = 100 * width / (len(code) / 4 * ADVANCE * size)
        matrix = " ".join(f"{number:.3f}" for number in frame.matrix(box.left, box.bottom))
        lines.append(f"{FONT} {size:.3f} Tf {stretch:.2f} Tz {matrix} Tm <{code}{code_of(' ')}> Tj")
    return "\n".join([*lines, "ET Q\n"]).encode("ascii")


def _pdf_of_images(path: Path, media_type: MediaType, limits: Limits) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    if media_type is MediaType.JPEG and (image := _whole_jpeg(pdf, path)):
        add_image_page(pdf, *image)
        return pdf
    with open_here(path, media_type, limits) as pages:
        for number in range(1, pages.page_count + 1):
            picture = pages.image(number)
            add_image_page(pdf, lossless(pdf, picture), _page_size(picture), 0)
    return pdf


def add_image_page(pdf: pikepdf.Pdf, image: pikepdf.Object, size: tuple[float, float], rotation: int) -> pikepdf.Page:
    """A page that is one image; `size` in points before the rotation."""
    wide, high = size
    page = pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(wide, 3), round(high, 3)]),
                Rotate=rotation,
                Resources=Dictionary(XObject=Dictionary(Im0=image)),
                Contents=pdf.make_stream(f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Im0 Do Q".encode("ascii")),
            )
        )
    )
    pdf.pages.append(page)
    return pdf.pages[-1]


def _whole_jpeg(pdf: pikepdf.Pdf, path: Path) -> tuple[pikepdf.Object, tuple[float, float], int] | None:
    """A JPEG as it is, its size in points and its rotation; None where it has to be decoded."""
    with Image.open(path, formats=("JPEG",)) as picture:
        turn = picture.getexif().get(274, 1)
        if picture.mode not in {"L", "RGB"} or turn not in _ROTATION:
            return None
        image = image_of(pdf, path.read_bytes(), picture.size, picture.mode, Name.DCTDecode)
        return image, _page_size(picture), _ROTATION[turn]


def _page_size(picture: Image.Image) -> tuple[float, float]:
    dpi = float(picture.info.get("dpi", (0, 0))[0] or 0)
    if not _LOWEST_DPI < dpi < _HIGHEST_DPI:
        dpi = max(picture.size) * _POINTS / A4_LONG
    return picture.width * _POINTS / dpi, picture.height * _POINTS / dpi


def lossless(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    """A picture (RGB, L or 1) as it is, packed without loss when the PDF is saved."""
    return image_of(pdf, picture.tobytes(), picture.size, picture.mode, None)


def image_of(
    pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], mode: str, packed: pikepdf.Object | None
) -> pikepdf.Object:
    """An image object of those bytes; `packed` names the filter they are packed with."""
    stream = pdf.make_stream(data)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = size
    stream.ColorSpace = _COLOURS[mode]
    stream.BitsPerComponent = 1 if mode == "1" else 8
    if packed is not None:
        stream.Filter = packed
    return stream
