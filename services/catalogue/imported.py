"""What an import gives: procedures, and a note for every value that was not taken as a fact."""

from dataclasses import dataclass

from services.catalogue.procedure import Procedure
from services.wording import Sentence


@dataclass(frozen=True, slots=True)
class ImportNote:
    """A doubt about one procedure (`code` empty when not even that could be read)."""

    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Imported:
    """The procedures read from one source, in its order, and what a person should check."""

    procedures: tuple[Procedure, ...]
    notes: tuple[ImportNote, ...]
