"""Pages written from plain text: one character is one cell of a typewriter, so columns and gaps stand where typed."""

from services.dossier.document import Document
from services.dossier.page import Box, Line, Page, TextSource, Word

_ACROSS, _DOWN, _HEIGHT = 0.0105, 0.02, 0.013


def page_from(
    text: str, *, number: int = 1, document: int = 1, source: TextSource = TextSource.OCR, confidence: float = 0.96
) -> Page:
    """An A4 page at 150 dpi whose words stand where the text has them."""
    lines = []
    for row, typed in enumerate(text.strip("\n").split("\n")):
        words = tuple(Word(word, _box(row, column, len(word)), confidence) for column, word in _words_of(typed))
        if words:
            lines.append(Line(words))
    return Page(number, 1240, 1754, tuple(lines), source, "typed", document=document)


def document_from(*texts: str, number: int = 1, name: str = "a.pdf") -> Document:
    """A file of one page a text."""
    pages = tuple(page_from(text, number=at, document=number) for at, text in enumerate(texts, 1))
    return Document(number, name, pages)


def _box(row: int, column: int, length: int) -> Box:
    left, top = 0.05 + column * _ACROSS, 0.03 + row * _DOWN
    return Box(left, top, left + length * _ACROSS, top + _HEIGHT)


def _words_of(typed: str) -> list[tuple[int, str]]:
    found, column = [], 0
    for word in typed.split(" "):
        if word:
            found.append((column, word))
        column += len(word) + 1
    return found
