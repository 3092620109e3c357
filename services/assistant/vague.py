"""Whether a question names a topic and not what to do about it, so that several procedures fit it equally well."""

from collections.abc import Sequence

from services.assistant.candidate import Candidate
from services.assistant.question import read_question
from services.assistant.word_lists import read_words
from services.language.fold import words_of

FEWEST = 3
"""So many procedures, the first included, must hold all of a topic's words for it to be too wide."""

LOOKED_AT = 8


def find_siblings(question: str, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates that a bare topic fits, best first; empty when the question says enough.

    A question that names what to do (`cấp lại`, `gia hạn`) or whose words are all that the first name says has said
    enough; so has one whose words the first name does not hold: it was found by how people put it.
    """
    matter = frozenset(read_question(question).accented)
    said = matter - read_words("naming")
    if not found or not said or matter & read_words("actions"):
        return ()
    cores = [_core(candidate.name) for candidate in found[:LOOKED_AT]]
    if not said <= cores[0] or said == cores[0]:
        return ()
    fitting = tuple(candidate for candidate, core in zip(found, cores, strict=False) if said <= core)
    return fitting if len(fitting) >= FEWEST else ()


def _core(name: str) -> frozenset[str]:
    return frozenset(words_of(name)) - read_words("naming")
