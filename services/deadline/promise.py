"""What the date of a dossier is to its citizen: given, only expected, to be set anew after a pause, or not there yet.

Time is counted from reception, complete and correct (Decree 118/2025, art. 17.3): before it nobody has promised
anything, and a clock that stands still will move the date it stood at.
"""

from enum import StrEnum

from services.dossier.status import DossierStatus


class Promise(StrEnum):
    """How to read a due date."""

    GIVEN = "given"
    PAUSED = "paused"
    EXPECTED = "expected"
    AT_RECEPTION = "at_reception"
    UNKNOWN = "unknown"
    NONE = "none"


NEVER = frozenset({DossierStatus.NOT_RECEIVED, DossierStatus.WITHDRAWN, DossierStatus.STOPPED})


def promise_of(status: DossierStatus, *, received: bool, dated: bool, paused: bool) -> Promise:
    """What the date is: `received` at all, `dated` where the law's time is known, `paused` now.

    Handed in and not looked at, a dossier has the date it would have if it were received as it is; one that lacks
    papers has none before they are there.
    """
    if received:
        return Promise.UNKNOWN if not dated else Promise.PAUSED if paused else Promise.GIVEN
    if status in NEVER:
        return Promise.NONE
    return Promise.EXPECTED if dated and status is DossierStatus.NEW else Promise.AT_RECEPTION
