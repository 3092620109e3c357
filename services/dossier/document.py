"""A document is one uploaded file; once read, it is its pages."""

from dataclasses import dataclass
from enum import StrEnum

from services.dossier.page import Page


class MediaType(StrEnum):
    """The formats a citizen may hand in, decided by content, never by name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    WEBP = "image/webp"
    HEIC = "image/heic"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    ODT = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True, slots=True)
class Document:
    """One file as a reader left it; `number` counts from 1 within the dossier, `name` is the citizen's file name."""

    number: int
    name: str
    pages: tuple[Page, ...]
