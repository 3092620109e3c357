"""One question in many hands: politeness around it, no accents, slips of the finger, sounds of a region, chat."""

from enum import StrEnum
from random import Random

from services.language.fold import fold

OPENINGS = (
    "cho em hỏi",
    "cho tôi hỏi",
    "xin hỏi",
    "ad cho mình hỏi",
    "dạ cho con hỏi",
    "anh chị ơi",
    "tôi muốn",
    "em muốn",
    "mình cần",
    "em cần",
    "giờ em muốn",
    "làm sao để",
    "nhờ tư vấn giúp em",
    "thủ tục",
    "hướng dẫn giúp tôi",
    "ở xã mình",
)
ENDINGS = (
    "thì làm thế nào",
    "cần giấy tờ gì",
    "ở đâu ạ",
    "mất bao lâu",
    "hết bao nhiêu tiền",
    "lệ phí bao nhiêu ạ",
    "nộp ở đâu",
    "phải làm sao",
    "cần những gì",
    "thế nào ạ",
    "được không ạ",
    "hồ sơ gồm những gì",
    "bao lâu thì xong",
    "thì phải đi đâu",
    "có mất phí không",
    "làm như nào",
    "với ạ",
    "giúp em với",
    "như thế nào vậy",
)
ENGLISH_OPENINGS = ("how do I", "I need to", "I want to", "please help me", "procedure to", "what do I need to", "")
ENGLISH_ENDINGS = ("", "what documents do I need", "how long does it take", "how much does it cost", "where")

_CHAT = {
    "không": "ko",
    "được": "dc",
    "gì": "j",
    "đăng ký": "dk",
    "giấy tờ": "gt",
    "vợ": "vk",
    "chồng": "ck",
    "người": "ng",
    "mình": "mk",
    "vậy": "z",
    "với": "vs",
    "em": "e",
    "bao nhiêu": "bn",
    "hộ khẩu": "hk",
    "căn cước": "cccd",
    "rồi": "r",
    "bảo hiểm y tế": "bhyt",
    "bảo hiểm xã hội": "bhxh",
    "muốn": "mún",
    "công ty": "cty",
    "làm": "lm",
    "khai sinh": "ks",
    "giấy phép lái xe": "gplx",
    "hộ kinh doanh": "hkd",
    "mã số thuế": "mst",
    "việt nam": "vn",
}
_SOUNDS = (
    ("s", "x"),
    ("x", "s"),
    ("tr", "ch"),
    ("ch", "tr"),
    ("l", "n"),
    ("n", "l"),
    ("gi", "d"),
    ("d", "gi"),
    ("r", "d"),
)
_TONES = (
    ("ả", "ã"),
    ("ã", "ả"),
    ("ổ", "ỗ"),
    ("ỗ", "ổ"),
    ("ủ", "ũ"),
    ("ũ", "ủ"),
    ("ẻ", "ẽ"),
    ("ỉ", "ĩ"),
    ("ĩ", "ỉ"),
    ("ở", "ỡ"),
    ("ữ", "ử"),
    ("ử", "ữ"),
    ("ẩ", "ẫ"),
    ("ễ", "ể"),
)
_NEAR_KEYS = {
    "a": "s",
    "s": "a",
    "i": "o",
    "o": "i",
    "n": "b",
    "b": "n",
    "h": "j",
    "t": "r",
    "u": "y",
    "e": "w",
    "m": "n",
}


class Style(StrEnum):
    """How a question is typed."""

    PLAIN = "plain"
    BARE = "bare"
    TYPO = "typo"
    CHAT = "chat"
    SLOPPY = "sloppy"


def dress(text: str, chance: Random, *, english: bool = False) -> str:
    """A question around a matter: something before it, something behind it, or neither."""
    openings, endings = (ENGLISH_OPENINGS, ENGLISH_ENDINGS) if english else (OPENINGS, ENDINGS)
    before = chance.choice(openings) if chance.random() < 0.45 else ""
    behind = chance.choice(endings) if chance.random() < 0.5 else ""
    return " ".join(part for part in (before, text, behind) if part)


def write_in(style: Style, text: str, chance: Random) -> str:
    """The question as this style types it."""
    if style is Style.BARE:
        return fold(text)
    if style is Style.TYPO:
        return _slip(text, chance)
    if style is Style.CHAT:
        return _chat(text, chance)
    if style is Style.SLOPPY:
        return _slip(fold(text), chance)
    return text


def _chat(text: str, chance: Random) -> str:
    lower = f" {text.lower()} "
    for long, short in _CHAT.items():
        if chance.random() < 0.7:
            lower = lower.replace(f" {long} ", f" {short} ")
    return fold(lower.strip()) if chance.random() < 0.5 else lower.strip()


def _slip(text: str, chance: Random) -> str:
    words = text.split()
    for at, word in enumerate(words):
        if len(word) > 1 and chance.random() < 0.18:
            words[at] = chance.choice((_drop, _swap, _neighbour, _sound, _tone, _lose_accents))(word, chance)
    if len(words) > 2 and chance.random() < 0.15:
        at = chance.randrange(len(words) - 1)
        words[at : at + 2] = ["".join(words[at : at + 2])]
    return " ".join(words)


def _drop(word: str, chance: Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :] if len(word) > 2 else word


def _swap(word: str, chance: Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _neighbour(word: str, chance: Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + _NEAR_KEYS.get(word[at], word[at]) + word[at + 1 :]


def _sound(word: str, chance: Random) -> str:
    fitting = [(seen, heard) for seen, heard in _SOUNDS if word.startswith(seen)]
    if not fitting:
        return word
    seen, heard = chance.choice(fitting)
    return heard + word[len(seen) :]


def _tone(word: str, _chance: Random) -> str:
    for seen, meant in _TONES:
        if seen in word:
            return word.replace(seen, meant)
    return word


def _lose_accents(word: str, _chance: Random) -> str:
    return fold(word)
