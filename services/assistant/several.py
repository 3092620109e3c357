"""Two procedures asked for in one turn: `làm hộ chiếu bao nhiêu, còn đổi bằng lái thì sao`. Pure but for the search."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.assistant.aspect import find_aspects
from services.assistant.behaviour import Aspect, Reply
from services.assistant.candidate import Candidate
from services.language.fold import words_of

_BETWEEN = re.compile(
    r"\s*(?:(?P<link>[?!.;\n]+|,?\s+(?:và|va|với|voi|đồng thời|dong thoi|cùng|cung|còn|and|also)"
    r"(?:\s+(?:cả|ca|luôn|cũng|thêm|về))?(?=\s))|,)\s*",
    re.IGNORECASE,
)
SURE = 0.85
"""How sure each half must be of its own procedure."""

AMONG = 10
"""Both must be among so many found for the whole turn, unless each half asks something: what half a sentence happens to
fit is not asked for."""

ALIKE = 0.6
"""From this share of common words on, two names are siblings, and one of them was meant."""

FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things asked for: its procedure and what of it is asked."""

    found: Candidate
    aspects: tuple[Aspect, ...]


def part_topics(text: str, whole: Sequence[Candidate], find: Callable[[str], Sequence[Candidate]]) -> tuple[Part, ...]:
    """Both things a turn asks for, in its order; empty when it asks for one. `whole`: what was found for all of it."""
    codes = {candidate.code for candidate in whole[:AMONG]}
    best: tuple[float, tuple[Part, ...]] = (0.0, ())
    for match in _BETWEEN.finditer(text):
        halves = (text[: match.start()], text[match.end() :])
        if any(len(half.split()) < FEWEST_WORDS for half in halves):
            continue
        both_ask = all(find_aspects(half) for half in halves)
        # a bare comma parts a story from its question as well: each half must ask something
        if not match["link"] and not both_ask:
            continue
        firsts = [found[0] for half in halves if (found := find(half))]
        known = both_ask or all(first.code in codes for first in firsts)
        if len(firsts) == len(halves) and known and _are_two(firsts):
            best = max(best, (min(one.confidence for one in firsts), _read(halves, firsts)), key=lambda one: one[0])
    return best[1]


def join_replies(replies: Sequence[Reply]) -> Reply:
    """Several answers as one; as sure as the least sure of them."""
    codes = tuple(code for reply in replies for code in reply.codes)
    return replace(
        replies[-1],
        text="\n\n".join(reply.text for reply in replies),
        codes=codes,
        ranked=codes,
        citations=tuple(citation for reply in replies for citation in reply.citations),
        aspects=tuple(dict.fromkeys(aspect for reply in replies for aspect in reply.aspects)),
        confidence=min(reply.confidence for reply in replies),
    )


def _are_two(firsts: Sequence[Candidate]) -> bool:
    one, other = firsts
    sure = all(candidate.confidence >= SURE for candidate in firsts)
    return sure and one.code != other.code and _likeness(one.name, other.name) < ALIKE


def _likeness(one: str, other: str) -> float:
    first, second = set(words_of(one)), set(words_of(other))
    return len(first & second) / max(min(len(first), len(second)), 1)


def _read(halves: Sequence[str], firsts: Sequence[Candidate]) -> tuple[Part, ...]:
    """Each half's own question; a half that asks nothing shares the other's."""
    asked = [find_aspects(half, first.name) for half, first in zip(halves, firsts, strict=True)]
    shared = asked[0] or asked[1]
    return tuple(Part(first, own or shared) for first, own in zip(firsts, asked, strict=True))
