"""May this file come in, as what, with how many pages, and what an officer should know about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.dossier.document import MediaType
from services.dossier.errors import Refused
from services.dossier.finding import Finding, Place, Severity
from services.files.limits import Limits
from services.files.look import Look, look_at
from services.files.marks import Marks, marks_of
from services.files.sniff import media_type_of
from services.files.wholeness import is_whole
from services.intake.names import safe_name
from services.wording import sentence

_NATURAL_SUFFIXES = {
    MediaType.PDF: ("pdf",),
    MediaType.JPEG: ("jpg", "jpeg", "jpe", "jfif", "mpo"),
    MediaType.PNG: ("png", "apng"),
    MediaType.TIFF: ("tif", "tiff"),
    MediaType.WEBP: ("webp",),
    MediaType.HEIC: ("heic", "heif", "hif"),
    MediaType.DOCX: ("docx", "docm", "dotx"),
    MediaType.DOC: ("doc", "dot"),
    MediaType.ODT: ("odt", "ott"),
}


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may come in; the places of `findings` say document 1, for its number in the dossier is not known."""

    media_type: MediaType
    page_count: int
    findings: tuple[Finding, ...] = ()


def examine_file(path: Path, name: str, limits: Limits, *, keep: bool = False) -> Examined:
    """Decide on one file; `name` is what the citizen called it, used only for what is said about it.

    `keep` leaves the PDF that an office file is laid out as beside it.

    Raises:
        Refused: wrong or dangerous format, or over a limit.
        CannotProceed: a password, or broken beyond repair: a person must ask for the paper again.
    """
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise Refused(sentence("intake.too_large", limit_mb=limits.max_bytes // (1024 * 1024)))
    media_type = media_type_of(path)
    look = look_at(path, media_type, limits, keep=keep)
    findings = (*_name_findings(name, media_type), *_content_findings(path, media_type, look))
    return Examined(media_type, look.page_count, findings)


def _name_findings(name: str, media_type: MediaType) -> Iterator[Finding]:
    shown = safe_name(name)
    suffix = shown.rpartition(".")[2].lower() if "." in shown else ""
    if suffix and suffix not in _NATURAL_SUFFIXES[media_type]:
        yield _finding("wrong_extension", Severity.NOTE, name=shown, kind=media_type.name)


def _content_findings(path: Path, media_type: MediaType, look: Look) -> Iterator[Finding]:
    if media_type is MediaType.PDF:
        yield from _pdf_findings(marks_of(path), look)
    elif not is_whole(path, media_type):
        yield _finding("cut_off", Severity.WARNING)
    if look.text_only:
        yield _finding("text_only", Severity.WARNING)
    if look.macros:
        yield _finding("active_content", Severity.WARNING)
    for page in look.broken_pages:
        yield Finding("broken_page", Severity.WARNING, sentence("intake.broken_page", page=page), (Place(1, page),))


def _pdf_findings(marks: Marks, look: Look) -> Iterator[Finding]:
    if marks.signed or look.signatures:
        yield _finding("signed", Severity.NOTE)
    if marks.dynamic_form:
        yield _finding("dynamic_form", Severity.WARNING)
    if marks.active:
        yield _finding("active_content", Severity.WARNING)
    if marks.attached or look.attachments:
        yield _finding("attachments", Severity.WARNING)
    if marks.cut_off:
        yield _finding("cut_off", Severity.WARNING)
    if marks.also_zip:
        yield _finding("polyglot", Severity.WARNING)
    if look.restricted:
        yield _finding("restricted", Severity.NOTE)


def _finding(rule: str, severity: Severity, **params: str | float) -> Finding:
    return Finding(rule, severity, sentence(f"intake.{rule}", **params), (Place(1),))
