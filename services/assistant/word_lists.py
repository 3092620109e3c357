"""The closed word lists beside this file."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def read_words(name: str) -> frozenset[str]:
    """One list of `words.toml`.

    Raises:
        KeyError: there is no such list.
    """
    return frozenset(tomllib.loads((files("services.assistant") / "words.toml").read_text("utf-8"))[name].split())
