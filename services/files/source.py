"""One uploaded file as pages, whatever its format."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from PIL import Image

from services.dossier.document import MediaType
from services.files.docx_pages import open_docx
from services.files.heic import open_heic
from services.files.images import ImagePages
from services.files.limits import Limits
from services.files.office import as_pdf, check_office, libreoffice
from services.files.pdf import open_pdf
from services.files.words import RawWord

__all__ = ["PageSource", "RawWord", "open_pages"]


class PageSource(Protocol):
    """The pages of an open file; pages count from 1."""

    page_count: int

    def image(self, number: int, dpi: int = 200) -> Image.Image:
        """The page upright, as RGB, L or 1.

        A PDF page is rendered at `dpi`, one that is a single scan at the scan's own resolution (150–300 dpi); an image
        keeps its own resolution.

        Raises:
            CannotProceed: this page is broken.
            Refused: this page is too large to decode.
        """
        ...

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:
        """The words the file itself holds for this page, in its own order; None for an image or a page without text.

        Raises:
            CannotProceed: this page is broken.
        """
        ...


@contextmanager
def open_pages(path: Path, media_type: MediaType, limits: Limits) -> Iterator[PageSource]:
    """Open a file that intake let in.

    Raises:
        CannotProceed: the file asks for a password, is broken, or needs a program this machine lacks.
        Refused: the file is over a limit.
    """
    match media_type:
        case MediaType.PDF:
            with open_pdf(path, limits) as pdf:
                yield pdf
        case MediaType.HEIC:
            with open_heic(path, limits) as photo:
                yield photo
        case MediaType.DOCX | MediaType.DOC | MediaType.ODT:
            with _open_office(path, media_type, limits) as office:
                yield office
        case _:
            yield ImagePages(path, media_type, limits)


@contextmanager
def _open_office(path: Path, media_type: MediaType, limits: Limits) -> Iterator[PageSource]:
    check_office(path, media_type)
    if libreoffice() is None:
        with open_docx(path, limits) as text:
            yield text
        return
    with as_pdf(path, media_type) as derived, open_pdf(derived, limits) as pdf:
        yield pdf
