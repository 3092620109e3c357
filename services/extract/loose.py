"""Values that say by their form what they are, where no label was found: `Sinh 02/03/1990`, `Ở thôn Bản Chu, xã …`.

Only fields that labels left empty are filled, with values that no other field has, in the order in which this kind of
paper names its people; such values are never sure enough to be taken without a person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from operator import itemgetter

from services.dossier.identity import agrees
from services.dossier.kinds import PaperKind
from services.extract.candidates import Candidate, normalise
from services.extract.lexicon import Form, field_of
from services.extract.prose import compile_pattern, join_rows, loose_patterns, place_of
from services.extract.rows import Sheet
from services.extract.trust import SEX_OF_PARTY

WEIGHT = 0.49  # below what accuses another paper
# papers whose people are named in running text too often for an order to tell them apart
_NOT_HERE = frozenset({PaperKind.OTHER, PaperKind.DECISION, PaperKind.OFFICIAL_LETTER, PaperKind.HANDWRITTEN_LETTER})


def read_loose(kind: PaperKind, form: Form, sheet: Sheet, found: Mapping[str, str]) -> list[Candidate]:
    """Candidates for fields of persons that are not in `found` (name to normalised value)."""
    if kind in _NOT_HERE:
        return []
    text, places = join_rows(sheet)
    candidates: list[Candidate] = []
    for concept, patterns in _patterns():
        empty = [name for name in _fields(form, concept) if name not in found]
        taken = {value for name, value in found.items() if name.endswith((concept, "name"))}
        values = list(_values(concept, patterns, text, taken))
        if concept == "citizen_id":
            values = _to_whom_they_fit(empty, values, found)
        for name, (span, printed) in zip(empty, values, strict=False):
            if placed := place_of(span, printed, places):
                candidates.append(Candidate(name, placed, WEIGHT))
    return candidates


Value = tuple[tuple[int, int], str]


def _to_whom_they_fit(names: Sequence[str], values: Sequence[Value], found: Mapping[str, str]) -> list[Value]:
    """Personal numbers in an order that their years of birth and sexes allow; as printed where they tell nothing."""
    if len(values) < 2 or len(values) > len(names) or len(values) > MOST_PERSONS:  # noqa: PLR2004 - one has no order
        return list(values)

    ways = [(sum(_fits(name, one[1], found) for name, one in zip(names, way, strict=False)), way)
            for way in permutations(values)]  # fmt: skip
    return list(max(ways, key=itemgetter(0))[1])


MOST_PERSONS = 4


def _fits(name: str, number: str, found: Mapping[str, str]) -> int:
    party = name.removesuffix("citizen_id")
    sex = found.get(f"{party}gender", "") or SEX_OF_PARTY.get(party, "")
    return {True: 1, False: -1, None: 0}[agrees(number, found.get(f"{party}date_of_birth", ""), sex)]


@cache
def _patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple((concept, tuple(compile_pattern(text) for text in texts)) for concept, texts in loose_patterns())


def _fields(form: Form, concept: str) -> list[str]:
    """The fields of a concept in the order in which the paper names its people."""
    parties = form.order or (form.party, *(party for party in ("", *form.parties) if party != form.party))
    names = [field_of(form, concept, party) for party in parties]
    return list(dict.fromkeys(name for name in names if name))


def _values(
    concept: str, patterns: Iterable[re.Pattern[str]], text: str, taken: set[str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Values in the order of the text, each once, those taken left out; the first pattern that finds any counts."""
    for pattern in patterns:
        seen = set(taken)
        some = []
        for match in pattern.finditer(text):
            value = normalise("full_name" if concept == "name" else concept, match[1])
            if value is not None and value not in seen:
                seen.add(value)
                some.append((match.span(1), match[1]))
        if some:
            yield from some
            return
