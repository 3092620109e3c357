"""Is a PDF's own text worth more than a picture of the page? Its lines, in Unicode, and where the picture knows more.

A layer is not trusted when nobody sees it (an OCR program laid it over a scan), when it is a signature's banner or
nothing, or when its words are no Vietnamese (a broken or unknown encoding). Lines in TCVN3 or VNI are converted. Where
a picture stands, or a line is garbled, the layer has a hole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from services.dossier.page import Box, Line, Word
from services.language.legacy import Encoding, encoding_of, syllable_share, to_unicode

ENOUGH_LETTERS = 50
"""Fewer letters than this are a stamp or a signature's banner laid over a scan, not a page."""

PLAUSIBLE_SHARE = 0.85
"""Share of words that must be written with Vietnamese letters, or be a number or a code."""

SYLLABLES = 0.6
"""Share of words that must be Vietnamese syllables; text with many foreign names stays above, noise far below."""

VOWELS = 0.9
"""Share of the words of a foreign page that have a vowel; letters moved to other codes rarely do."""

GARBLED_SHARE, GARBLED_WORDS = 0.3, 3
"""A line of so many words of which fewer than this share are syllables, inside a good page, is garbled."""

LARGE = 0.04
"""Share of the page from which a picture may show words: smaller ones are emblems, seals and signatures."""

ROWS = 40
"""Strips of a page in which words are looked for, to tell how much of a picture the layer writes over."""

WRITTEN_OVER = 0.5
"""A picture with words of the layer on this share of its strips may be a background, or a scan under its own text."""

VIETNAMESE_LETTERS = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
PLAUSIBLE = re.compile(
    rf"[\W_]*(?:[{VIETNAMESE_LETTERS}]+(?:[-/.’'][{VIETNAMESE_LETTERS}\d]+)*|[\d\W]+|[\dA-Z{VIETNAMESE_LETTERS}./_-]+)[\W_]*",
    re.IGNORECASE,
)


class LayerWord(Protocol):
    """A word of a text layer; `box` as fractions of the page; `line` as the file counts them; `hidden` if not drawn."""

    @property
    def text(self) -> str:
        """The word as the file says it, NFC."""
        ...

    @property
    def box(self) -> Box:
        """Its place on the page."""
        ...

    @property
    def line(self) -> int:
        """The line the file puts it on."""
        ...

    @property
    def hidden(self) -> bool:
        """Whether it is not drawn."""
        ...


@dataclass(frozen=True, slots=True)
class Layer:
    """A trusted layer: its lines; `holes` that it says nothing of; whether pictures under it may say otherwise."""

    lines: tuple[Line, ...]
    holes: tuple[Box, ...] = ()
    over_picture: bool = False
    converted: bool = False


def judge_layer(words: Sequence[LayerWord] | None, pictures: Sequence[Box] = ()) -> Layer | None:
    """The layer as it can be used, None where the page is better read from its picture."""
    seen = [word for word in words or () if not word.hidden]
    large = [box for box in pictures if _area(box) >= LARGE]
    scans = [box for box in large if _written_share(box, seen) < WRITTEN_OVER]
    if any(_area(box) > WRITTEN_OVER for box in scans):
        return None
    lines, garbled, converted = _lines(seen)
    if not _is_page(lines):
        return None
    return Layer(lines, (*scans, *garbled), over_picture=len(scans) < len(large), converted=converted)


def is_trusted(words: Sequence[LayerWord] | None) -> bool:
    """Whether a text layer is a page of Vietnamese and not a banner, an empty layer or a broken encoding."""
    return judge_layer(words) is not None


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _written_share(picture: Box, words: Sequence[LayerWord]) -> float:
    """On which share of a picture's strips the layer has a word."""
    first, last = int(picture.top * ROWS), max(int(picture.bottom * ROWS), int(picture.top * ROWS) + 1)
    strips = {
        int((word.box.top + word.box.bottom) / 2 * ROWS)
        for word in words
        if picture.left <= (word.box.left + word.box.right) / 2 <= picture.right
    }
    return len(strips & set(range(first, last))) / (last - first)


def _lines(words: Sequence[LayerWord]) -> tuple[tuple[Line, ...], tuple[Box, ...], bool]:
    """Good lines, the boxes of garbled ones, and whether some had to be converted."""
    good: list[Word] = []
    garbled: list[Word] = []
    converted = False
    for _, found in groupby(words, key=lambda word: word.line):
        line = list(found)
        texts = [word.text for word in line]
        encoding = encoding_of(" ".join(texts))
        converted = converted or encoding is not Encoding.UNICODE
        texts = to_unicode(texts, encoding)
        kept = garbled if _is_garbled(texts) else good
        kept += [Word(text, word.box, 1.0) for text, word in zip(texts, line, strict=True)]
    return lines_of_layer(good), tuple(line.box for line in lines_of_layer(garbled)), converted


def _is_garbled(texts: Sequence[str]) -> bool:
    line = " ".join(texts)
    if line.isascii() or syllable_share(line) >= GARBLED_SHARE:
        return False
    return sum(any(map(str.isalpha, text)) for text in texts) >= GARBLED_WORDS


def _is_page(lines: Sequence[Line]) -> bool:
    texts = [word.text for line in lines for word in line.words]
    if sum(map(str.isalpha, "".join(texts))) < ENOUGH_LETTERS:
        return False
    if sum(bool(PLAUSIBLE.fullmatch(text)) for text in texts) < PLAUSIBLE_SHARE * len(texts):
        return False
    text = " ".join(texts)
    return syllable_share(text) >= SYLLABLES or (text.isascii() and _vowel_share(text) >= VOWELS)


def _vowel_share(text: str) -> float:
    words = re.findall(r"[a-z]{3,}", text.lower())
    return sum(bool(re.search("[aeiouy]", word)) for word in words) / max(len(words), 1)


def lines_of_layer(words: Sequence[Word]) -> tuple[Line, ...]:
    """Words as lines: a word that starts left of, or below, the one before it begins a new line."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and _continues(lines[-1][-1].box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(Line(tuple(line)) for line in lines)


def _continues(before: Box, box: Box) -> bool:
    middle = (box.top + box.bottom) / 2
    return before.top <= middle <= before.bottom and box.left >= before.left
