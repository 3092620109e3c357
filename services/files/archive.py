"""PDF/A-2b (ISO 19005-2) of what came in: pages as pictures, the words that were read laid over them, nothing else.

A citizen's PDF may use whatever PDF/A forbids (fonts left out, scripts, attachments, encryption). So a page that is one
scan keeps its picture's very bytes, any other page is drawn at 200 dpi, and the new file holds only what is made here.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from services.dossier.document import MediaType
from services.files.laid_words import Words
from services.files.limits import Limits
from services.files.opening import open_here
from services.files.page_source import PageSource
from services.files.searchable import add_image_page, frame_of, image_of, lay_words, lossless
from services.files.unseen_font import add_font

DPI = 200
QUALITY = 85

_FILTERS = frozenset({"/DCTDecode", "/FlateDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
_COLOURS = frozenset({"/DeviceGray", "/DeviceRGB"})
_KEPT = (
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/DecodeParms", "/Decode",
    "/ImageMask",
)  # fmt: skip
_PLAIN = frozenset({"q", "Q", "cm", "Do"})
_FORBIDDEN = ("/OpenAction", "/AA", "/AcroForm", "/Perms")


def make_archive(path: Path, media_type: MediaType, limits: Limits, words: Mapping[int, Words], target: Path) -> None:
    """Write the PDF/A-2b of a PDF or an image, with the words of each page.

    Raises:
        CannotProceed: the file is broken or has a password, or a page cannot be drawn.
        Refused: it is over a limit.
    """
    with open_here(path, media_type, limits) as pages, pikepdf.new() as pdf:
        source = None
        if media_type is MediaType.PDF:
            with suppress(pikepdf.PdfError):
                source = pikepdf.open(path)
        font = add_font(pdf)
        for number in range(1, pages.page_count + 1):
            page = _add_page(pdf, pages, number, source)
            if words.get(number):
                lay_words(pdf, page, words[number], font)
        _declare(pdf)
        pdf.save(target, deterministic_id=True, min_version="1.7", compress_streams=True)
        if source is not None:
            source.close()


def _add_page(pdf: pikepdf.Pdf, pages: PageSource, number: int, source: pikepdf.Pdf | None) -> pikepdf.Page:
    if source is not None and (scan := _scan_of(source.pages[number - 1])) is not None:
        frame = frame_of(source.pages[number - 1])
        wide, high = frame.right - frame.left, frame.top - frame.bottom
        return add_image_page(pdf, _copied(pdf, scan), (wide, high), frame.rotation)
    picture = pages.image(number, DPI)
    size = _size_of(source, number) or (picture.width * 72 / DPI, picture.height * 72 / DPI)
    return add_image_page(pdf, _packed(pdf, picture), size, 0)


def _size_of(source: pikepdf.Pdf | None, number: int) -> tuple[float, float] | None:
    return None if source is None else frame_of(source.pages[number - 1]).size


def _packed(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    if picture.mode == "1":
        return lossless(pdf, picture)
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=QUALITY)
    return image_of(pdf, held.getvalue(), picture.size, picture.mode, Name.DCTDecode)


def _scan_of(page: pikepdf.Page) -> pikepdf.Object | None:
    """The one image that is all there is on the page and fills it, if it may stand in a PDF/A as it is."""
    images = list(page.resources.get("/XObject", Dictionary()).values())
    if len(images) != 1 or images[0].get("/Subtype") != Name.Image:
        return None
    image, steps = images[0], list(pikepdf.parse_content_stream(page))
    filters = image.get("/Filter", Array())
    names = {str(name) for name in (filters if isinstance(filters, Array) else [filters])}
    allowed = names and names <= _FILTERS and str(image.get("/ColorSpace")) in _COLOURS and "/SMask" not in image
    if not allowed or {str(step.operator) for step in steps} - _PLAIN or "/Annots" in page.obj:
        return None
    placed = [step.operands for step in steps if str(step.operator) == "cm"]
    if len(placed) != 1:
        return None
    a, b, c, d, e, f = (float(number) for number in placed[0])
    left, bottom, right, top = (float(side) for side in page.cropbox)
    fills = max(abs(a - (right - left)), abs(d - (top - bottom)), abs(e - left), abs(f - bottom)) < 1
    return image if fills and abs(b) + abs(c) == 0 else None


def _copied(pdf: pikepdf.Pdf, image: pikepdf.Object) -> pikepdf.Object:
    copied = pdf.copy_foreign(image)
    for key in list(copied.keys()):
        if key not in _KEPT and key != "/Length":
            del copied[key]
    return copied


def _declare(pdf: pikepdf.Pdf) -> None:
    """The output intent (sRGB) and the metadata that make it PDF/A-2b (ISO 19005-2 §6.2.3, §6.6.4)."""
    profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"


def find_breaches(path: Path) -> tuple[str, ...]:
    """Rules of ISO 19005-2 level B that a PDF breaks, by clause; those this product could break, not all of them."""
    with pikepdf.open(path) as pdf:
        return tuple(_breaches(pdf))


def _breaches(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted or "/ID" not in pdf.trailer:
        yield "6.1.3 encrypted, or no file identifier"
    with pdf.open_metadata() as metadata:
        if (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != ("2", "B"):
            yield "6.6.4 does not say that it is PDF/A-2b"
    intents = [intent for intent in pdf.Root.get("/OutputIntents", Array()) if intent.get("/S") == Name.GTS_PDFA1]
    if not intents or "/DestOutputProfile" not in intents[0]:
        yield "6.2.3 no output intent with a profile"
    if any(key in pdf.Root for key in _FORBIDDEN) or "/JavaScript" in pdf.Root.get("/Names", Dictionary()):
        yield "6.5 actions or forms"
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield from _object_breaches(item)


def _object_breaches(item: pikepdf.Object) -> Iterator[str]:
    if item.get("/Type") == Name.FontDescriptor and not any(f"/FontFile{kind}" in item for kind in ("", "2", "3")):
        yield "6.2.11.4 a font is not embedded"
    if bool(item.get("/Interpolate", False)) or "/Alternates" in item or "/OPI" in item:
        yield "6.2.8 an image is interpolated or has alternates"
    if item.get("/Type") == Name.Font and item.get("/Subtype") != Name.Type0 and "/FontDescriptor" not in item:
        yield "6.2.11.4 a font is not embedded"
    if "/F" in item and isinstance(item, pikepdf.Stream):
        yield "6.1.7 a stream lies outside the file"
    if "/LZWDecode" in str(item.get("/Filter", "")):
        yield "6.1.7 LZW"
