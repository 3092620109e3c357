"""What a file's first bytes say it is.

Sources: ISO 32000-2 §7.5.2 (PDF), ISO/IEC 10918-1 (JPEG), W3C PNG 3rd edition §5.2, TIFF 6.0 §2 and BigTIFF, RFC 9649
(WebP), ISO/IEC 23008-12 §10 (HEIF brands), [MS-CFB] §2.2 (OLE), APPNOTE.TXT 6.3 §4.3 (ZIP).
"""

from services.dossier.document import MediaType

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_IMAGE_STARTS = (
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"II*\0", MediaType.TIFF),
    (b"MM\0*", MediaType.TIFF),
    (b"II+\0", MediaType.TIFF),
    (b"MM\0+", MediaType.TIFF),
)

_HEVC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_HEIF_BRANDS = frozenset({b"mif1", b"mif2", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})

# What people send by mistake, so that the refusal can name it.
_REFUSED_STARTS = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\x01\0", "ICO"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"\x1aE\xdf\xa3", "Matroska/WebM"),
    (b"%!PS", "PostScript"),
    (b"AC10", "DWG"),
    (b"SIMPLE  =", "FITS"),
    (b"SQLite format 3\0", "SQLite"),
)

_PROGRAM_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"dex\n",
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",
)
_MARKUP_STARTS = (
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
    (b"<head", "HTML"),
    (b"<svg", "SVG"),
    (b"<?xml", "XML"),
    (b"<", "HTML"),
)

# The industry's harmless test for virus scanners, split so that no scanner stops this source file.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def image_type(head: bytes) -> MediaType | None:
    """The image format that these first bytes (≥ 64) announce."""
    for start, media_type in _IMAGE_STARTS:
        if head.startswith(start):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    brands = _brands(head)
    if brands & _HEVC_BRANDS or (brands & _HEIF_BRANDS and not brands & _AVIF_BRANDS):
        return MediaType.HEIC
    return None


def is_pdf(head: bytes) -> bool:
    """Whether a PDF header stands in the first 1,024 bytes, as readers tolerate."""
    return b"%PDF-" in head[:1024]


def is_malware_test(head: bytes) -> bool:
    """Whether this is the EICAR test file."""
    return _EICAR in head[:128]


def is_program(head: bytes) -> bool:
    """Whether a machine or an interpreter would run this."""
    return head.startswith(_PROGRAM_STARTS)


def refused_kind(head: bytes) -> str | None:
    """The name of a format that is known and not accepted."""
    for start, kind in _REFUSED_STARTS:
        if head.startswith(start):
            return kind
    if brands := _brands(head):
        return "AVIF" if brands & _AVIF_BRANDS else "MP4"
    if head[:4] == b"RIFF":
        return "AVI/WAV"
    markup = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, kind in _MARKUP_STARTS:
        if markup.startswith(start):
            return kind
    return "TXT" if _is_text(head) else None


def _brands(head: bytes) -> frozenset[bytes]:
    if head[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return frozenset({head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))})


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    for lost in range(4):  # the head may end in the middle of a letter
        try:
            head[: len(head) - lost].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
