"""What kind of file is this: by its content, never by its name."""

from pathlib import Path

from services.dossier.document import MediaType
from services.dossier.errors import Refused
from services.files.ole import has_stream
from services.files.packages import package_type
from services.files.signatures import (
    OLE_START,
    ZIP_STARTS,
    image_type,
    is_malware_test,
    is_pdf,
    is_program,
    refused_kind,
)
from services.wording import sentence

_HEAD = 4096
_OLE_OTHERS = (("Workbook", "Excel"), ("Book", "Excel"), ("PowerPoint Document", "PowerPoint"))


def media_type_of(path: Path) -> MediaType:
    """The format of a file, told from its bytes.

    Raises:
        Refused: the file is empty, dangerous, or of a format that is not accepted.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise Refused(sentence("files.empty"))
    if is_malware_test(head):
        raise Refused(sentence("files.malware_test"))
    if found := image_type(head):
        return found
    return _other_type(path, head)


def _other_type(path: Path, head: bytes) -> MediaType:
    if head.startswith(ZIP_STARTS):
        return package_type(path)
    if head.startswith(OLE_START):
        return _ole_type(path)
    if is_program(head):
        raise Refused(sentence("files.program"))
    # Known formats go first, so that a page about PDF files or a script that hides one is not taken for a PDF.
    kind = refused_kind(head)
    if is_pdf(head) and kind in (None, "TXT"):
        return MediaType.PDF
    raise Refused(sentence("files.not_accepted", kind=kind) if kind else sentence("files.unknown"))


def _ole_type(path: Path) -> MediaType:
    if has_stream(path, "WordDocument"):
        return MediaType.DOC
    if has_stream(path, "EncryptedPackage"):
        raise Refused(sentence("files.office_password"))
    for stream, kind in _OLE_OTHERS:
        if has_stream(path, stream):
            raise Refused(sentence("files.not_accepted", kind=kind))
    raise Refused(sentence("files.unknown"))
