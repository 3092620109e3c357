"""Abbreviations, chat spelling and dialect words, put into the words they stand for (`slang.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files


def spell_out(words: list[str]) -> list[str]:
    """Words (lower case, NFC) with short forms and dialect words spelt out; two-word keys win over one-word keys."""
    book, spelt, at = _load(), list[str](), 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        if pair in book:
            spelt += book[pair].split()
            at += 2
            continue
        spelt += book.get(words[at], words[at]).split()
        at += 1
    return spelt


def spelt_out() -> tuple[str, ...]:
    """Everything that short forms and dialect words stand for."""
    return tuple(_load().values())


@cache
def _load() -> dict[str, str]:
    book = tomllib.loads((files("services.language") / "slang.toml").read_text("utf-8"))
    return {**book["short"], **book["dialect"]}
