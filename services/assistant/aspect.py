"""What of a procedure is asked, from phrases on folded text: several at once, none found means in general.

A phrase that is part of the procedure's own name says nothing: `giấy chứng nhận đủ điều kiện … mất bao lâu` asks for
the time, not for the conditions.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from services.assistant.behaviour import Aspect
from services.assistant.question import read_question
from services.language.fold import fold, words_of

_CONTEXT = 1
"""Words on each side of a phrase that must also stand in the name for the phrase to be the name's own."""


def find_aspects(question: str, name: str = "") -> tuple[Aspect, ...]:
    """What is asked, in the order of the question's words; empty when the question asks nothing in particular.

    `name`: the procedure's name, whose own words do not count. Words that ask for nothing as typed are looked at again
    with their spelling put right.
    """
    found = _find(folded_words(question), name)
    return found or _find(folded_words(" ".join(read_question(question).words)), name)


def _find(text: str, name: str) -> tuple[Aspect, ...]:
    own = f" {folded_words(name)} "
    found: dict[Aspect, int] = {}
    matches = list(_matches(text))
    results = [(start, end) for aspect, start, end in matches if aspect is Aspect.RESULT]
    for aspect, start, end in matches:
        # `được cấp giấy gì` asks what is given, though `giấy gì` alone asks what to bring
        inner = aspect is Aspect.PAPERS and any(first <= start and end <= last for first, last in results)
        if not inner and not _is_of_name(text, start, end, own):
            found[aspect] = min(start, found.get(aspect, start))
    return tuple(sorted(found, key=lambda aspect: found[aspect]))


def strip_aspects(question: str) -> str:
    """The folded words of a question without those that only say what is asked."""
    text = folded_words(question)
    keep = list(text)
    for _, start, end in _matches(text):
        keep[start:end] = " " * (end - start)
    return " ".join("".join(keep).split())


_LEFT_UNDONE = frozenset({"khong", "ko", "k", "chua", "quen", "lo", "neu", "ma", "if", "toi", "em", "minh", "not"})


def strip_penalty(text: str) -> str:
    """A question about a penalty as one about the thing left undone: `không đăng ký tạm trú có bị phạt không`.

    A text without such a question comes back as it was.
    """
    folded, words = folded_words(text), words_of(text)
    spans = [(start, end) for aspect, start, end in _matches(folded) if aspect is Aspect.PENALTY]
    if not spans or len(folded.split()) != len(words):
        return text
    gone = {at for start, end in spans for at in range(folded[:start].count(" "), folded[:end].count(" ") + 1)}
    kept = [(word, fold(word)) for at, word in enumerate(words) if at not in gone]
    while kept and kept[0][1] in _LEFT_UNDONE:
        kept.pop(0)
    return " ".join(word for word, _ in kept) or text


def folded_words(text: str) -> str:
    """Words without signs, case or diacritics, one blank between."""
    return " ".join(words_of(fold(text)))


def _matches(text: str) -> Iterator[tuple[Aspect, int, int]]:
    for aspect, pattern in _patterns():
        for match in pattern.finditer(text):
            yield aspect, match.start(), match.end()


def _is_of_name(text: str, start: int, end: int, own: str) -> bool:
    before, after = text[:start].split(), text[end:].split()
    phrase = text[start:end]
    left = " ".join([*before[-_CONTEXT:], phrase])
    right = " ".join([phrase, *after[:_CONTEXT]])
    return bool(own.strip()) and ((before and f" {left} " in own) or (after and f" {right} " in own)) is True


@cache
def _patterns() -> tuple[tuple[Aspect, re.Pattern[str]], ...]:
    text = (files("services.assistant") / "aspects.toml").read_text("utf-8")
    return tuple(
        (Aspect(aspect), re.compile(r"\b(?:" + "|".join(phrases) + r")\b"))
        for aspect, phrases in tomllib.loads(text)["aspects"].items()
    )
