"""What a search for procedures gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One procedure a question may be about.

    `score` orders the candidates of one question; `confidence` (0 to 1) is how often a first candidate like this one
    is right; `reasons` name what spoke for it (`name`, `words`, `level`, …), strongest first.
    """

    code: str
    name: str
    score: float
    confidence: float
    reasons: tuple[str, ...] = ()
