"""Questions that people asked, from files of labelled talks: what tells how sure a first candidate may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.assistant.behaviour import Behaviour, Reply
from services.assistant.measure import Item, read_item

ELSEWHERE = 0.3
"""How much a question counts that a route takes before any procedure is looked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """One question as asked; `codes`: what answers it, empty where nothing does or several do equally."""

    text: str
    codes: frozenset[str]
    weight: float = 1.0


def read_told_rows(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Told]:
    """The talks of one turn; each row is its text and its labels, as `motcua evaluate-assistant` reads them."""
    return [_read(text, read_item(row, Reply("", Behaviour.HANDOVER))) for text, row in rows]


def _read(text: str, item: Item) -> Told:
    met = item.behaviour in {Behaviour.ANSWER, Behaviour.CLARIFY, Behaviour.HANDOVER}
    return Told(text, item.gold if item.behaviour == Behaviour.ANSWER else frozenset(), 1.0 if met else ELSEWHERE)
