"""Names read a second time, by Tesseract: it sees accents better than the first reader, everything else worse.

Looked at are words that begin with a capital, stand beside another such word, and hold an accent that the first reader
was not sure of; and words that the language model never saw, wherever they stand (`GIÃY`). Of Tesseract's answer only
accents are taken, and only where all base letters agree. Figures, capitals and signs never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from threading import local

import cv2
import tesserocr
from rapidfuzz.distance import Levenshtein

from services.dossier.errors import CannotProceed
from services.dossier.page import Box, Line, Word
from services.language.counts import START, Language
from services.ocr.engine import EngineOptions, GrayImage
from services.ocr.engine_tesserocr import find_folder, open_handle
from services.ocr.letters import base_letter
from services.ocr.spell import ENDS_A_SENTENCE, Spelt

SURE, READABLE = 0.8, 0.8
"""Accents the first reader gives this share of their base letter's probability are left to it, and so are words of
which it is not even sure of the base letters: Tesseract reads those worse.
"""

SHORTEST = 2

FAR = 8.0
"""A reading is not taken that the language model finds less likely, between its neighbours, by so many nats: names are
rare anyway, but `BÊN CHUYỀN NHƯỢNG` is no name. Of 124 words that Tesseract read otherwise 108 are right so, not 96.
"""

AROUND = ".,;:()-/'\""

CONTEXT = 1
"""Words before and after doubtful names that are read with them: Tesseract reads the words at the ends worst, and takes
time for every pixel across.
"""

ABOVE, BESIDE = 0.15, 0.25
"""How far around the words' box Tesseract looks, in heights of the box."""

WHITE = 8
DPI = 200

ONLY, ZONE = "tessedit_char_whitelist", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


class Doubt(StrEnum):
    """Why a word may be read better a second time."""

    ACCENTS = "accents"
    UNKNOWN = "unknown"


class SecondReader:
    """One handle for each thread."""

    def __init__(self, folder: str, language: Language) -> None:
        self._folder = folder
        self._language = language
        self._kept = local()

    def read_names(self, line: Line, doubts: Mapping[Word, Doubt], image: GrayImage) -> Line:
        """The line with the accents of its doubtful names as Tesseract sees them; as it was where there are none."""
        named = zip(line.words, names_in(line.words), strict=True)
        names = [
            is_name if (doubt := doubts.get(word)) is Doubt.ACCENTS else doubt is not None for word, is_name in named
        ]
        if not any(names):
            return line
        part = span_of(names)
        box = replace(line.box, left=line.words[part][0].box.left, right=line.words[part][-1].box.right)
        texts = [word.text for word in line.words]
        others = with_accents(texts[part], self._read(box, image), names[part])
        for at, other in enumerate(others, part.start):
            if other != texts[at] and is_plausible(other, at, texts, self._language):
                texts[at] = other
        return replace(
            line, words=tuple(replace(word, text=text) for word, text in zip(line.words, texts, strict=True))
        )

    def read_zone(self, box: Box, image: GrayImage) -> str:
        """A line of a machine-readable zone, in the zone's letters."""
        handle = self._handle()
        handle.SetVariable(ONLY, ZONE)
        try:
            return "".join(self._read(box, image))
        finally:
            handle.SetVariable(ONLY, "")

    def _read(self, box: Box, image: GrayImage) -> list[str]:
        height, width = image.shape
        high = (box.bottom - box.top) * height
        top, left = int(box.top * height - ABOVE * high), int(box.left * width - BESIDE * high)
        bottom, right = int(box.bottom * height + ABOVE * high) + 1, int(box.right * width + BESIDE * high) + 1
        cut = image[max(0, top) : bottom, max(0, left) : right]
        framed = cv2.copyMakeBorder(cut, WHITE, WHITE, WHITE, WHITE, cv2.BORDER_CONSTANT, value=(255.0,))
        handle = self._handle()
        handle.SetImageBytes(framed.tobytes(), framed.shape[1], framed.shape[0], 1, framed.shape[1])
        handle.SetSourceResolution(DPI)
        try:
            return str(handle.GetUTF8Text()).split()
        except RuntimeError:  # a second opinion is worth no failed page
            return []
        finally:
            handle.Clear()

    def _handle(self) -> tesserocr.PyTessBaseAPI:
        if not hasattr(self._kept, "handle"):
            self._kept.handle = open_handle(self._folder, tesserocr.PSM.SINGLE_LINE)
        return self._kept.handle


def find_second_reader(options: EngineOptions, language: Language) -> SecondReader | None:
    """The second reader; None where it is not wanted or Tesseract's Vietnamese model is not here."""
    if not options.name_pass:
        return None
    try:
        return SecondReader(find_folder(options.tessdata), language)
    except CannotProceed:
        return None


def span_of(names: Sequence[bool]) -> slice:
    """From a word before the first name to be read to a word after the last."""
    first, last = names.index(True), len(names) - 1 - names[::-1].index(True)
    return slice(max(0, first - CONTEXT), last + 1 + CONTEXT)


def doubt_of(word: Spelt, language: Language) -> Doubt | None:
    """Why a word may be read better a second time, None where it is left to the first reader."""
    if word.base <= READABLE or len(word.text) < SHORTEST:
        return None
    if word.text.isalpha() and not language.knows(word.text.lower()):
        return Doubt.UNKNOWN
    return Doubt.ACCENTS if word.accents < SURE else None


def names_in(words: Sequence[Word]) -> list[bool]:
    """Which words may be parts of a name: they begin with a capital, and so does a neighbour."""
    capital = [_is_capital(word.text) for word in words]
    around = [False, *capital, False]
    return [own and (before or after) for before, own, after in zip(around, capital, around[2:], strict=False)]


def _is_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and letters[0].isupper() and not any(letter.isdigit() for letter in text)


def is_plausible(other: str, at: int, texts: Sequence[str], language: Language) -> bool:
    """Whether another reading of the word at that place is not far less likely there than the word itself."""
    before = texts[at - 1].lower().strip(AROUND) if at and texts[at - 1][-1] not in ENDS_A_SENTENCE else START
    after = texts[at + 1].lower().strip(AROUND) if at + 1 < len(texts) and texts[at][-1].isalpha() else ""

    def likely(text: str) -> float:
        word = text.lower().strip(AROUND)
        return language.score(before, word) + (language.score(word, after) if after else 0.0)

    return likely(other) > likely(texts[at]) - FAR


def with_accents(words: Sequence[str], other: Sequence[str], doubtful: Sequence[bool]) -> list[str]:
    """The words, doubtful ones with the accents of the other reading where base letters are the same."""
    found = list(words)
    for step in Levenshtein.opcodes([_base(word) for word in words], [_base(word) for word in other]):
        if step.tag != "equal":
            continue
        for at, there in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True):
            if doubtful[at] and len(words[at]) == len(other[there]):
                found[at] = "".join(_cased(new, old) for new, old in zip(other[there], words[at], strict=True))
    return found


def _base(word: str) -> str:
    return "".join(base_letter(letter) for letter in word).lower()


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter.lower()
