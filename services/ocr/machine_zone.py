"""Lines of a machine-readable zone (ICAO Doc 9303): no words, but places of one width each, most of them `<`.

The recogniser was never taught `<` and takes it for a stroke, a colon, `c`, `k` or `x`; the language model has nothing
to say there. Such lines are read again with the zone's own letters alone, and the check digits say which reading holds.
"""

import re
from collections.abc import Sequence

from services.dossier.machine_zone import proof_of
from services.ocr.letters import Letter

LENGTHS = frozenset({30, 36, 44})
"""Places of a line: identity cards (TD1), papers of the second size (TD2), passports (TD3)."""

LINES = 2
"""A zone has two lines or three; one alone is something else."""

SURE = 0.45
"""What is read with less is a filler taken for a letter."""

PROVEN, AGREED, LONE = 0.99, 0.95, 0.6
"""Confidence of a line whose check digits hold, of one read twice alike, and of any other."""

_SHAPE = r"(?=(?:[^A-Z0-9]*[A-Z0-9]){5})(?=.*[^A-Z0-9]{2})[A-Z0-9<«:;&cekx*_.-]"
_LINE, _SHORT = re.compile(_SHAPE + "{24,50}"), re.compile(_SHAPE + "{15,23}")
"""A line as it is read, and one whose fillers ran together: that one is known by its neighbours."""


def zone_lines(lines: Sequence[Sequence[Letter]]) -> list[int]:
    """Which lines of a page are those of a zone; lines as the detector finds them, by their tops."""
    texts = ["".join(x.best for x in line if x.best != " ") for line in lines]
    found = {at for at, text in enumerate(texts) if _LINE.fullmatch(text)}
    if len(found) < LINES:
        return []
    beside = {at for sure in found for at in (sure - 1, sure + 1) if 0 <= at < len(texts)}
    return sorted(found | {at for at in beside if _SHORT.fullmatch(texts[at])})


def as_seen(letters: Sequence[Letter]) -> str:
    """A line of a zone in the zone's letters: what is none of them, or hardly seen, is a filler."""
    return "".join(_place(letter) for letter in letters if letter.best != " ")


def _place(letter: Letter) -> str:
    is_filler = not re.fullmatch("[A-Z0-9]", letter.best) or letter.sure < SURE
    return "<" if is_filler else letter.best


_FORMS = (
    "#######?#######AAA???????????#",  # TD1, second line
    "?????????#AAA#######?#######????????",  # TD2, second line
    "?????????#AAA#######?#######????????????????",  # TD3, second line
    "AAAAA?????????????????????????",  # TD1, first line
)
"""What stands in each place: `#` a figure, `A` a letter, `?` either; a filler anywhere."""

MOST_FIGURES = 2
"""A line of names holds none; more of them are no misread letters."""

_AS_FIGURE, _AS_LETTER = str.maketrans("OQDILZSBG", "000112586"), str.maketrans("012568", "OIZSGB")


def placed(line: str) -> str:
    """The line with letters and figures of one shape told apart by the places they stand in."""
    if "<<" in line and sum(map(str.isdigit, line)) <= MOST_FIGURES:
        return line.translate(_AS_LETTER)
    for form in _FORMS:
        if len(form) == len(line):
            told = "".join(map(_told, line, form))
            if all(kind != "#" or char == "<" or char.isdigit() for char, kind in zip(told, form, strict=True)):
                return told
    return line


def _told(char: str, kind: str) -> str:
    return char.translate({"#": _AS_FIGURE, "A": _AS_LETTER}.get(kind, {}))


def choose(seen: str, other: str) -> tuple[str, float]:
    """The better of two readings of a line, and how sure it is."""
    fits = [placed(line) for line in (other, seen) if len(line) in LENGTHS]
    line = max(fits, key=proof_of) if fits else seen
    if proof_of(line) > 0:
        return line, PROVEN
    return line, AGREED if seen == other or (len(other) == len(line) and _names(seen) == _names(other)) else LONE


def _names(line: str) -> list[str]:
    return re.findall("[A-Z0-9]+", line)
