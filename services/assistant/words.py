"""How people ask for procedures, and what their words are called in the catalogue: the files of this folder."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from services.catalogue.shipped import load_shipped


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to ask for the procedure `code`; `english` tells its language."""

    code: str
    text: str
    english: bool = False


@cache
def load_phrases() -> tuple[Phrase, ...]:
    """Every phrase of `words/*.toml`, with the synonyms and English names of the curated procedures."""
    found: list[Phrase] = []
    for entry in sorted((files("services.assistant") / "words").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            for row in tomllib.loads(entry.read_text("utf-8"))["procedure"]:
                found += [Phrase(row["code"], text) for text in row.get("vi", ())]
                found += [Phrase(row["code"], text, english=True) for text in row.get("en", ())]
    for procedure in load_shipped():
        found += [Phrase(procedure.code, text) for text in procedure.synonyms]
        if procedure.name_en:
            found.append(Phrase(procedure.code, procedure.name_en, english=True))
    return tuple(dict.fromkeys(found))


@cache
def load_book(name: str) -> dict[str, Any]:
    """One table of words beside this module: `english.toml`, `synonyms.toml`."""
    return tomllib.loads((files("services.assistant") / name).read_text("utf-8"))
