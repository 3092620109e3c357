"""Training texts from the example files: alternatives drawn, procedures named, letters lost as people lose them."""

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files

from services.assistant.behaviour import Route
from services.language.fold import fold

_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
DRAWS = 14
"""Texts drawn from one line with alternatives, at most."""

NAME_DRAWS = 900
"""Texts drawn from one line that names a procedure: the catalogue is what must never be refused."""

NAME_WORDS = 18
"""Words of a name that are used: nobody types more."""

SLIPS, BARE = 0.3, 0.4
"""Shares of texts with one typing slip, and without accents."""


def draw_lessons(names: Sequence[str], seed: int = 11) -> list[tuple[str, str]]:
    """Texts with their route, the same for the same seed; `names` are the procedures' names."""
    chance = random.Random(seed)  # noqa: S311 - lessons, not secrets
    rows: dict[str, str] = {}
    for route in Route:
        for line in read_lines(route):
            # its own chance for each line: a new line leaves what the others draw as it was
            for text in _draw(line, names, random.Random(f"{seed} {line}")):  # noqa: S311 - lessons, not secrets
                rows.setdefault(text, route.value)
    for phrase in read_phrases():
        rows.setdefault(phrase, Route.PROCEDURE.value)
    texts = list(rows.items())
    slipped = [(_slip(text, chance), route) for text, route in texts if chance.random() < SLIPS]
    bare = [(fold(text), route) for text, route in texts if fold(text) != text.lower() and chance.random() < BARE]
    return texts + slipped + bare


def thin_lessons(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Fewer lessons for a slow learner: all but procedures' in half, procedures' one in four; slips are kept."""
    kept: list[tuple[str, str]] = []
    for at, (text, route) in enumerate(rows):
        if at % (4 if route == Route.PROCEDURE else 2) == 0:
            kept.append((text, route))
    return kept


def read_lines(route: Route) -> tuple[str, ...]:
    """The example lines of a route, comments left out."""
    text = (files("services.assistant.examples") / f"{route}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("# "))


def read_phrases() -> tuple[str, ...]:
    """How people ask for procedures, of every file of `words/`."""
    found: dict[str, None] = {}
    for entry in sorted((files("services.assistant") / "words").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            for row in tomllib.loads(entry.read_text("utf-8"))["procedure"]:
                found |= dict.fromkeys([*row.get("vi", ()), *row.get("en", ())])
    return tuple(found)


def _draw(line: str, names: Sequence[str], chance: random.Random) -> Iterator[str]:
    draws = NAME_DRAWS if "NAME" in line else min(DRAWS, count_ways(line))
    for _ in range(draws):
        text = line
        while match := _CHOICE.search(text):
            text = text[: match.start()] + chance.choice(match[1].split("|")) + text[match.end() :]
        yield " ".join(text.replace("NAME", " ".join(chance.choice(names).split()[:NAME_WORDS])).split())


def count_ways(line: str) -> int:
    """In how many ways the alternatives of a line can be chosen."""
    ways = 1
    for match in _CHOICE.finditer(line):
        ways *= match[1].count("|") + 1
    return ways


def _slip(text: str, chance: random.Random) -> str:
    """One letter left out, doubled or changed places with the next."""
    if len(text) < 4:  # noqa: PLR2004 - too short to still be read
        return text
    at = chance.randrange(1, len(text) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    return text[:at] + (text[at] * 2 if kind == 1 else text[at + 1] + text[at]) + text[at + kind :]
