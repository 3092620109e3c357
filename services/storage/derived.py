"""Where what is made from an original rests: beside its key, under `derived/`, so that the original is never touched.

Page pictures depend on the original alone; a reading depends on the run that made it.
"""

from enum import StrEnum
from uuid import UUID


class PictureSize(StrEnum):
    """Page pictures the desk shows."""

    PAGE = "pages"
    THUMBNAIL = "thumbnails"


def picture_key(original: str, number: int, size: PictureSize) -> str:
    """The WebP picture of a page (from 1)."""
    return f"derived/{original}/{size}/{number:04}.webp"


def reading_key(original: str, run: UUID, kind: str) -> str:
    """What a run read of a range of pages; `kind` is `json` (words) or `txt`."""
    return f"derived/{original}/readings/{run}.{kind}"


def pdf_key(original: str) -> str:
    """The PDF that an office file was laid out as."""
    return f"derived/{original}/laid-out.pdf"


def searchable_key(original: str, reading: str, kind: str) -> str:
    """The searchable PDF of a document as read; `reading` is a digest of the words, `kind` is `pdf` or `pdfa.pdf`."""
    return f"derived/{original}/searchable/{reading}.{kind}"
