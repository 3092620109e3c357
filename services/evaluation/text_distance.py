"""How far a reading is from the truth: characters, words, diacritics, numbers, names.

Both texts are folded first: NFC, white space to one space, quotes and dashes to one form each, the leaders of a form
left out (three or more dots, rules and what they are taken for, `. _ … · , : ; -`, with two dots or rules among them).
Nothing else is forgiven.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, fields

import numpy as np
from rapidfuzz.distance import Levenshtein

_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "−": "-", "…": "..."}
)
_LEADERS = re.compile(r"(?:[,:;-] ?)*(?:[._…·] ?[,:;-]? ?){2,}[._…·,:;-]|\|")
NUMBER = re.compile(r"(?<![\w.,/:-])\d[\d.,/:-]{3,}\d(?!\w)")
"""Codes, dates, sums, telephone numbers: five characters or more."""

_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_UPPER = "A-Z" + _LOWER[3:].upper()
NAME = re.compile(rf"(?<!\w)[{_UPPER}][{_LOWER}]+(?: [{_UPPER}][{_LOWER}]+)+(?!\w)")
"""Two or more words in a row that begin with a capital and go on small: people, places."""

STRONG = 0.03
"""A paragraph of an official edition counts as printed on the page when some way reads it within 3 %."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that can be added over pages."""

    letters: int = 0
    wrong_letters: int = 0
    words: int = 0
    wrong_words: int = 0
    wrong_diacritics: int = 0
    numbers: int = 0
    found_numbers: int = 0
    names: int = 0
    found_names: int = 0
    words_anywhere: int = 0

    def __add__(self, other: "Score") -> "Score":
        """Both together."""
        return Score(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


TELLING = 20  # letters


def fold(text: str) -> str:
    """The text as it is compared."""
    plain = unicodedata.normalize("NFC", text).translate(_SAME)
    return " ".join(_LEADERS.sub(" ", plain).split())


def compare(truth: str, read: str) -> Score:
    """A reading against the truth; both folded."""
    words, read_words = truth.split(), read.split()
    seen = Counter(read_words)
    numbers, names = NUMBER.findall(truth), NAME.findall(truth)
    return Score(
        letters=len(truth),
        wrong_letters=Levenshtein.distance(truth, read),
        words=len(words),
        wrong_words=Levenshtein.distance(words, read_words),
        wrong_diacritics=_wrong_diacritics(truth, read),
        numbers=len(numbers),
        found_numbers=(Counter(numbers) & Counter(NUMBER.findall(read))).total(),
        names=len(names),
        found_names=sum(min(count, _times(name, read)) for name, count in Counter(names).items()),
        words_anywhere=(Counter(words) & seen).total(),
    )


def _times(name: str, read: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", read))


def _wrong_diacritics(truth: str, read: str) -> int:
    """Letters with the right base and the wrong marks."""
    pairs = ((truth[op.src_pos], read[op.dest_pos]) for op in Levenshtein.editops(truth, read) if op.tag == "replace")
    return sum(_base(a) == _base(b) for a, b in pairs if a.isalpha())


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower().replace("đ", "d")


def find_paragraph(paragraph: str, read: str) -> str:
    """The stretch of the reading nearest to the paragraph (fewest edits; Sellers 1980); both folded."""
    end = _nearest_end(paragraph, read)
    start = end - _nearest_end(paragraph[::-1], read[:end][::-1])
    return read[start:end].strip()


def _nearest_end(pattern: str, text: str) -> int:
    codes = np.array([ord(letter) for letter in text], np.int32)
    along = np.arange(len(text) + 1, dtype=np.int32)
    row = np.zeros(len(text) + 1, np.int32)
    for count, letter in enumerate(pattern, 1):
        fresh = row + 1
        fresh[1:] = np.minimum(fresh[1:], row[:-1] + (codes != ord(letter)))
        fresh[0] = count
        row = np.minimum.accumulate(fresh - along) + along
    return int(row.argmin())


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, folded; those under `TELLING` letters would be found anywhere and are left out."""
    folded = (fold(paragraph) for paragraph in text.split("\n"))
    return [paragraph for paragraph in folded if len(paragraph) >= TELLING]
