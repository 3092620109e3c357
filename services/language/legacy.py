"""Text typed in fonts from before Unicode, back to Unicode: TCVN3 (ABC, the `.Vn…` fonts) and VNI (the `VNI-…` fonts).

Both show Vietnamese by drawing other letters over the codes of Windows-1252, so a PDF made with them says `§éc lËp`
or `Ñoäc laäp` where `Độc lập` is printed. Sources: TCVN 5712:1993 (VN3, the one-byte set of ABC) and the VNI-Windows
table of VNI Software (letter, then a mark). Some files give the codes as U+F0xx: symbol fonts do.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from services.language.syllable import is_syllable

_TCVN3 = {
    "µ¶·¸¹": "àảãáạ",
    "¨»¼½¾Æ": "ăằẳẵắặ",
    "©ÇÈÉÊË": "âầẩẫấậ",
    "®": "đ",
    "ÌÎÏÐÑ": "èẻẽéẹ",
    "ªÒÓÔÕÖ": "êềểễếệ",
    "×ØÜÝÞ": "ìỉĩíị",
    "ßáâãä": "òỏõóọ",
    "«åæçèé": "ôồổỗốộ",
    "¬êëìíî": "ơờởỡớợ",
    "ïñòóô": "ùủũúụ",
    "\u00adõö÷øù": "ưừửữứự",
    "úûüýþ": "ỳỷỹýỵ",
    "¡¢§£¤¥¦": "ĂÂĐÊÔƠƯ",
}
_VNI_MARKS = {
    "a": ("øûõùï", "àảãáạ", "âàåãáä", "âầẩẫấậ", "êèúüéë", "ăằẳẵắặ"),
    "e": ("øûõùï", "èẻẽéẹ", "âàåãáä", "êềểễếệ"),
    "o": ("øûõùï", "òỏõóọ", "âàåãáä", "ôồổỗốộ"),
    "u": ("øûõùï", "ùủũúụ"),
    "y": ("øûõù", "ỳỷỹý"),
    "ô": ("øûõùï", "ờởỡớợ"),
    "ö": ("øûõùï", "ừửữứự"),
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

_FROM_TCVN3 = {old: new for olds, news in _TCVN3.items() for old, new in zip(olds, news, strict=True)}


def _vni_pairs() -> dict[str, str]:
    pairs = dict(_VNI_ALONE)
    for letter, tables in _VNI_MARKS.items():
        for marks, letters in zip(tables[::2], tables[1::2], strict=True):
            pairs |= {letter + mark: found for mark, found in zip(marks, letters, strict=True)}
    return pairs | {old.upper(): new.upper() for old, new in pairs.items()}


_FROM_VNI = _vni_pairs()
_VNI = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}

_MODERN = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
"""Letters that no code of the old fonts shows up as: one of them, and the line is Unicode."""

BETTER, GOOD = 0.2, 0.7
"""A line is taken as legacy when this share more of its words become syllables, and this share of all are then."""


class Encoding(StrEnum):
    """What a line of text was typed in."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


def from_tcvn3(text: str) -> str:
    """TCVN3 codes, seen as Windows-1252, as Unicode NFC.

    Capitals with marks have no codes: the fonts named `…H` draw capitals over the small ones. A word whose plain
    letters are all capitals (two or more, or one in a line of capitals) is taken as set in such a font.
    """
    plain = text.translate(_SYMBOLS)
    ascii_letters = [letter for letter in plain if letter.isascii() and letter.isalpha()]
    shouted = sum(letter.isupper() for letter in ascii_letters) > 0.8 * max(len(ascii_letters), 1)
    return re.sub(r"\S+", lambda found: _tcvn3_word(found.group(), shouted=shouted), plain)


def _tcvn3_word(word: str, *, shouted: bool) -> str:
    # the code of ư is a soft hyphen, and PDF's WinAnsiEncoding takes it for a hyphen (ISO 32000-2, annex D.2)
    if len(word) > 1 and "-" in word and is_syllable(_letters_of(word.replace("-", "\u00ad"))):
        word = word.replace("-", "\u00ad")
    found = "".join(_FROM_TCVN3.get(letter, letter) for letter in word)
    typed = [letter for letter in word if letter.isascii() and letter.isalpha()]
    return found.upper() if all(map(str.isupper, typed)) and (len(typed) > 1 or shouted) else found


def _letters_of(word: str) -> str:
    return "".join(_FROM_TCVN3.get(letter, letter) for letter in word).strip(".,;:()\"'")


def from_vni(text: str) -> str:
    """VNI-Windows codes, seen as Windows-1252, as Unicode NFC."""
    return _VNI.sub(lambda found: _FROM_VNI[found.group()], text.translate(_SYMBOLS))


_READ: dict[Encoding, Callable[[str], str]] = {
    Encoding.UNICODE: lambda text: text.translate(_SYMBOLS),
    Encoding.TCVN3: from_tcvn3,
    Encoding.VNI: from_vni,
}


def encoding_of(line: str) -> Encoding:
    """What makes most words of a line syllables; Unicode where nothing is clearly better."""
    if line.isascii() or _MODERN.search(line):
        return Encoding.UNICODE
    least = max(GOOD, syllable_share(_READ[Encoding.UNICODE](line)) + BETTER)
    if least > 1:
        return Encoding.UNICODE
    shares = {encoding: syllable_share(_READ[encoding](line)) for encoding in (Encoding.TCVN3, Encoding.VNI)}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= least else Encoding.UNICODE


def to_unicode(words: Sequence[str], encoding: Encoding) -> list[str]:
    """The words of one line in Unicode."""
    # a capital's font is told from the whole line, so the line is read at once: no table makes or takes a space
    return _READ[encoding](" ".join(words)).split(" ")


def syllable_share(text: str) -> float:
    """Which share of the words of two letters and more can be Vietnamese syllables; 1 for a text without any."""
    words = _LETTERS.findall(text)
    return sum(map(is_syllable, words)) / len(words) if words else 1.0
