"""How two pieces of Vietnamese text are compared: without case, marks, spaces and what OCR confuses."""

import re
import unicodedata
from functools import lru_cache

_NOT_ALNUM = re.compile(r"[^0-9a-z]+")
_SPACES = re.compile(r"\s+")


# the same words and phrases are folded over and over while a page is looked through
@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without diacritics, `đ` as `d`; everything that is no letter or digit becomes one space."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_ALNUM.sub(" ", plain).strip()


def squeeze(text: str) -> str:
    """`fold` without any space: what stays equal when OCR joins or splits words."""
    return fold(text).replace(" ", "")


def tidy(text: str) -> str:
    """NFC with single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
