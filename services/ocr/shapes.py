"""Signs of one shape told apart by the word they stand in: `I l i 1`, `O 0`, and letters whose capital only is larger.

Nothing here knows words but by the structure of a syllable and by the short list of English words on forms in two
languages.
"""

import re

from services.language.english import nearest_english
from services.language.syllable import is_syllable
from services.ocr.letters import base_letter

SAME_SHAPE = frozenset("cosuvwxzpk")
"""Small letters that look like their capitals."""

CAPITALS = 2
"""A word with so many capitals that are not its first letter is written in capitals."""

TWICE = 3
"""Letters: shorter words are too like others to take one away."""

_FIGURES = str.maketrans("lIOo", "1100")
_NUMBER = re.compile(
    r"(?=.*\d)[\dlO]{2,}|(?=(?:.*\d){2})[\dlIO.,/:-]{4,}"
    r"|(?=(?:.*\d){2})(?=.*o.*\d)[\dlIOo.,/:-]{4,}"  # a last `o` alone may be a degree sign
)
_ROMAN = re.compile(r"(?=.*I)[lI1]{2,3}")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?")


def with_shapes(word: str) -> str:
    """The word with the letters and figures that can stand there."""
    if _NUMBER.fullmatch(word):
        return word.translate(_FIGURES)
    return _CORE.sub(lambda core: _letters_told(core[0]), word)


def _letters_told(word: str) -> str:
    """A word without the signs around it."""
    if _ROMAN.fullmatch(word):
        return "I" * len(word)
    if not word.isalpha() or (is_syllable(word) and word[1:].islower()):
        return word
    if not is_syllable(word) and (english := nearest_english(word.lower())):
        return _in_case_of(word, english)
    told = word if word.isupper() else _in_capitals(word) if _is_capital(word) else _in_small(word)
    return told if is_syllable(told) else _seen_once(told) or told


def _seen_once(word: str) -> str | None:
    """`Phưương`, `đdất`: a letter seen twice, where the word is a syllable without one of the two."""
    for at in range(1, len(word)):
        if base_letter(word[at]).lower() == base_letter(word[at - 1]).lower() and len(word) > TWICE:
            for other in (word[:at] + word[at + 1 :], word[: at - 1] + word[at:]):
                if is_syllable(other) and not other.isascii():
                    return other
    return None


def _in_case_of(word: str, other: str) -> str:
    if _is_capital(word):
        return other.upper()
    is_name = word[0].isupper() or (word[0] == "l" and other[0] == "i")
    return other.capitalize() if is_name else other


def _is_capital(word: str) -> bool:
    return sum(letter.isupper() for letter in word[1:]) >= CAPITALS


def _in_capitals(word: str) -> str:
    raised = "".join(letter.upper() if base_letter(letter) in SAME_SHAPE else letter for letter in word)
    return raised if raised.isupper() and is_syllable(raised) else word


def _in_small(word: str) -> str:
    """`Llên`: no syllable has an l or a capital after its first letter; `Iệ`: and none begins with i before ê."""
    inside = word[0] + re.sub("[lI]", "i", word[1:])
    for other in (inside, "l" + inside[1:] if word[0] == "I" else inside):
        if is_syllable(other) and not other[1:].isupper():
            return other
    return word
