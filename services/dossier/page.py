"""A page as read: words with box and confidence, in reading order."""

from dataclasses import dataclass
from enum import StrEnum

from services.wording import Sentence


class TextSource(StrEnum):
    """Where the words of a page, or a value, came from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    QR = "qr"
    MRZ = "mrz"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on an upright page, as fractions 0–1 of its width and height; origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    def united(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class MarkKind(StrEnum):
    """What was put on the paper beside the print, told by its colour: evidence, not a verdict."""

    RED_STAMP = "red_stamp"
    BLUE_INK = "blue_ink"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stamp or writing in coloured ink and its place on the page."""

    kind: MarkKind
    box: Box


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word (NFC), its place and how sure the reader is (0–1)."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline of one block; `block` numbers the blocks of a page in reading order from 0.

    `cell` is the row and column (from 0) of the ruled table's cell the line stands in; the table is the block.
    """

    words: tuple[Word, ...]
    block: int = 0
    cell: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The smallest box around all words."""
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.united(word.box)
        return box


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document as it was read.

    `number` counts from 1 within its document, `document` from 1 within the dossier; `width` and `height` are the
    pixels of the upright image (points for a text layer); `engine` names the reader; `preparation` names the steps
    done to the image; `unreadable` says why nothing could be read; `marks` are stamps and writing in coloured ink.
    """

    number: int
    width: int
    height: int
    lines: tuple[Line, ...]
    source: TextSource
    engine: str
    preparation: tuple[str, ...] = ()
    unreadable: Sentence | None = None
    document: int = 1
    marks: tuple[Mark, ...] = ()

    @property
    def text(self) -> str:
        """Lines by newline, blocks by an empty line."""
        parts: list[str] = []
        for index, line in enumerate(self.lines):
            if index and line.block != self.lines[index - 1].block:
                parts.append("")
            parts.append(line.text)
        return "\n".join(parts)

    @property
    def confidence(self) -> float:
        """Mean word confidence weighted by length; 0 for a page without words."""
        letters = sum(len(word.text) for line in self.lines for word in line.words)
        if not letters:
            return 0.0
        return sum(len(word.text) * word.confidence for line in self.lines for word in line.words) / letters
