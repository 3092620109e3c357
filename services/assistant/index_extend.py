"""Procedures that came or changed after the index was made, added to it as rows like all others. Pure."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from services.assistant.index import Index
from services.assistant.index_build import LONGEST_NAME, facts_of, short_name
from services.assistant.question import letters_of, terms_of
from services.assistant.sparse import Numbers, Sparse, Weigher, bm25_weights, cosine_weights
from services.assistant.traits import read_facts
from services.catalogue.national import NationalProcedure
from services.language.fold import fold, words_of


def extend_index(index: Index, found: Sequence[NationalProcedure], vectors: Mapping[str, Numbers]) -> Index:
    """The index with these procedures as new rows; rows of the same codes fall silent, their phrases move along.

    `vectors`: of the short name of each code, of length one; a code without one is found by its words alone.
    """
    size = len(index.codes)
    row_of = {one.procedure.code: size + at for at, one in enumerate(found)}
    moved = {at: row_of[code] for at, code in enumerate(index.codes) if code in row_of}
    owners = np.array([moved.get(int(owner), int(owner)) for owner in index.owners], np.int32)
    names = [words_of(short_name(one.procedure.name_vi))[:LONGEST_NAME] for one in found]
    folded = [[fold(word) for word in one] for one in names]
    texts: dict[str, tuple[list[list[str]], Weigher]] = {
        "names": ([terms_of(one) for one in folded], bm25_weights),
        "name_letters": ([letters_of(one) for one in folded], cosine_weights),
        "accents": ([terms_of(one) for one in names], cosine_weights),
        "facts": ([facts_of(one) for one in found], bm25_weights),
    }
    silent = np.array(sorted(moved), np.int32)
    asked = Counter(owners.tolist())
    sparse = {name: add_documents(index.sparse[name], silent, *given) for name, given in texts.items()}
    new_facts = [read_facts(one, asked[row_of[one.procedure.code]]) for one in found]
    return replace(
        index,
        codes=(*index.codes, *row_of),
        names=(*index.names, *(one.procedure.name_vi for one in found)),
        facts=np.vstack([index.facts, *new_facts]),
        owners=owners,
        sparse={**index.sparse, **sparse},
        name_vectors=_add_vectors(index.name_vectors, silent, [vectors.get(code) for code in row_of]),
    )


def add_documents(sparse: Sparse, silent: np.ndarray, documents: Sequence[Sequence[str]], weigh: Weigher) -> Sparse:
    """The term index with documents at its end, weighed by what was known before; `silent` ones weigh nothing."""
    unseen = math.log(1 + (sparse.size + 0.5) / 1.5)
    terms = dict(sparse.terms)
    for term in dict.fromkeys(term for one in documents for term in one):
        terms.setdefault(term, len(terms))
    rarity = np.concatenate([sparse.rarity, np.full(len(terms) - len(sparse.terms), unseen, np.float32)])
    # how long documents are was not kept: distinct terms come near it
    mean = len(sparse.documents) / max(sparse.size, 1)
    added: list[tuple[int, int, float]] = []
    for at, one in enumerate(documents, sparse.size):
        counts = Counter(one)
        weights = weigh(counts, {term: float(rarity[terms[term]]) for term in counts}, mean)
        added += [(terms[term], at, weight) for term, weight in weights.items()]
    added.sort()
    starts = np.concatenate([sparse.starts, np.full(len(terms) - len(sparse.terms), sparse.starts[-1], np.int32)])
    places = [int(starts[term + 1]) for term, _, _ in added]
    more = np.bincount([term for term, _, _ in added], minlength=len(terms)).cumsum()
    kept = np.where(np.isin(sparse.documents, silent), 0, sparse.weights)
    return Sparse(
        sparse.size + len(documents),
        terms,
        rarity,
        (starts + np.concatenate([[0], more])).astype(np.int32),
        np.insert(sparse.documents, places, [at for _, at, _ in added]).astype(np.int32),
        np.insert(kept, places, [weight for _, _, weight in added]).astype(np.float32),
    )


def _add_vectors(vectors: Numbers, silent: np.ndarray, new: Sequence[Numbers | None]) -> Numbers:
    if not vectors.size:
        return vectors
    old = vectors.copy()
    old[silent] = 0
    none = np.zeros(vectors.shape[1], np.float32)
    return np.vstack([old, *(none if one is None else one for one in new)]).astype(np.float32)
