"""A first look into a file: its pages and their declared sizes, before anything is decoded."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed
from services.files.guard import look_guarded
from services.files.heic import open_heic
from services.files.images import ImagePages
from services.files.limits import Limits
from services.files.pdf import PdfPages, open_pdf
from services.files.source import OFFICE, open_office
from services.wording import sentence

_RENDER_DPI = 200
_MOST_BROKEN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What the header, the page tree and the page boxes say.

    `broken_pages` are pages (from 1) that the file counts but does not hold, at most 20; `restricted` says that the
    owner forbids printing or copying; `macros` that the office file carries a program; `text_only` that its
    layout was lost.
    """

    page_count: int
    broken_pages: tuple[int, ...] = ()
    signatures: int = 0
    attachments: int = 0
    restricted: bool = False
    macros: bool = False
    text_only: bool = False


def look_at(path: Path, media_type: MediaType, limits: Limits, *, keep: bool = False) -> Look:
    """Open a file, in the guarded process, as far as its declarations; `keep` leaves an office file's PDF beside it.

    Raises:
        CannotProceed: a password, no page, or broken beyond repair.
        Refused: too many pages or pixels.
    """
    if media_type in OFFICE:
        with open_office(path, media_type, limits, keep=keep) as (pages, text_only):
            return Look(pages.page_count, macros=_has_macros(path, media_type), text_only=text_only)
    fields = look_guarded(path, media_type, limits)
    return Look(**{**fields, "broken_pages": tuple(fields["broken_pages"])})


def look_here(path: Path, media_type: MediaType, limits: Limits) -> Look:
    """The same for a PDF or an image, in this very process.

    Raises:
        CannotProceed: a password, no page, or broken beyond repair.
        Refused: too many pages or pixels.
    """
    match media_type:
        case MediaType.PDF:
            with open_pdf(path, limits) as pages:
                return _look_at_pdf(pages)
        case MediaType.HEIC:
            with open_heic(path, limits) as photo:
                for number in range(1, photo.page_count + 1):
                    photo.check_pixels(number)
                return Look(photo.page_count)
        case _:
            return _look_at_image(ImagePages(path, media_type, limits))


def _look_at_pdf(pages: PdfPages) -> Look:
    broken = []
    for number in range(1, pages.page_count + 1):
        try:
            pages.dpi_within(number, _RENDER_DPI)
        except CannotProceed:
            broken.append(number)
    if len(broken) == pages.page_count:
        raise CannotProceed(sentence("files.no_pages"))
    return Look(
        pages.page_count,
        tuple(broken[:_MOST_BROKEN]),
        pages.signature_count(),
        pages.attachment_count(),
        pages.is_restricted(),
    )


def _look_at_image(pages: ImagePages) -> Look:
    for number in range(1, pages.page_count + 1):
        pages.check_pixels(number)
    return Look(pages.page_count)


def _has_macros(path: Path, media_type: MediaType) -> bool:
    if media_type is not MediaType.DOCX:
        return False
    with zipfile.ZipFile(path) as package:
        return any(name.lower().endswith("vbaproject.bin") for name in package.namelist())
