"""Text without diacritics and case, so that what is typed in a hurry meets what is printed in full."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, without diacritics: `Đăng ký khai sinh` gives `dang ky khai sinh`."""
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("Đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words of a text as typed, lower case, NFC, signs left out."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())
