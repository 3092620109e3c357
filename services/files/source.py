"""One uploaded file as pages, whatever its format; native decoders run in a guarded process, never in the caller's."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed
from services.files.guard import open_guarded
from services.files.limits import Limits
from services.files.office import as_pdf, check_office, libreoffice
from services.files.page_source import PageSource
from services.files.words import RawWord

__all__ = ["PageSource", "RawWord", "open_pages"]

OFFICE = frozenset({MediaType.DOCX, MediaType.DOC, MediaType.ODT})


@contextmanager
def open_pages(path: Path, media_type: MediaType, limits: Limits) -> Iterator[PageSource]:
    """Open a file that intake let in.

    Raises:
        CannotProceed: the file asks for a password, is broken, brings its decoder down, or needs a program this
            machine lacks.
        Refused: the file is over a limit.
    """
    if media_type in OFFICE:
        with open_office(path, media_type, limits) as (pages, _):
            yield pages
        return
    with open_guarded(path, media_type, limits) as pages:
        yield pages


@contextmanager
def open_office(
    path: Path, media_type: MediaType, limits: Limits, *, keep: bool = False
) -> Iterator[tuple[PageSource, bool]]:
    """Open a DOCX, DOC or ODT; the flag says that its layout was lost: only the text and pictures of a DOCX were read.

    `keep` leaves the derived PDF beside the original.

    Raises:
        CannotProceed: as `open_pages`.
        Refused: as `open_pages`.
    """
    check_office(path, media_type)
    with ExitStack() as stack:
        derived = _derived(stack, path, media_type, keep=keep)
        if derived is None:
            yield stack.enter_context(open_guarded(path, media_type, limits)), True
        else:
            yield stack.enter_context(open_guarded(derived, MediaType.PDF, limits)), False


def _derived(stack: ExitStack, path: Path, media_type: MediaType, *, keep: bool) -> Path | None:
    if libreoffice() is None:
        return None
    try:
        return stack.enter_context(as_pdf(path, media_type, keep=keep))
    except CannotProceed:
        # What LibreOffice cannot lay out may still be read: a citizen's words are not lost over a style sheet.
        if media_type is not MediaType.DOCX:
            raise
        return None
