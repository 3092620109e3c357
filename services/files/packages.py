"""What a ZIP is, from its members: a DOCX, an ODT, or something that is not accepted."""

import zipfile
import zlib
from pathlib import Path

from services.dossier.document import MediaType
from services.dossier.errors import Refused
from services.wording import Sentence, sentence

ODT_MIME = b"application/vnd.oasis.opendocument.text"
_MAX_MEMBERS = 10_000
# A Word file of scans holds a few hundred megabytes at most; anything that unpacks to more is a bomb.
_MAX_UNPACKED = 1024 * 1024 * 1024
_MAX_RATIO = 200
_ENTITY = b"<!ENTITY"
_WINDOW = 1024 * 1024
_SMALL = 64 * 1024 * 1024


def package_type(path: Path) -> MediaType:
    """The office format of a ZIP package.

    Raises:
        Refused: the ZIP is broken, a bomb, or no DOCX or ODT.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _type_of(package)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Refused(sentence("files.broken_zip")) from error


def check_package(package: zipfile.ZipFile) -> None:
    """Refuse a package that harms who opens it; Python's zipfile never reads past a member's declared size.

    Raises:
        Refused: too many members, too large when unpacked, or XML that declares entities, as no office program does.
    """
    members = package.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if (
        len(members) > _MAX_MEMBERS
        or unpacked > _MAX_UNPACKED
        or (unpacked > _SMALL and unpacked / packed > _MAX_RATIO)
    ):
        raise Refused(sentence("files.zip_bomb"))
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")):
            _check_entities(package, member)


def _check_entities(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    before = b""
    with package.open(member) as part:
        while piece := part.read(_WINDOW):
            # In UTF-16 every other byte is zero.
            if _ENTITY in (before + piece).replace(b"\0", b""):
                raise Refused(sentence("files.office_unsafe"))
            before = piece[-2 * len(_ENTITY) :]


def _type_of(package: zipfile.ZipFile) -> MediaType:
    names = set(package.namelist())
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        check_package(package)
        return MediaType.DOCX
    if "mimetype" in names and package.read("mimetype")[:200].strip() == ODT_MIME:
        check_package(package)
        return MediaType.ODT
    raise Refused(_refusal(names))


def _refusal(names: set[str]) -> Sentence:
    if "xl/workbook.xml" in names:
        return sentence("files.not_accepted", kind="Excel")
    if "ppt/presentation.xml" in names:
        return sentence("files.not_accepted", kind="PowerPoint")
    if "AndroidManifest.xml" in names or "META-INF/MANIFEST.MF" in names:
        return sentence("files.program")
    return sentence("files.archive")
