"""What an OLE compound file holds, from its directory alone ([MS-CFB] §2.6, [MS-DOC] §2.5.2)."""

import mmap
from pathlib import Path

_ENTRY = 128
_START_SECTOR = 116


def has_stream(path: Path, name: str) -> bool:
    """Whether the directory has an entry of this name."""
    return _entry_of(path, name) is not None


def is_encrypted_doc(path: Path) -> bool:
    """Whether a Word 97–2003 document asks for a password (bit fEncrypted of its file information block)."""
    entry = _entry_of(path, "WordDocument")
    if entry is None:
        return False
    with path.open("rb") as file:
        shift = int.from_bytes(file.read(32)[30:32], "little")
        sector = int.from_bytes(entry[_START_SECTOR : _START_SECTOR + 4], "little")
        file.seek((sector + 1) << min(shift, 12))
        block = file.read(12)
    return block[:2] == b"\xec\xa5" and bool(block[11:12]) and bool(block[11] & 1)


def _entry_of(path: Path, name: str) -> bytes | None:
    wanted = name.encode("utf-16-le") + b"\0\0"
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(wanted)
        while at >= 0:
            # Directory entries lie on multiples of 128; elsewhere the name is only text.
            if at % _ENTRY == 0:
                return data[at : at + _ENTRY]
            at = data.find(wanted, at + 1)
    return None
