"""The searchable PDF of a document as it was read: made when first asked for, then kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed
from services.dossier.page import Page
from services.files.guard import derive_searchable, sides_of
from services.files.laid_words import Words, all_words, missing_words
from services.files.limits import Limits
from services.files.office import derived_beside
from services.files.source import OFFICE
from services.storage.derived import searchable_key
from services.storage.documents import FetchedDocument
from services.storage.objects import ObjectStore
from services.wording import sentence


def searchable_of(
    fetched: FetchedDocument, pages: Sequence[Page], store: ObjectStore, limits: Limits, *, archive: bool
) -> Path:
    """A local copy of the searchable PDF (PDF/A-2b for an archive), made and kept if this reading has none yet.

    Raises:
        CannotProceed: the document cannot be drawn or was never laid out as a PDF.
        Refused: it is over a limit.
        StoreAway: the store does not answer.
        StoreFull: no room is left.
    """
    words = {page.number: all_words(page) if archive else missing_words(page) for page in pages}
    key = searchable_key(fetched.key, _digest(words), "pdfa.pdf" if archive else "pdf")
    target = fetched.path.with_name(f"{fetched.path.name}.searchable.pdf")
    if store.exists(key):
        store.get(key, target)
        return target
    path, media_type = _drawable(fetched)
    derive_searchable(path, media_type, limits, words, target, archive=archive)
    store.put(key, target, "application/pdf")
    return target


def _drawable(fetched: FetchedDocument) -> tuple[Path, MediaType]:
    """The file that pages are taken from: of an office file the PDF it was laid out as."""
    media_type = fetched.media_type or MediaType.PDF
    if media_type not in OFFICE:
        return fetched.path, media_type
    laid_out = derived_beside(fetched.path)
    if not laid_out.is_file():
        raise CannotProceed(sentence("files.not_laid_out"))
    return laid_out, MediaType.PDF


def _digest(words: Mapping[int, Words]) -> str:
    said = {number: [(text, sides_of(box)) for text, box in found] for number, found in words.items()}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
