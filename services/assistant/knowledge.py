"""What officers have answered and approved, found again when somebody asks the same. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from services.assistant.follow import content_of

ALIKE = 0.75
"""Share of content words that two questions must have in common to count as the same one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An approved answer with its provenance: the ticket it came from, whose unit approved it and when.

    `procedure`: the code it belongs to, empty for none; `ticket` is empty for what was written without one; `source`:
    what it stands on.
    """

    id: int
    question: str
    answer: str
    procedure: str
    ticket: str
    by: str
    approved_at: datetime
    source: str = ""


def find_entry(question: str, entries: Iterable[Entry]) -> Entry | None:
    """The entry that asks the same, the closest and newest first; None where none is close enough."""
    asked = frozenset(content_of(question))
    scored = [(_likeness(asked, entry), entry.id, entry) for entry in entries] if asked else []
    best = max(scored, default=None, key=lambda one: one[:2])
    return best[2] if best is not None and best[0] >= ALIKE else None


def _likeness(asked: frozenset[str], entry: Entry) -> float:
    """Shared content words over all (Jaccard 1901)."""
    known = _content(entry.question)
    return len(asked & known) / len(asked | known) if known else 0.0


@lru_cache(maxsize=4096)
def _content(question: str) -> frozenset[str]:
    """Entries are looked at with every message: each is read once a process."""
    return frozenset(content_of(question))
