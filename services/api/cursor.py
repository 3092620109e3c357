"""Where a list goes on: the last dossier seen, and how many there were in all when the first page was read."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Cursor:
    """After whom the next page begins; `total` is counted once, not again for each page."""

    submitted_at: datetime
    id: int
    total: int

    def encode(self) -> str:
        """As it travels in an address."""
        return base64.urlsafe_b64encode(f"{self.submitted_at.isoformat()}|{self.id}|{self.total}".encode()).decode()


def decode_cursor(text: str) -> Cursor:
    """A cursor from an address.

    Raises:
        ValueError: it is none of ours.
    """
    try:
        at, number, total = base64.urlsafe_b64decode(text.encode()).decode().split("|")
        found = Cursor(datetime.fromisoformat(at), int(number), int(total))
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if found.submitted_at.tzinfo is None:
        raise ValueError("a moment without a zone")
    return found
