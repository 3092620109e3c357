"""What an officer will likely ask for, told by the machine's findings before he does: it asks for nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MISSING = frozenset({"missing_paper"})
AGAIN = frozenset(
    {
        "unreadable_page", "blurred_page", "cut_page", "broken_page", "cut_off", "expired_paper", "too_old_paper",
        "unsigned",
    }
)  # fmt: skip
"""Rules whose finding an applicant can mend by a better picture, or by a newer or signed paper."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Findings, as `GET /v1/dossiers/{code}` tells of them: papers not found, papers to send again, and the rest."""

    missing: tuple[Mapping[str, Any], ...]
    again: tuple[Mapping[str, Any], ...]
    rest: tuple[Mapping[str, Any], ...]

    def __bool__(self) -> bool:
        """Whether anything will likely be asked for."""
        return bool(self.missing or self.again)


def likely_asked(findings: Sequence[Mapping[str, Any]], *, may_add: bool, is_asked: bool) -> Likely:
    """The findings in their kinds; once an officer asked he alone is heard, and when all is over nobody."""
    if not may_add:
        return Likely((), (), ())
    rest = tuple(one for one in findings if one["rule"] not in MISSING | AGAIN)
    if is_asked:
        return Likely((), (), rest)
    missing = tuple(one for one in findings if one["rule"] in MISSING)
    return Likely(missing, tuple(one for one in findings if one["rule"] in AGAIN), rest)
