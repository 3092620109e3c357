"""Files that harm, mislead or break whoever opens them, made here so that nothing harmful lies in the repository."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.builders.encrypted_pdf import encrypted_pdf

ANY = "accepted or CannotProceed"


@dataclass(frozen=True, slots=True)
class BadFile:
    """`expected` is `Refused`, `CannotProceed`, or the findings joined by commas of a file that comes in."""

    path: Path
    expected: str


def write_bad_files(folder: Path) -> tuple[BadFile, ...]:
    """One file of every kind in `folder`."""
    return tuple(write_bad_file(folder, name) for name in _KINDS)


def write_bad_file(folder: Path, name: str) -> BadFile:
    """The file of one kind in `folder`."""
    expected, build = _KINDS[name]
    path = folder / name
    path.write_bytes(build())
    return BadFile(path, expected)


def zip_of(*members: tuple[str, bytes]) -> bytes:
    """A ZIP with these members, deflated."""
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return sink.getvalue()


def docx_of(body: str, *more: tuple[str, bytes], prolog: str = "") -> bytes:
    """A DOCX whose body is this WordprocessingML."""
    base = "http://schemas.openxmlformats.org"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kinds = (
        f'<Types xmlns="{base}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{office}"/></Types>'
    )
    links = (
        f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" '
        f'Type="{base}/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    space = f"{base}/wordprocessingml/2006/main"
    text = f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zip_of(
        ("[Content_Types].xml", kinds.encode()),
        ("_rels/.rels", links.encode()),
        ("word/document.xml", text.encode()),
        *more,
    )


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF with these numbered objects (from 1), object 1 its catalogue, with a correct cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def png_of(width: int, height: int) -> bytes:
    """A real, whole PNG of black bits: 2,500 million pixels fit in 300 KB."""
    packer = zlib.compressobj(1)
    row = b"\0" * (1 + (width + 7) // 8)
    block = row * 500
    data = b"".join(packer.compress(block) for _ in range(height // 500))
    data += packer.compress(row * (height % 500)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def photo(kind: str, size: tuple[int, int] = (900, 1200)) -> bytes:
    """A picture with some detail in it, so that cutting it loses something."""
    sink = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(sink, kind)
    return sink.getvalue()


_PAGES = b"<< /Type /Catalog /Pages 2 0 R >>"
_ONE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def page_with(content: bytes, box: bytes = b"0 0 595 842", resources: bytes = b"") -> tuple[bytes, bytes]:
    """A page object (number 3) and its deflated content stream (number 4)."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources)
    packed = zlib.compress(content)
    return page, b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _scan_pdf() -> bytes:
    sink = BytesIO()
    Image.effect_noise((1200, 1700), 60).save(sink, "PDF", resolution=150)
    return sink.getvalue()


def _many_pages_pdf(count: int = 10_000) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return pdf_of(_PAGES, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), *[page] * count)


def _stream_bomb() -> bytes:
    """A content stream of a gigabyte of spaces, packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 2**20) for _ in range(1024)) + packer.flush()
    twice = zlib.compress(once, 9)
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(twice), twice)
    return pdf_of(_PAGES, _ONE, page_with(b"")[0], stream)


def _image_bomb() -> bytes:
    page, content = page_with(b"q 595 0 0 842 0 0 cm /I Do Q", resources=b"/XObject << /I 5 0 R >>")
    data = zlib.compress(b"\0" * 1000)
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
    )
    return pdf_of(_PAGES, _ONE, page, content, image)


def _form_loop() -> bytes:
    """Forms that draw each other: 10 each time, 10 deep."""
    page, content = page_with(b"/F0 Do", resources=b"/XObject << /F0 5 0 R >>")
    forms = []
    for depth in range(10):
        draws = b"/N Do " * 10
        child = b"%d 0 R" % (depth + 6 if depth < 9 else 5)
        forms.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /N %s >> >> "
            b"/Length %d >>\nstream\n%s\nendstream" % (child, len(draws), draws)
        )
    return pdf_of(_PAGES, _ONE, page, content, *forms)


def _tiff_of(count: int, loop: bool = False) -> bytes:
    """A TIFF of `count` 8×8 pages, or one whose last page leads back to the first."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    tags = ((256, 8), (257, 8), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 8), (279, 64))
    size = 2 + 12 * len(tags) + 4
    for number in range(count):
        last = number == count - 1
        following = (8 if loop else 0) if last else 8 + (number + 1) * size
        out += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        out += struct.pack("<I", following)
    return bytes(out + bytes(64))


def _laughs() -> bytes:
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return docx_of("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", prolog=f"<!DOCTYPE x [{''.join(lines)}]>")


def _script_pdf() -> bytes:
    page, content = page_with(b"")
    catalogue = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /J#61vaScript /JS (app.alert(1)) >> >>"
    return pdf_of(catalogue, _ONE, page, content)


_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_PLAIN = b"BT /F1 12 Tf 72 700 Td (Xin chao) Tj ET"

_KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.pdf": ("Refused", bytes),
    "eicar.pdf": ("Refused", lambda: _EICAR),
    "page.html.pdf": ("Refused", lambda: b"<!DOCTYPE html><title>%PDF-1.4</title>"),
    "words.jpg": ("Refused", "Kính gửi Ủy ban nhân dân xã".encode),
    "program.pdf": ("Refused", lambda: b"MZ\x90\0" + bytes(200) + b"%PDF-1.4"),
    "script.png": ("Refused", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "sheet.docx": ("Refused", lambda: zip_of(("[Content_Types].xml", b"<T/>"), ("xl/workbook.xml", b"<w/>"))),
    "papers.zip": ("Refused", lambda: zip_of(("a.jpg", photo("JPEG")))),
    "zip_bomb.zip": ("Refused", lambda: zip_of(("a.bin", bytes(200 * 2**20)))),
    "bomb.docx": ("Refused", lambda: docx_of("", ("word/media/a.bin", bytes(200 * 2**20)))),
    "laughs.docx": ("Refused", _laughs),
    "broken.docx": ("Refused", lambda: docx_of("<w:p/>")[:-40]),
    "bits_50000x50000.png": ("Refused", lambda: png_of(50_000, 50_000)),
    "pages_10000.pdf": ("Refused", _many_pages_pdf),
    "pages_2000.tiff": ("Refused", lambda: _tiff_of(2000)),
    "giant_page.pdf": ("Refused", lambda: pdf_of(_PAGES, _ONE, *page_with(_PLAIN, b"0 0 144000 144000"))),
    "password.pdf": ("CannotProceed", lambda: encrypted_pdf(user=b"secret", owner=b"owner")),
    "truncated.pdf": ("CannotProceed", lambda: _scan_pdf()[:40_000]),
    "no_pages.pdf": ("CannotProceed", lambda: pdf_of(_PAGES, b"<< /Type /Pages /Kids [] /Count 0 >>")),
    "noise.heic": ("CannotProceed", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256)) * 20),
    "header_only.png": ("CannotProceed", lambda: photo("PNG")[:20]),
    "image_bomb.pdf": ("page Refused", _image_bomb),
    "stream_bomb.pdf": (ANY, _stream_bomb),
    "form_loop.pdf": (ANY, _form_loop),
    "tiff_loop.tiff": ("", lambda: _tiff_of(3, loop=True)),
    "wide_50000x1000.png": ("", lambda: png_of(50_000, 1_000)),
    "owner_only.pdf": ("restricted", lambda: encrypted_pdf(user=b"", owner=b"owner")),
    "cut.jpg": ("cut_off", lambda: photo("JPEG")[:60_000]),
    "cut.png": ("cut_off", lambda: photo("PNG")[:60_000]),
    "script.pdf": ("active_content", _script_pdf),
    "polyglot.pdf": ("polyglot", lambda: pdf_of(_PAGES, _ONE, *page_with(_PLAIN)) + zip_of(("a.exe", b"MZ"))),
    "photo.pdf": ("wrong_extension", lambda: photo("JPEG")),
}


def kinds() -> tuple[str, ...]:
    """The names of all kinds."""
    return tuple(_KINDS)
