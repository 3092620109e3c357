"""Whether a rephrased answer says only what its source says: numbers, codes, papers, places and laws, word for word.

Rejecting is cheap (the composed answer is sent instead), letting an invention through is not: every number and every
name in the new text must stand in the source, the numbers must be the same in the same order, what is denied must stay
denied, and a word that is not the source's own must be one of a closed list of polite and linking words.
"""

import re

from services.assistant.word_lists import read_words
from services.language.fold import fold, words_of

_NUMBER = re.compile(r"\d+(?:[.,]\d{3})*(?:[.,/-]\d+)*")
_CODE = re.compile(r"\b(?=\w*[\d/.-])[\w./-]*\d[\w./-]*[^\W_]\b")
_LINK = re.compile(r"https?://|www\.|@|\b[\w-]+\.(?:vn|com|net|org|gov|info|io|edu)\b", re.IGNORECASE)
_NUMBER_WORDS = re.compile(
    r"\b(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|"
    r"tram|nghin|ngan|trieu|hundred|thousand|million)\b(?= (?:ngay|gio|tuan|thang|nam|dong|nghin|ngan|trieu|tram|chuc|"
    r"day|days|hour|hours|week|weeks|month|months|working|business|vnd|dong|thousand|million|hundred|copies|copy|ban)\b)"
)
_DENIAL = re.compile(r"\b(?:khong|chua|mien|cam|tru|ngoai tru|not|no|never|without|free|except|unless|cannot)\b")

LONGEST_RATIO = 1.6
"""How much longer than its source a rephrasing may be."""


def is_faithful(text: str, source: str) -> bool:
    """True when nothing in `text` goes beyond `source` and no number of the source is lost."""
    return (
        bool(text.strip())
        and len(text) <= LONGEST_RATIO * len(source) + 80
        and _numbers(text) == _numbers(source)
        and set(_CODE.findall(text)) <= set(_CODE.findall(source))
        and set(_LINK.findall(text.lower())) <= set(_LINK.findall(source.lower()))
        and set(_NUMBER_WORDS.findall(fold(text))) <= set(_NUMBER_WORDS.findall(fold(source)))
        and names_of(text) <= _runs_of(source)
        and len(_DENIAL.findall(fold(text))) == len(_DENIAL.findall(fold(source)))
        and set(words_of(fold(text))) <= set(words_of(fold(source))) | read_words("plain")
    )


def names_of(text: str) -> set[str]:
    """Capitalised words that do not begin a sentence, folded: places, offices, papers, people."""
    found: set[str] = set()
    for sentence in re.split(r"[.!?:;\n•()–-]+\s*", text):
        words = sentence.split()
        found |= {fold(word.strip(",\"'“”")) for word in words[1:] if word[:1].isupper()}
    return {name for name in found if name}


def _runs_of(source: str) -> set[str]:
    return set(words_of(fold(source))) | {fold(word.strip(",.;:()\"'“”")) for word in source.split()}


def _numbers(text: str) -> list[str]:
    """Numbers as values, in their order: without separators and leading zeros."""
    return [_value(number) for number in _NUMBER.findall(text)]


def _value(number: str) -> str:
    plain = re.sub(r"[.,](?=\d{3}(?!\d))", "", number)
    return "/".join(part.lstrip("0") or "0" for part in re.split(r"[/-]", plain))
