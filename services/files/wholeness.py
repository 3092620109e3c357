"""Whether an image file arrived whole: its own structure says where it must end; nothing is decoded.

Sources: ISO/IEC 10918-1 §B.1 (JPEG markers), W3C PNG §5.3 (chunks), RFC 9649 §2.4 (RIFF size), ISO/IEC 14496-12 §4.2
(boxes), TIFF 6.0 §7 (strips and tiles).
"""

import mmap
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from services.dossier.document import MediaType

_TAIL = 64 * 1024
_MOST_STEPS = 100_000


def is_whole(path: Path, media_type: MediaType) -> bool:
    """False when the end of the file is missing; True also where the format does not tell."""
    check = _CHECKS.get(media_type)
    if check is None:
        return True
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return check(data)


def _jpeg_ends(data: mmap.mmap) -> bool:
    # Phones write more after the end marker (motion photos, maps of depth), so it may stand before the tail.
    return data.find(b"\xff\xd9", max(2, len(data) - _TAIL)) >= 0 or data.rfind(b"\xff\xd9") > len(data) // 2


def _png_ends(data: mmap.mmap) -> bool:
    at = 8
    for _ in range(_MOST_STEPS):
        if at + 12 > len(data):
            return False
        kind = data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if kind == b"IEND":
            return at <= len(data)
    return True


def _webp_ends(data: mmap.mmap) -> bool:
    return 8 + int.from_bytes(data[4:8], "little") <= len(data) + 1


def _boxes_end(data: mmap.mmap) -> bool:
    at = 0
    for _ in range(_MOST_STEPS):
        if at >= len(data):
            return at == len(data)
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            return True
        at += max(size, 8)
    return True


_CHECKS: MappingProxyType[MediaType, Callable[[mmap.mmap], bool]] = MappingProxyType(
    {
        MediaType.JPEG: _jpeg_ends,
        MediaType.PNG: _png_ends,
        MediaType.WEBP: _webp_ends,
        MediaType.HEIC: _boxes_end,
    }
)
