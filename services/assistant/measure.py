"""The assistant's figures on labelled talks, each with its 95 % interval (Wilson 1927). Pure: replies in, figures out.

An item is judged by its last turn. It is right when it was to be answered, was answered for one of the gold procedures,
and the text holds every key fact; a part of them is wrong.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.assistant.behaviour import Behaviour, Reply
from services.language.fold import fold, words_of

Z = 1.959964
FIRST_FEW = 3
_GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}\b)")
_ZEROS = re.compile(r"\b0+(?=\d)")
_BEHAVIOURS = {"apologize": "out_of_scope", "abstain": "handover", "status": "status_lookup", "oos": "out_of_scope"}


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled talk with what was replied to its last turn.

    `facts`: each a choice of wordings, one of which the answer must hold.
    """

    id: str
    behaviour: str
    gold: frozenset[str]
    facts: tuple[tuple[str, ...], ...]
    style: str
    aspect: str
    reply: Reply

    @property
    def answerable(self) -> bool:
        """To be answered, with a procedure known to be right."""
        return self.behaviour == Behaviour.ANSWER and bool(self.gold)

    @property
    def right(self) -> bool:
        """Answered, for a right procedure, with every key fact."""
        answered = self.reply.behaviour is Behaviour.ANSWER and self.behaviour == Behaviour.ANSWER
        return answered and (not self.gold or self.reply.codes[0] in self.gold) and self.holds_facts

    @property
    def holds_facts(self) -> bool:
        """Every key fact stands in the text, in one of its wordings."""
        text = normal_fact(self.reply.text)
        return all(any(normal_fact(wording) in text for wording in fact) for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    def describe(self) -> dict[str, float | int | list[float] | None]:
        """The share with its interval; None where there was nothing to count."""
        low, high = interval(self.hits, self.of)
        value = round(self.hits / self.of, 4) if self.of else None
        return {"value": value, "hits": self.hits, "of": self.of, "interval": [round(low, 4), round(high, 4)]}


def read_item(row: Mapping[str, Any], reply: Reply) -> Item:
    """An item from its JSON object; `gold_ids`, `codes` and `facts` are also understood."""
    behaviour = str(row.get("behaviour", "answer"))
    facts = row.get("key_facts", row.get("facts")) or ()
    return Item(
        id=str(row.get("id", "")),
        behaviour=_BEHAVIOURS.get(behaviour, behaviour),
        gold=frozenset(map(str, row.get("gold_codes") or row.get("gold_ids") or row.get("codes") or ())),
        facts=tuple(tuple(map(str, fact)) if isinstance(fact, list) else (str(fact),) for fact in facts),
        style=str(row.get("style", row.get("group", "")) or "none"),
        aspect=_name_aspect(row.get("aspect")),
        reply=reply,
    )


def _name_aspect(value: object) -> str:
    return "+".join(map(str, value)) if isinstance(value, list) else str(value or "none")


def normal_fact(text: str) -> str:
    """Folded words, numbers without separators and leading zeros: `03 ngày`, `70.000` meet `3 ngày`, `70000`."""
    return _ZEROS.sub("", " ".join(words_of(_GROUPED.sub("", fold(text)))))


def measure(items: Sequence[Item]) -> dict[str, object]:
    """All figures, whole and by style and aspect."""
    return {
        "items": len(items),
        **_figures(items),
        "recall": {
            behaviour: _count(
                (item for item in items if item.behaviour == behaviour),
                lambda item: item.reply.behaviour == item.behaviour,
            )
            for behaviour in sorted({item.behaviour for item in items})
        },
        "confusion": _confuse(items),
        "by_style": _by(items, lambda item: item.style),
        "by_aspect": _by(items, lambda item: item.aspect),
        "wrong": [item.id for item in items if item.reply.behaviour is Behaviour.ANSWER and not item.right],
    }


def _figures(items: Sequence[Item]) -> dict[str, object]:
    answerable = [item for item in items if item.answerable]
    answered = [item for item in items if item.reply.behaviour is Behaviour.ANSWER]
    return {
        "procedure_top1": _count(answerable, lambda item: bool(item.gold & {*item.reply.ranked[:1]})),
        "procedure_hit3": _count(answerable, lambda item: bool(item.gold & {*item.reply.ranked[:FIRST_FEW]})),
        "answer_accuracy": _count(answerable, lambda item: item.right),
        "coverage": _count(answerable, lambda item: item.reply.behaviour is Behaviour.ANSWER),
        "selective_accuracy": _count(answered, lambda item: item.right),
    }


def _by(items: Sequence[Item], group: Callable[[Item], str]) -> dict[str, object]:
    names = sorted({group(item) for item in items})
    return {name: _figures([item for item in items if group(item) == name]) for name in names}


def _confuse(items: Iterable[Item]) -> dict[str, dict[str, int]]:
    """How often each behaviour that was due became each that was shown."""
    counts = Counter((item.behaviour, item.reply.behaviour.value) for item in items)
    due = sorted({pair[0] for pair in counts})
    return {one: {shown: counts[one, shown] for was, shown in sorted(counts) if was == one} for one in due}


def _count(items: Iterable[Item], hit: Callable[[Item], bool]) -> dict[str, float | int | list[float] | None]:
    found = [hit(item) for item in items]
    return Share(sum(found), len(found)).describe()


def interval(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score); (0, 1) when nothing was counted."""
    if of == 0:
        return 0.0, 1.0
    share, squared = hits / of, Z * Z
    middle = (share + squared / (2 * of)) / (1 + squared / of)
    reach = Z * math.sqrt(share * (1 - share) / of + squared / (4 * of * of)) / (1 + squared / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)
