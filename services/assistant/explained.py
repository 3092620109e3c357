"""Which words of a question each candidate explains, and which it leaves over: a word left over speaks for another one.

A word is explained by a procedure whose name or phrases hold it. A word that no procedure holds explains nothing about
any of them, and is only counted.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.assistant.index import Index
from services.assistant.sparse import Numbers, Places, Sparse
from services.language.fold import fold, words_of

EXPLAINED = ("words", "heaviest_left", "by_name", "pairs", "behind_best", "name_said")
"""The columns for each candidate: share of the question's words (by rarity) that its name and phrases hold; the
rarest word they do not; the share its name alone holds; the share of pairs of words; how far behind the candidate that
explains most; how much of its name the question says."""

EXPLAINED_FOR = (1, -1, 1, 1, 1, 1)
"""How each column may speak: 1 only for a candidate, -1 only against it."""

ASKED = ("unknown", "unknown_share", "names_with_all", "owners_with_all")
"""What is told of the question: words no procedure holds, their share, in how many names and among how many
procedures' words all the rest stand (logarithms)."""

Masks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Explained:
    """`rows`: a line for each candidate (`EXPLAINED`); `asked`: of the question as a whole (`ASKED`)."""

    rows: Numbers
    asked: Numbers


def explain(words: Sequence[str], rows: Places, index: Index, hidden: Sequence[int] = ()) -> Explained:
    """How each of `rows` explains the folded words of a question; `hidden` phrases are not looked at."""
    said = list(dict.fromkeys(words))
    by_name = _holders(said, index, hidden, phrases=False)
    holders = by_name | _holders(said, index, hidden, phrases=True)
    rarity = _rarity(holders)
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    held_pairs = _holders(pairs, index, hidden, phrases=False) | _holders(pairs, index, hidden, phrases=True)
    share = _share(holders[:, rows], rarity)
    left = np.where(holders[:, rows], 0, rarity[:, None]).max(axis=0, initial=0)
    columns = [
        share,
        left,
        _share(by_name[:, rows], rarity),
        _share(held_pairs[:, rows], _rarity(held_pairs)),
        share - share.max(initial=0),
        np.array([_name_said(index.names[row], frozenset(said)) for row in rows], np.float32),
    ]
    unknown = float((~holders.any(axis=1)).sum())
    known = holders.any(axis=1)
    asked = [
        unknown,
        unknown / max(len(said), 1),
        math.log1p(by_name[known].all(axis=0).sum()),
        math.log1p(holders[known].all(axis=0).sum()),
    ]
    return Explained(np.stack(columns, axis=1).astype(np.float32), np.array(asked, np.float32))


def _holders(terms: Sequence[str], index: Index, hidden: Sequence[int], *, phrases: bool) -> Masks:
    """A line a term: which procedures hold it."""
    sparse = index.sparse["phrases" if phrases else "names"]
    found = np.zeros((len(terms), len(index.codes)), bool)
    for line, term in zip(found, terms, strict=True):
        documents = _documents(sparse, term)
        if phrases:
            documents = index.owners[documents[~np.isin(documents, hidden)] if len(hidden) else documents]
        line[documents] = True
    return found


def _documents(sparse: Sparse, term: str) -> Places:
    at = sparse.terms.get(term)
    return np.zeros(0, np.int32) if at is None else sparse.documents[sparse.starts[at] : sparse.starts[at + 1]]


def _rarity(holders: Masks) -> Numbers:
    """How telling each term is, by how few procedures hold it; nothing where none does."""
    seen = holders.sum(axis=1)
    return np.asarray(np.where(seen, np.log((1 + holders.shape[1]) / (0.5 + seen)), 0), np.float32)


def _share(held: Masks, rarity: Numbers) -> Numbers:
    whole = float(rarity.sum())
    return np.asarray((held * rarity[:, None]).sum(axis=0) / whole if whole else np.zeros(held.shape[1]), np.float32)


def _name_said(name: str, said: frozenset[str]) -> float:
    words = _folded_name(name)
    return len(words & said) / max(len(words), 1)


@lru_cache(maxsize=4096)
def _folded_name(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words_of(name))
