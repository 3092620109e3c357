"""What the product says to people: one catalogue, Vietnamese and English side by side.

Each `*.toml` file beside this one is an area (`intake.toml`, `check.toml`, …); each table in it a sentence:

    [too_large]
    vi = "Tệp {file} lớn hơn {limit_mb} MB."
    en = "File {file} is larger than {limit_mb} MB."

A sentence travels as its id and its parameters and becomes words only where a person reads it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from services.wording.languages import Language
from services.wording.numbers import write_number

__all__ = ["Language", "Sentence", "all_ids", "sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the catalogue with what fills its gaps; `id` is `area.name`."""

    id: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)

    def say(self, language: Language = Language.VI) -> str:
        """The sentence in words; a number with decimals is written as the language writes it.

        Raises:
            KeyError: the catalogue has no such sentence, or a gap has no value.
        """
        params = {
            name: write_number(value, language) if isinstance(value, float) else value
            for name, value in self.params.items()
        }
        return _texts()[self.id][language].format_map(params)


def sentence(id_: str, **params: str | float) -> Sentence:
    """A sentence of the catalogue, checked to exist.

    Raises:
        KeyError: the catalogue has no sentence of that id.
    """
    if id_ not in _texts():
        raise KeyError(id_)
    return Sentence(id_, params)


def all_ids() -> tuple[str, ...]:
    """Every id of the catalogue, sorted."""
    return tuple(sorted(_texts()))


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for entry in files(__name__).iterdir():
        if entry.name.endswith(".toml"):
            area = entry.name.removesuffix(".toml")
            for name, texts in tomllib.loads(entry.read_text("utf-8")).items():
                found[f"{area}.{name}"] = texts
    return found
