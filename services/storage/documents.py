"""Documents as rows, and their untouched originals out of the object store."""

from dataclasses import dataclass
from pathlib import Path

from services.dossier.document import MediaType
from services.files.limits import Limits
from services.files.office import derived_beside
from services.files.source import OFFICE
from services.settings import MEBIBYTE, Settings
from services.storage.database import Connection
from services.storage.derived import pdf_key
from services.storage.objects import ObjectStore


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """A document with its original in a local file; `media_type` None before intake has decided; `key` in the store."""

    number: int
    name: str
    path: Path
    media_type: MediaType | None
    page_count: int
    key: str = ""


FIND_KEY = """SELECT document.key FROM document JOIN dossier ON dossier.id = document.dossier_id
              WHERE dossier.code = %s AND document.number = %s"""


def find_dossier(connection: Connection, code: str) -> int | None:
    """The number of the dossier with that code."""
    row = connection.execute("SELECT id FROM dossier WHERE code = %s", (code,)).fetchone()
    return None if row is None else int(row[0])


def limits_of(settings: Settings) -> Limits:
    """The limits of one file that the settings set."""
    return Limits(settings.max_file_mb * MEBIBYTE, settings.max_pages, settings.max_pixels)


def fetch_document(
    connection: Connection, store: ObjectStore, dossier_id: int, number: int, folder: Path
) -> FetchedDocument:
    """Fetch one original into a folder, and beside it the PDF that intake laid an office file out as.

    Raises:
        LookupError: the dossier has no such document.
        StoreAway: the store does not answer.
    """
    row = connection.execute(
        "SELECT name, key, media_type, page_count FROM document WHERE dossier_id = %s AND number = %s",
        (dossier_id, number),
    ).fetchone()
    if row is None:
        raise LookupError(f"dossier {dossier_id} has no document {number}")
    path = folder / f"document-{number}"
    media_type = None if row[2] is None else MediaType(row[2])
    if not path.exists():
        store.get(row[1], path)
        if media_type in OFFICE and store.exists(pdf_key(row[1])):
            store.get(pdf_key(row[1]), derived_beside(path))
    return FetchedDocument(number, row[0], path, media_type, row[3] or 0, row[1])


def set_examined(connection: Connection, dossier_id: int, number: int, media_type: MediaType, page_count: int) -> None:
    """Note what intake found the document to be."""
    connection.execute(
        "UPDATE document SET media_type = %s, page_count = %s WHERE dossier_id = %s AND number = %s",
        (media_type, page_count, dossier_id, number),
    )
