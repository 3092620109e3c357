"""How a turn hangs on the ones before: a follow-up, a correction, the answer to a clarifying question."""

import re
from collections.abc import Sequence

from services.assistant.aspect import folded_words, strip_aspects
from services.assistant.question import read_question
from services.assistant.word_lists import read_words
from services.language.fold import fold, words_of

_CORRECTION = re.compile(
    r"^(?:(?:ah? |o |u |oh |y |um )*(?:khong(?: phai)?|ko(?: phai)?|k phai|nham(?: roi)?|sai roi|xin loi|sorry|no|nope|"
    r"not that|oops|i mean|i meant|actually|wait)\b[ ,]*)*"
    r"(?:y (?:toi|em|minh|chau|cua toi|cua em) (?:la|muon hoi(?: la)?)|toi (?:hoi|muon hoi|noi) (?:la|ve)|"
    r"(?:hoi|noi) nham|i mean|i meant|actually)\b"
    r"|^(?:khong phai|ko phai|k phai|nham roi|sai roi|not that|no not)\b"
)
_POINTER = re.compile(
    r"\b(?:thu tuc (?:do|nay|kia|ay|tren|vua roi)|cai (?:do|nay|ay|tren)|viec (?:do|nay)|no|loai (?:do|nay)|"
    r"truong hop nay|it|this|that|that one|the same|this procedure)\b"
)
_OPENING = re.compile(
    r"^(?:(?:da|vang|ok|oke|uh|u|a|ah|cam on|thanks|um) )*(?:the (?:con|thi)|vay (?:con|thi)|con|the|vay|va|roi|xong|"
    r"what about|how about|and|so|then|ok)\b"
)
_NAMING = frozenset({"thu", "tuc", "thanh", "lap", "viec", "nhan", "cong", "phe", "duyet"})
_CLOSING = re.compile(r"\b(?:thi|la) (?:sao|the nao|nhu the nao|ra sao)(?: a| vay| ha| nhi| em| ad)*$")
_CUT = re.compile(r"[(/;,]| đối với | trong trường hợp | trường hợp | theo | tại | do ", re.IGNORECASE)
SUBJECT_WORDS = 8
"""Words of a procedure's thing that are taken along."""

_ORDINALS = (
    ("dau tien", "thu nhat", "cai dau", "first", "so mot", "nhat"),
    ("thu hai", "cai hai", "second", "so hai", "thu nhi"),
    ("thu ba", "cai ba", "third", "so ba"),
    ("thu tu", "cai bon", "fourth", "so bon", "cuoi", "cuoi cung", "last"),
)


def strip_correction(text: str) -> tuple[bool, str]:
    """Whether a turn takes back the one before, and its words without the taking back."""
    match = _CORRECTION.search(folded_words(text))
    if match is None:
        return False, text
    rest = words_of(text)[len(match[0].split()) :]
    return True, " ".join(word for word in rest if word not in _STRESS)


_STRESS = frozenset({"thôi", "cơ", "mà"})
"""What only stresses a correction: `đăng ký tạm trú thôi` is no `thôi đăng ký`."""


def is_follow_up(text: str) -> bool:
    """A turn that has no topic of its own: only what is asked, a pointer, and filling words.

    `sổ đỏ` folds to filling words, but citizens' words for a thing (`synonyms.toml`) always name one.
    """
    return not content_of(text) and not read_question(text).added


def opens_as_follow_up(text: str) -> bool:
    """It starts or ends as people go on: `thế còn…`, `vậy…`, `what about…`, `… thì sao`."""
    words = folded_words(text)
    return _OPENING.search(words) is not None or _CLOSING.search(words) is not None


def is_action_only(text: str) -> bool:
    """It says what to do and not with what: `cấp lại có mất phí không`."""
    said = content_of(text)
    return bool(said) and all(word in read_words("acts") for word in said)


def subject_of(name: str) -> str:
    """The thing a procedure is about, without what is done with it: `Cấp lại thẻ căn cước` gives `thẻ căn cước`."""
    words = words_of(_CUT.split(name)[0])
    start = next((at for at, word in enumerate(words) if fold(word) not in read_words("acts") | _NAMING), len(words))
    return " ".join(words[start : start + SUBJECT_WORDS])


def is_condition(text: str) -> bool:
    """It puts a case: `nếu …`, `trường hợp …`, `if …`."""
    return re.search(r"\b(?:neu|truong hop|nho|lo|if|in case)\b", folded_words(text)) is not None


def points_back(text: str) -> bool:
    """It names the topic before by a pronoun: `thủ tục đó`, `it`."""
    return _POINTER.search(folded_words(text)) is not None


def content_of(text: str) -> list[str]:
    """The folded words that could name a topic."""
    words = f" {strip_aspects(text)} "
    for pair in read_words("idle"):
        words = words.replace(f" {pair.replace('_', ' ')} ", " ")
    return [word for word in words.split() if word not in read_words("filling") and not word.isdigit()]


def choose_among(text: str, names: Sequence[str]) -> int | None:
    """Which of the choices a turn picks, by number, place in order or own words; None when it picks none clearly."""
    words = folded_words(text)
    if match := re.fullmatch(r"(?:[a-z]+ ){0,4}(\d{1,2})(?: [a-z]+){0,3}", words):
        number = int(match[1])
        return number - 1 if 1 <= number <= len(names) else None
    for at, spoken in enumerate(_ORDINALS[: len(names)]):
        if len(words.split()) <= 5 and any(f" {phrase} " in f" {words} " for phrase in spoken):  # noqa: PLR2004 - short
            return min(at, len(names) - 1)
    return _choose_by_words(words, names)


def _choose_by_words(words: str, names: Sequence[str]) -> int | None:
    """The choice that shares most of the words in which the choices differ; a draw picks none."""
    split = [folded_words(name).split() for name in names]
    everywhere = set.intersection(*map(set, split)) if split else set()
    spoken = set(words.split())
    said = spoken - read_words("filling")
    shares = [len(spoken & (set(name) - everywhere)) / max(len(set(name) - everywhere), 1) ** 0.5 for name in split]
    best = max(shares, default=0.0)
    near = [at for at, share in enumerate(shares) if share >= best * 0.999]
    clear = best > 0 and len(near) == 1
    # most of what was said must be the choice's own words: else it is a new question that shares one of them
    return near[0] if clear and len(said & set(split[near[0]])) * 2 >= len(said) else None
