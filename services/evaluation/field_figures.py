"""Fields: precision, recall and F1, exact after normalisation and lenient; what the machine takes without a person."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from services.dossier.compare import fold
from services.evaluation.interval import Figure, f1, precision, recall, resampled, share
from services.evaluation.pairs import Pair

ACCEPTED = 0.9
"""A value this sure counts as taken by the machine without a person."""
ALIKE = 90.0  # of 100
_NUMBERS = re.compile(r"citizen_id$")
_DATES = re.compile(r"date")
_ENDS = " .,;:-"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a dossier: the field's name, truth and reading (None where absent) and the reader's confidence.

    `handwritten`: it stands on a paper that is filled in by hand.
    """

    name: str
    kind: str
    truth: str | None
    read: str | None
    confidence: float = 0.0
    handwritten: bool = False


def values_of(pairs: Iterable[Pair]) -> list[Value]:
    """Every value that was printed or read, once."""
    found: list[Value] = []
    for pair in pairs:
        true = dict(pair.truth.fields) if pair.truth else {}
        read = dict(pair.read.fields) if pair.read else {}
        kind = pair.truth.kind.value if pair.truth else ""
        hand = bool(pair.truth and pair.truth.handwritten)
        for name in sorted({*true, *read}):
            got = read.get(name)
            read_as, sure = (got.value, got.confidence) if got else (None, 0.0)
            found.append(Value(name, kind, true.get(name), read_as, sure, handwritten=hand))
    return found


def same_exactly(one: str, other: str) -> bool:
    """Equal but for case, spaces and marks at the ends."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(_ENDS)


def same_leniently(one: str, other: str) -> bool:
    """Numbers and dates exactly or one the beginning of the other; words nine tenths alike without diacritics."""
    if same_exactly(one, other):
        return True
    first, second = fold(one), fold(other)
    if not first or not second:
        return False
    if sum(char.isdigit() for char in first) * 2 >= len(first):
        return first.startswith(second) or second.startswith(first)
    return fuzz.ratio(first, second) >= ALIKE


def _counted(values: Iterable[Value], *, lenient: bool) -> Counter[str]:
    """Right, extra and lost values; a wrong one is both extra and lost."""
    same = same_leniently if lenient else same_exactly
    counts: Counter[str] = Counter()
    for value in values:
        right = value.truth is not None and value.read is not None and same(value.truth, value.read)
        counts["right"] += right
        counts["extra"] += value.read is not None and not right
        counts["lost"] += value.truth is not None and not right
    return counts


def measure_fields(dossiers: Sequence[Sequence[Value]]) -> Figure:
    """The figures of all fields, of each name and each kind; one sequence of values a dossier."""
    names = sorted({value.name for values in dossiers for value in values})
    kinds = sorted({value.kind for values in dossiers for value in values if value.kind})
    return {
        "exact": score(dossiers),
        "lenient": score(dossiers, lenient=True),
        "printed": score(printed_only(dossiers)),
        "handwritten": score([[v for v in vs if v.handwritten] for vs in dossiers]),
        "accepted": {
            "personal_numbers": _accepted(dossiers, _NUMBERS),
            "dates": _accepted(dossiers, _DATES),
        },
        "per_field": {name: score([[v for v in vs if v.name == name] for vs in dossiers]) for name in names},
        "per_kind": {kind: score([[v for v in vs if v.kind == kind] for vs in dossiers]) for kind in kinds},
    }


def printed_only(dossiers: Sequence[Sequence[Value]]) -> list[list[Value]]:
    """The values that are not filled in by hand."""
    return [[value for value in values if not value.handwritten] for values in dossiers]


def score(dossiers: Sequence[Sequence[Value]], *, lenient: bool = False) -> Mapping[str, Figure]:
    """Precision, recall and F1 with bootstrap intervals."""
    counts = [_counted(values, lenient=lenient) for values in dossiers]
    table = [[count["right"], count["extra"], count["lost"]] for count in counts]
    printed = sum(value.truth is not None for values in dossiers for value in values)
    return {
        name: resampled(table, formula, printed)
        for name, formula in (("precision", precision), ("recall", recall), ("f1", f1))
    }


def _accepted(dossiers: Iterable[Sequence[Value]], names: re.Pattern[str]) -> Figure:
    """How many of the values read surely are right, and how many of the printed ones were read surely."""
    values = [value for dossier in dossiers for value in dossier if names.search(value.name)]
    sure = [value for value in values if value.read is not None and value.confidence >= ACCEPTED]
    right = sum(value.truth is not None and same_exactly(value.truth, value.read or "") for value in sure)
    return {
        "precision": share(right, len(sure)),
        "coverage": share(right, sum(value.truth is not None for value in values)),
    }
