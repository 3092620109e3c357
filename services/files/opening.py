"""Opens a file in this very process; `source.open_pages` does so in a guarded one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.dossier.document import MediaType
from services.files.docx_pages import open_docx
from services.files.heic import open_heic
from services.files.images import ImagePages
from services.files.limits import Limits
from services.files.page_source import PageSource
from services.files.pdf import open_pdf


@contextmanager
def open_here(path: Path, media_type: MediaType, limits: Limits) -> Iterator[PageSource]:
    """The pages of a PDF, an image, or the text of a DOCX.

    Raises:
        CannotProceed: the file asks for a password or is broken.
        Refused: the file is over a limit.
    """
    match media_type:
        case MediaType.PDF:
            with open_pdf(path, limits) as pdf:
                yield pdf
        case MediaType.HEIC:
            with open_heic(path, limits) as photo:
                yield photo
        case MediaType.DOCX:
            with open_docx(path, limits) as text:
                yield text
        case _:
            yield ImagePages(path, media_type, limits)
