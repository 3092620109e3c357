"""Dossiers as they were last told, kept in this process while nothing about them has changed."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

MOST = 512
# what is not in the stamp (the name of a procedure) is seen after this time
LONGEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with the stamp of the rows it was made of; `until` is when its verdict turns by time alone."""

    stamp: tuple[object, ...]
    made_at: datetime
    until: datetime | None
    body: bytes
    etag: str


class KeptAnswers:
    """The last answers, by code; the one not asked for longest goes first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def find(self, code: str, stamp: tuple[object, ...], now: datetime) -> Answer | None:
        """The answer if it is still true at this moment."""
        kept = self._answers.get(code)
        if kept is None or kept.stamp != stamp or now - kept.made_at > LONGEST:
            return None
        if kept.until is not None and now > kept.until:
            return None
        self._answers.move_to_end(code)
        return kept

    def keep(self, code: str, answer: Answer) -> None:
        """Keep an answer over an older one."""
        self._answers[code] = answer
        self._answers.move_to_end(code)
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)


def etag_of(body: bytes) -> str:
    """The same for the same bytes, from whatever process they come (RFC 9110 §8.8.3)."""
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'
