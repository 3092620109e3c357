"""Spaces the recogniser did not see: a Vietnamese syllable is never written together with the next.

Letters are parted as `joined` says, and where capitals begin a syllable inside a word; a number from the label or the
word before it. Codes, addresses of the Internet and unknown names stay as seen.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise, zip_longest

from services.dossier.page import Line, Word
from services.language.counts import Language
from services.language.english import ENGLISH
from services.language.syllable import is_syllable
from services.ocr.joined import english_at, joined_at
from services.ocr.letters import base_letter
from services.ocr.signs import ASKED

SIGNS = ",;:)"
"""A space stands after these when a letter is next; a full stop is left alone for the sake of abbreviations."""

CLOSING = frozenset(",;")
"""No space stands before these, however far from their word a form's leader pushes them."""

SPECKS = frozenset("._'`")
"""What is no word by itself: specks of dust, ends of leaders and of signatures."""

PLACES = frozenset(["xã", "phường", "huyện", "tỉnh", "quận", "thôn", "xóm", "bản", "khối"])
"""What an address goes on with; no sentence begins with a small letter."""

_ITEM = re.compile(r"\d{1,2},|[IVX]+,")

SHORTEST = 2

CODE = frozenset("@_.")
VOWELS = frozenset("aeiouy")
CODAS = frozenset({"ng", "nh", "ch"})
"""What ends a syllable and is none itself."""

_BEFORE_NUMBERS = re.compile(
    r"(?<=[^\W\d_][:)])(?=\d)"  # `sinh:25/07/1982`
    r"|(?<=[^\W\d_][.)]:)(?=\d)"  # `No.:020`
    r"|(?<=\d[,;])(?=[^\W\d_]{2})"  # `1985,CCCD`
    r"|(?<=[^\W\d_][^\W\d_],)(?=\d)"  # `ngày,21`
    r"|(?<=[^\W\d_]{2}[,;])(?=[^\W\d_]{2})"  # `Sơn,ngày21`
    r"|(?<=^[,;])(?=\d)"  # `,18/12/1992`
    r"|(?<=\d{4},)(?=\d{9})"  # `14.03.1983,001083825389`: no sum has so many figures after a comma
    r"|(?<=^\(\d\))(?=[^\W\d_]{2})"  # `(3)thôn`
    r"|(?<=[^\W\d_A-Z][a-z]\.)(?=[A-ZĐ]?[^\W\d_]*[^\W\d_a-zA-Z])"  # `Bình.huyện`, `Long.Lạng`; no address has marks
)
_NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]+)\.(?=[^\W\d_]{2})")
"""The number of a heading or of a form's line, `4.Diện tích`."""

_ON_BEHALF = re.compile(r"^(?:KT|TM|TL|TUQ)\.(?=[^\W\d_]{2})")
"""Decree 30/2020/ND-CP, appendix I: how somebody signs for somebody."""

_LEADER = re.compile(r"(?<=[^\W_])(?<!v\.v)[.,_]*\.[.,_]+$")
"""What is left of a dotted leader at the end of a word, `19/04/1987..`."""

_WORD_THEN_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def missing_spaces(word: str, language: Language, whites: Sequence[int] = ()) -> list[int]:
    """Where parts of a word begin, ascending, without 0: `NGHỊĐỊNH` gives [4], `Nội,ngày` gives [4].

    `whites` are the columns of white after each letter, where the picture was looked at.
    """
    if "@" in word or "//" in word:
        return []
    found = _around_numbers(word)
    for start, end in pairwise([0, *sorted(found), len(word)]):
        part = word[start:end]
        if not any(letter.isdigit() or letter in CODE for letter in part.rstrip(".")):
            found |= {start + cut for cut in _between_letters(part, language, whites[start:end])}
    return sorted(found | _before_capitals(word))


def _between_letters(word: str, language: Language, whites: Sequence[int]) -> set[int]:
    cuts, start = set(), 0
    for is_alpha, run in groupby(word, key=str.isalpha):
        text = "".join(run)
        if is_alpha:
            if start and word[start - 1] in SIGNS:
                cuts.add(start)
            if "/" not in word or not text.isupper():
                cuts |= {start + cut for cut in joined_at(text.lower(), language, whites[start:])}
        start += len(text)
    return cuts


def _around_numbers(word: str) -> set[int]:
    found = {match.start() for match in _BEFORE_NUMBERS.finditer(word)}
    found |= {match.start() for match in [_LEADER.search(word)] if match}
    found |= {match.end() for head in (_NUMBERED, _ON_BEHALF) if (match := head.match(word))}
    for match in _WORD_THEN_NUMBER.finditer("" if ASKED.search(word) else word):
        # no code holds a small letter with marks: `ngày21tháng06` are words
        before = re.search(r"[^\W\d_]*$", word[: match.start()])
        after = re.match(r"[^\W\d_]*", word[match.start() :])
        if _is_marked(before.group() if before else "") or _is_marked(after.group() if after else ""):
            found.add(match.start())
    return found


def _is_marked(text: str) -> bool:
    return len(text) > SHORTEST and text.islower() and not text.isascii() and is_syllable(text)


def _before_capitals(word: str) -> set[int]:
    """`CôngKhánh`: small letters followed by a capital, where all parts are syllables."""
    found, start = set(), 0
    for is_alpha, run in groupby(word, key=str.isalpha):
        text = "".join(run)
        cuts = [at for at in range(1, len(text)) if text[at].isupper() and text[at - 1].islower()] if is_alpha else []
        parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        if cuts and all(len(part) >= SHORTEST and is_syllable(part) for part in parts):
            found |= {start + cut for cut in cuts}
        start += len(text)
    return found


def is_torn(first: str, second: str, language: Language) -> bool:
    """Whether a syllable was torn in two: `T ư`, `t ranh`, `CƯỜ NG`, but not a ticked `X Nam`."""
    rest = re.split(r"[\W\d_]", second, maxsplit=1)[0]
    if len(first) >= SHORTEST and rest.lower() in CODAS and first.isalpha() and first.isupper() == rest.isupper():
        return is_syllable(first + rest) and language.knows((first + rest).lower())
    if _is_english_torn(first, rest):
        return True
    letter, whole = first.lower(), (first + rest).lower()
    if rest and whole in ENGLISH and letter not in ENGLISH:
        return True
    if len(first) != 1 or not letter.isalpha() or base_letter(letter) in VOWELS:
        return False
    whole, capitals = letter + rest.lower(), first.isupper() and rest.isupper() and len(rest) >= SHORTEST
    if not (capitals or (rest.islower() and VOWELS & set(map(base_letter, rest)))) or not language.knows(whole):
        return False
    return language.score("", whole) > language.score("", letter) + language.score(letter, rest.lower())


def _is_english_torn(first: str, rest: str) -> bool:
    """`sinh/Ful lname`: neither side is a word of the list, both together are two or more."""
    end = re.split(r"[\W\d_]", first)[-1]
    parts = end.lower(), rest.lower()
    if min(map(len, parts)) < SHORTEST or not ENGLISH.isdisjoint(parts) or any(map(english_at, parts)):
        return False
    return bool(english_at("".join(parts)))


def close_up(line: Line) -> Line:
    """The line with commas that stand alone put to the word before them, and without specks."""
    words: list[Word] = []
    for word in line.words:
        if word.text in SPECKS:
            continue
        if words and CLOSING.issuperset(word.text) and words[-1].text[-1].isalnum():
            before = words[-1]
            text, sure = before.text + word.text, min(before.confidence, word.confidence)
            words[-1] = Word(text, before.box.united(word.box), sure)
        else:
            words.append(word)
    return replace(line, words=tuple(words)) if len(words) < len(line.words) else line


def with_item_number(line: Line) -> Line:
    """The line with the full stop after the number it begins with, `4, Ngành nghề`: a comma is a misread stop there."""
    words = line.words
    if len(words) > 1 and _ITEM.fullmatch(words[0].text) and words[1].text[0].isupper():
        return replace(line, words=(replace(words[0], text=words[0].text[:-1] + "."), *words[1:]))
    return line


def with_commas(line: Line) -> Line:
    """The line with a comma for a full stop after which an address or a date goes on, `Lộc Bình. tỉnh`."""
    words = [
        replace(word, text=word.text[:-1] + ",")
        if word.text.endswith(".") and len(word.text) > SHORTEST and after and _goes_on(after.text, then)
        else word
        for word, after, then in zip_longest(line.words, line.words[1:], line.words[2:])
    ]
    return replace(line, words=tuple(words))


def _goes_on(text: str, then: Word | None) -> bool:
    """Whether an address goes on with this word, or the day after the place with `ngày 12`."""
    return text in PLACES or (text == "ngày" and then is not None and then.text[:1].isdigit())


def begins_inside(words: Sequence[Word]) -> bool:
    """Whether these words begin with a comma, leaders before it not counted: they go on with what stands before."""
    first = next((word.text for word in words if word.text.strip(". _")), "")
    return first[:1] in CLOSING
