"""Pauses of the clock: what the citizen takes is not the office's time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.deadline.calendar import Spans, place
from services.dossier.errors import Refused
from services.wording import sentence


@dataclass(frozen=True, slots=True)
class Suspension:
    """A pause from `start` up to `end`, both aware; `why` is for people (a supplement, a payment, a public posting).

    Raises:
        Refused: it ends before it starts, or has no time zone.
    """

    start: datetime
    end: datetime
    why: str = ""

    def __post_init__(self) -> None:
        if place(self.end) < place(self.start):
            raise Refused(sentence("deadline.backwards_pause", start=self.start.isoformat(), end=self.end.isoformat()))


def merge_pauses(suspensions: Iterable[Suspension]) -> Spans:
    """The pauses as placed spans, sorted, joined where they touch: however a pause was cut, it is the same pause."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((place(one.start), place(one.end)) for one in suspensions):
        if start == end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
