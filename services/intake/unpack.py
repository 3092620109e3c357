"""A ZIP or a folder as the files of a dossier, without ever trusting what the archive says about itself."""

import stat
import zipfile
import zlib
from pathlib import Path

from services.dossier.errors import Refused
from services.files.limits import Limits
from services.intake.names import safe_name
from services.wording import sentence

_MAX_FILES = 50
# Listing more members than this is itself an attack.
_MAX_MEMBERS = 2_000
_MAX_RATIO = 200
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_UTF8 = 0x800
_NESTED = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_OFFICE = (b"[Content_Types].xml", b"mimetype")
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


def unpack_zip(path: Path, into: Path, limits: Limits, max_files: int = _MAX_FILES) -> tuple[Path, ...]:
    """Unpack a ZIP of papers into the folder `into`, flat, in the archive's order, under safe names.

    Raises:
        Refused: broken, encrypted, nested, too many or too large, or with paths or links that lead outside. Nothing
            is left in `into` then.
    """
    made: list[Path] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, limits, max_files)
            for member in members:
                made.append(_free_name(into, member))
                _write_member(archive, member, made[-1], limits)
    except BaseException as error:
        for written in made:
            written.unlink(missing_ok=True)
        if isinstance(
            error, zipfile.BadZipFile | zlib.error | EOFError | NotImplementedError | RuntimeError | ValueError
        ):
            raise Refused(sentence("intake.zip_broken")) from error
        raise
    return tuple(made)


def files_of(folder: Path, max_files: int = _MAX_FILES) -> tuple[Path, ...]:
    """The files of a folder and its sub-folders, sorted by path; hidden files, links and system litter are left out.

    Raises:
        Refused: none, or too many.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_symlink() or not path.is_file() or _is_litter(inside.as_posix()):
            continue
        found.append(path)
    _check_count(len(found), max_files)
    return tuple(found)


def _members(archive: zipfile.ZipFile, limits: Limits, max_files: int) -> list[zipfile.ZipInfo]:
    everything = archive.infolist()
    if len(everything) > _MAX_MEMBERS:
        raise Refused(sentence("intake.too_many_files", limit=max_files))
    for member in everything:
        _check_member(member, limits)
    papers = [one for one in everything if not one.is_dir() and not _is_litter(one.filename)]
    _check_count(len(papers), max_files)
    return papers


def _check_count(found: int, max_files: int) -> None:
    if not found:
        raise Refused(sentence("intake.nothing"))
    if found > max_files:
        raise Refused(sentence("intake.too_many_files", limit=max_files))


def _check_member(member: zipfile.ZipInfo, limits: Limits) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise Refused(sentence("intake.zip_encrypted"))
    parts = member.filename.replace("\\", "/").split("/")
    drive = len(parts[0]) > 1 and parts[0][1] == ":"
    if ".." in parts or member.filename.startswith(("/", "\\")) or drive or stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(sentence("intake.zip_unsafe"))
    if member.file_size > limits.max_bytes:
        raise Refused(sentence("intake.too_large", limit_mb=limits.max_bytes // (1024 * 1024)))
    if member.file_size > _SMALL and member.file_size > _MAX_RATIO * max(member.compress_size, 1):
        raise Refused(sentence("intake.zip_bomb"))


def _write_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limits: Limits) -> None:
    written = 0
    with archive.open(member) as source, target.open("xb") as sink:
        while chunk := source.read(_CHUNK):
            if not written:
                _check_nested(chunk)
            written += len(chunk)
            if written > limits.max_bytes:
                raise Refused(sentence("intake.zip_bomb"))
            sink.write(chunk)


def _check_nested(head: bytes) -> None:
    # A DOCX or ODT is a ZIP too: its first members name it.
    office = any(mark in head[:4096] for mark in _OFFICE)
    if head.startswith(_NESTED) and not office:
        raise Refused(sentence("intake.zip_nested"))


def _free_name(into: Path, member: zipfile.ZipInfo) -> Path:
    name = safe_name(_real_name(member))
    target = into / name
    number = 2
    while target.exists():
        target = into / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return target


def _real_name(member: zipfile.ZipInfo) -> str:
    """The name in Unicode: many packers write UTF-8 without saying so, which `zipfile` then takes for code page 437."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _is_litter(name: str) -> bool:
    parts = name.lower().replace("\\", "/").split("/")
    return parts[0] == "__macosx" or parts[-1] in _LITTER or any(part.startswith(".") for part in parts)
