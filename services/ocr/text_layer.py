"""Is a PDF's own text worth more than a picture of the page? And if so, its lines."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from services.dossier.page import Box, Line, Word

ENOUGH_LETTERS = 50
"""Fewer letters than this are a stamp or a signature's banner laid over a scan, not a page."""

PLAUSIBLE_SHARE = 0.85
"""Share of words that must look Vietnamese, a number or a code; broken encodings stay far below it."""

VIETNAMESE_LETTERS = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
PLAUSIBLE = re.compile(
    rf"[\W_]*(?:[{VIETNAMESE_LETTERS}]+(?:[-/.’'][{VIETNAMESE_LETTERS}\d]+)*|[\d\W]+|[\dA-Z{VIETNAMESE_LETTERS}./_-]+)[\W_]*",
    re.IGNORECASE,
)


class LayerWord(Protocol):
    """A word of a text layer; `box` as fractions of the page."""

    @property
    def text(self) -> str:
        """The word as the file says it."""
        ...

    @property
    def box(self) -> Box:
        """Its place on the page."""
        ...


def is_trusted(words: Sequence[LayerWord] | None) -> bool:
    """Whether a text layer is a page of Vietnamese and not a banner, an empty layer or a broken encoding."""
    if not words:
        return False
    texts = [unicodedata.normalize("NFC", word.text) for word in words]
    if sum(letter.isalpha() for text in texts for letter in text) < ENOUGH_LETTERS:
        return False
    return sum(bool(PLAUSIBLE.fullmatch(text)) for text in texts) >= PLAUSIBLE_SHARE * len(texts)


def lines_of_layer(words: Sequence[LayerWord]) -> tuple[Line, ...]:
    """The layer's words as lines: a word that starts left of, or below, the one before it begins a new line."""
    lines: list[list[Word]] = []
    for raw in words:
        word = Word(unicodedata.normalize("NFC", raw.text), raw.box, 1.0)
        if lines and _continues(lines[-1][-1].box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(Line(tuple(line)) for line in lines)


def _continues(before: Box, box: Box) -> bool:
    middle = (box.top + box.bottom) / 2
    return before.top <= middle <= before.bottom and box.left >= before.left
