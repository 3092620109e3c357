"""What a check of the doctor found."""

from dataclasses import dataclass
from enum import StrEnum

from services.wording import Sentence, sentence


class State(StrEnum):
    """`missing` keeps the product from working here; `optional` keeps only a part of it away."""

    OK = "ok"
    OPTIONAL = "optional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of the doctor's report."""

    name: str
    state: State
    sentence: Sentence


def well(name: str, id_: str, /, **params: str | float) -> Diagnosis:
    """It is there."""
    return Diagnosis(name, State.OK, sentence(f"doctor.{id_}", **params))


def lacking(name: str, id_: str, /, *, required: bool = True, **params: str | float) -> Diagnosis:
    """It is not there, and the sentence says how to get it."""
    return Diagnosis(name, State.MISSING if required else State.OPTIONAL, sentence(f"doctor.{id_}", **params))
