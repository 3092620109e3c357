"""The whole catalogue as words: how much a title or a wish has in common with what each procedure is called.

Every name, synonym and paper of a procedure is one short text; words, pairs of words and pieces of words weigh by how
few procedures have them (inverse document frequency), and a text is as near as the cosine of the weights.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.catalogue.procedure import Procedure
from services.dossier.compare import fold

PIECE = 4
PIECE_WEIGHT = 0.3
MOST_TOKENS = 400
"""Tokens of a text that are looked at, rarest first."""


_NOTES = re.compile(r"\([^)]*\)")  # what stands in brackets is not printed on a form
LONGEST_NAME, LONGEST_PAPER = 160, 90  # letters
FORMS = ("Tờ khai", "Đơn", "Giấy", "Phiếu", "Văn bản", "Bản", "Biên bản", "Thông báo", "Danh sách", "Báo cáo",
         "Hợp đồng", "Công văn", "Hồ sơ", "Dự thảo", "Tờ trình")  # fmt: skip
"""What the names of papers begin with that carry a printed title."""


Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Near:
    """How near a text is to each procedure, in the catalogue's order, 0-1: to its names, and to its papers."""

    names: Shares
    papers: Shares


@dataclass(frozen=True, slots=True)
class _Owned:
    """Texts of one sort (names or papers) by their numbers and, beside each, the place of a procedure that has it."""

    texts: NDArray[np.int32]
    places: NDArray[np.int32]


class ProcedureIndex:
    """An index over procedures in their order.

    `of_known_kinds`: places of those that ask for papers of known kinds; `in_other_words`: 1 for those with synonyms.
    """

    def __init__(self, procedures: Sequence[Procedure]) -> None:
        owners: dict[tuple[bool, str], list[int]] = defaultdict(list)
        for at, procedure in enumerate(procedures):
            for text in _texts(procedure):
                owners[text].append(at)
        self._procedures = len(procedures)
        self.of_known_kinds = [at for at, one in enumerate(procedures) if any(paper.kinds for paper in one.papers)]
        self.in_other_words = np.array([bool(one.synonyms) for one in procedures], np.float64)
        self._names, self._papers = (_owned(owners.items(), paper=paper) for paper in (False, True))
        tokens = [tokens_of(text) for _, text in owners]
        self._postings = _postings(tokens)
        self._texts = len(owners)
        self._rarity = {token: self._weigh(token, len(found)) for token, found in self._postings.items()}
        self._unseen = math.log(1 + len(owners))
        self._lengths = np.array([self._length(found) for found in tokens])

    def near(self, text: str) -> Near:
        """What is near a text."""
        found = sorted(tokens_of(text), key=lambda token: (-self._weight(token), token))[:MOST_TOKENS]
        shared = np.zeros(self._texts)
        for token in found:
            if (numbers := self._postings.get(token)) is not None:
                shared[numbers] += self._weight(token) ** 2
        cosines = shared / (self._length(found) * self._lengths)
        return Near(self._nearest(self._names, cosines), self._nearest(self._papers, cosines))

    def _nearest(self, owned: _Owned, cosines: Shares) -> Shares:
        side = np.zeros(self._procedures)
        np.maximum.at(side, owned.places, cosines[owned.texts])
        return side

    def _weigh(self, token: str, count: int) -> float:
        return math.log(1 + self._texts / (1 + count)) * (PIECE_WEIGHT if token.startswith("#") else 1.0)

    def _weight(self, token: str) -> float:
        return self._rarity.get(token) or self._unseen * (PIECE_WEIGHT if token.startswith("#") else 1.0)

    def _length(self, tokens: Iterable[str]) -> float:
        return math.sqrt(sum(self._weight(token) ** 2 for token in tokens)) or 1.0


def _owned(owners: Iterable[tuple[tuple[bool, str], list[int]]], *, paper: bool) -> _Owned:
    pairs = [(number, at) for number, ((side, _), places) in enumerate(owners) if side is paper for at in places]
    texts, places = np.array(pairs, np.int32).reshape(-1, 2).T
    return _Owned(texts, places)


def _postings(texts: Sequence[Iterable[str]]) -> dict[str, NDArray[np.int32]]:
    """For every token the numbers of the texts that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, tokens in enumerate(texts):
        for token in tokens:
            found[token].append(number)
    return {token: np.array(numbers, np.int32) for token, numbers in found.items()}


def _texts(procedure: Procedure) -> set[tuple[bool, str]]:
    """What a procedure is called (False) and what its papers are called (True)."""
    called = {(False, _NOTES.sub(" ", text)[:LONGEST_NAME]) for text in (procedure.name_vi, *procedure.synonyms)}
    papers = (_NOTES.sub(" ", paper.name)[:LONGEST_PAPER] for paper in procedure.papers)
    return called | {(True, name) for name in papers if name.startswith(FORMS)}


def tokens_of(text: str) -> frozenset[str]:
    """Words, pairs of words, and pieces that outlast slips of OCR (`#…`)."""
    words = [word for word in fold(text).split(" ") if word and not word.isdigit()]
    joined = "".join(words)
    pieces = {f"#{joined[at : at + PIECE]}" for at in range(len(joined) - PIECE + 1)}
    return frozenset({*words, *(f"{one} {other}" for one, other in pairwise(words)), *pieces})


_INDEXES: dict[tuple[str, ...], ProcedureIndex] = {}


def index_of(procedures: Sequence[Procedure]) -> ProcedureIndex:
    """The index of a catalogue, built once a process and catalogue."""
    key = tuple(f"{p.code}/{p.version}" for p in procedures)
    if key not in _INDEXES:
        _INDEXES.clear()
        _INDEXES[key] = ProcedureIndex(procedures)
    return _INDEXES[key]
