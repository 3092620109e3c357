"""What a PDF carries besides pages, read from its bytes and never run: signatures, scripts, launches, attachments.

Names are read as ISO 32000-2 §7.3.5 spells them (`/J#61vaScript`), also inside compressed object streams (§7.5.7).
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

_WINDOW = 8 * 1024 * 1024
_OVERLAP = 512
_PACKED_LIMIT = 1024 * 1024
_INFLATE_LIMIT = 32 * 1024 * 1024
_STREAM = re.compile(rb"/Type\s*/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# three or four letters turn up by chance inside a scanned page's bytes: a short name counts with a value behind it
_REFERENCE = rb"\d{1,10}\s+\d{1,5}\s+R\b"
_ACTIVE = re.compile(
    rb"/(?:(?:JavaScript|Launch|RichMedia|ImportData|SubmitForm|Movie|Sound)\b|JS[\s\x00]*(?:[(<]|"
    + _REFERENCE
    + rb"))"
)
_FORM = re.compile(rb"/XFA[\s\x00]*(?:[\[(<]|" + _REFERENCE + rb")")
_ATTACHED = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)\b")
_SIGNED = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+")
_END = b"%%EOF"
_TAIL = 2048
_ZIP_END = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Marks:
    """`cut_off`: the file does not end as a PDF ends; `also_zip`: it can be opened as a ZIP too."""

    signed: bool = False
    active: bool = False
    attached: bool = False
    dynamic_form: bool = False
    cut_off: bool = False
    also_zip: bool = False


def marks_of(path: Path) -> Marks:
    """Look through a PDF's bytes in windows of 8 MiB; memory stays flat however large it is."""
    signed = active = attached = dynamic = False
    for piece in chain(_windows(path), _object_streams(path)):
        names = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), piece) if b"#" in piece else piece
        signed = signed or bool(_SIGNED.search(piece))
        active = active or bool(_ACTIVE.search(names))
        attached = attached or bool(_ATTACHED.search(names))
        dynamic = dynamic or bool(_FORM.search(names))
    tail = _tail(path)
    return Marks(signed, active, attached, dynamic, cut_off=_END not in tail, also_zip=_ZIP_END in tail)


def _windows(path: Path) -> Iterator[bytes]:
    before = b""
    with path.open("rb") as file:
        while piece := file.read(_WINDOW):
            yield before + piece
            before = piece[-_OVERLAP:]


def _object_streams(path: Path) -> Iterator[bytes]:
    left = _INFLATE_LIMIT
    for window in _windows(path):
        view = memoryview(window)
        for start in _STREAM.finditer(window):
            if left <= 0:
                return
            try:
                text = zlib.decompressobj().decompress(view[start.end() : start.end() + _PACKED_LIMIT], left)
            except zlib.error:
                continue
            left -= len(text)
            yield text


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        return file.read()
