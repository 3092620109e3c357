"""Errors sorted by what the caller does next.

MotcuaError          has a sentence a person can act on
├── TryAgain         it may work later: the run is tried again, up to its cap
├── CannotProceed    a person must look; trying again would give the same
└── Refused          bad input at the door; nothing was kept
    ├── Conflict           it does not fit the present state: look again before asking anew
    └── NeedsConfirmation  it has a price: ask again, saying that it is deliberate
"""

from services.wording import Language, Sentence


class MotcuaError(Exception):
    """An error whose sentence tells a person what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.say(Language.EN))
        self.sentence = sentence


class TryAgain(MotcuaError):
    """It may work later."""


class CannotProceed(MotcuaError):
    """A person must look: the sentence says at what."""


class Refused(MotcuaError):
    """The input was not accepted; the sentence says how to mend it."""


class Conflict(Refused):
    """What was asked for does not fit the present state, or somebody else acted first."""


class NeedsConfirmation(Refused):
    """A warned action: it is done when asked for again as deliberate."""
