"""The candidates of a question, and what speaks for each: the numbers the trained ranker decides by."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from services.assistant.explained import ASKED, EXPLAINED, EXPLAINED_FOR, explain
from services.assistant.index import Index
from services.assistant.question import Question, letters_of, terms_of
from services.assistant.sparse import Numbers, Places
from services.assistant.traits import count_traits, read_traits, special_traits

PER_SIGNAL = 14
"""Candidates taken from each signal."""

SIGNALS = (
    "name", "added", "letters", "accents", "facts", "phrase", "phrase_added", "second", "phrase_letters", "name_vector",
    "phrase_vector", "near_vectors",
)  # fmt: skip
"""What is measured of each procedure; its share of the best value and its place in the order are features too."""

BY_VECTOR = ("name_vector", "phrase_vector", "near_vectors")
"""Signals that need an embedder."""


TAIL = 7 + len(ASKED)
"""Features about the question as a whole, the last ones: unasked and missing special marks first."""

COMPARED = 3 * len(SIGNALS)
"""Columns of signals, their shares of the best and their places; what `EXPLAINED` names stands behind them."""


def directions(columns: int) -> list[int]:
    """How each feature may speak: 1 only for a candidate, -1 only against it, 0 either way."""
    told = [1] * COMPARED + list(EXPLAINED_FOR)
    return told + [0] * (columns - len(told) - TAIL) + [-1, -1] + [0] * (TAIL - 2)


@dataclass(frozen=True, slots=True)
class Features:
    """`rows`: candidates as rows of the index; `values`: a line of numbers for each, the signals first."""

    rows: Places
    values: Numbers


def gather_features(question: Question, vector: Numbers | None, index: Index, hidden: Sequence[int] = ()) -> Features:
    """Candidates and their numbers; `hidden` phrases are not looked at (in training, the question's own)."""
    signals = measure(question, vector, index, hidden)
    rows = np.unique(np.concatenate([_best(values) for name, values in signals.items() if name != "second"]))
    table = np.stack([signals[name][rows] for name in SIGNALS], axis=1)
    best = np.stack([signals[name].max() for name in SIGNALS])
    asked = read_traits(question.text)
    traits = count_traits()
    facts = index.facts[rows]
    pairs = asked * 2 + facts[:, :traits] * 1
    special = special_traits()
    explained = explain(question.matter, rows, index, hidden)
    whole = np.stack([
        ((1 - asked) * facts[:, :traits] * special).sum(axis=1),
        (asked * (1 - facts[:, :traits]) * special).sum(axis=1),
        (asked * facts[:, :traits]).sum(axis=1),
        (asked * (1 - facts[:, :traits])).sum(axis=1),
        ((1 - asked) * facts[:, :traits]).sum(axis=1),
        np.full(len(rows), float(question.english)),
        np.full(len(rows), float(len(question.matter))),
        *(np.full(len(rows), value) for value in explained.asked),
    ], axis=1)  # fmt: skip
    values = np.concatenate([table, _compare(table, best), explained.rows, pairs, facts[:, traits:], whole], axis=1)
    return Features(rows.astype(np.int32), values.astype(np.float32))


def leave_out(features: Features, gone: Collection[int]) -> Features:
    """The candidates as they would be if the catalogue did not hold those of the rows `gone`."""
    kept = np.array([int(row) not in gone for row in features.rows], bool)
    values = features.values[kept].copy()
    signals = len(SIGNALS)
    if len(values):
        values[:, signals:COMPARED] = _compare(values[:, :signals], values[:, :signals].max(axis=0))
        words, behind = (COMPARED + EXPLAINED.index(name) for name in ("words", "behind_best"))
        values[:, behind] = values[:, words] - values[:, words].max()
    return Features(features.rows[kept], values)


def leave_vectors_out(features: Features) -> Features:
    """The candidates as they would be on a machine without an embedder, exactly: nothing is measured anew."""
    values = features.values.copy()
    values[:, [SIGNALS.index(name) for name in BY_VECTOR]] = 0
    found = [values[:, at] for at, name in enumerate(SIGNALS) if name not in {*BY_VECTOR, "second"}]
    kept = np.unique(np.concatenate([_best(column) for column in found])) if len(values) else np.zeros(0, np.int32)
    return leave_out(Features(features.rows, values), set(features.rows.tolist()) - set(features.rows[kept].tolist()))


def _compare(table: Numbers, best: Numbers) -> Numbers:
    """Each signal's share of its best value, then its place in the order."""
    order = np.argsort(np.argsort(-table, axis=0, kind="stable"), axis=0, kind="stable")
    return np.concatenate([table / np.maximum(best, 1e-6), 1 / (1 + order)], axis=1)


def measure(question: Question, vector: Numbers | None, index: Index, hidden: Sequence[int]) -> dict[str, Numbers]:
    """Every signal for every procedure."""
    plain, more = terms_of(question.matter), terms_of([*question.matter, *question.added])
    sparse = index.sparse
    phrases = sparse["phrases"].cosine(plain)
    letters = sparse["phrase_letters"].cosine(letters_of(question.matter))
    more_phrases = sparse["phrases"].cosine(more) if question.added else phrases.copy()
    for values in (phrases, letters, more_phrases):
        values[list(hidden)] = 0
    first = _best_of(phrases, index)
    found = {
        "name": sparse["names"].match(plain),
        "added": sparse["names"].match(more),
        "letters": sparse["name_letters"].cosine(letters_of(question.matter)),
        "facts": sparse["facts"].match([*question.matter, *question.added]),
        "accents": sparse["accents"].cosine(terms_of(question.accented)),
        "phrase": first,
        "phrase_added": _best_of(more_phrases, index),
        "second": _second_of(phrases, first, index),
        "phrase_letters": _best_of(letters, index),
    }
    return {**found, **_near(vector, index, hidden)}


def _near(vector: Numbers | None, index: Index, hidden: Sequence[int]) -> dict[str, Numbers]:
    none = np.zeros(len(index.codes), np.float32)
    if vector is None or not index.name_vectors.size:
        return {"name_vector": none, "phrase_vector": none, "near_vectors": none}
    phrases = _nearness(index.phrase_vectors, vector)
    phrases[list(hidden)] = 0
    near = np.zeros(len(index.codes), np.float32)
    # votes of the nearest phrases, as in nearest-neighbour classification
    closest = np.argsort(-phrases)[:20]
    np.add.at(near, index.owners[closest], np.exp((phrases[closest] - phrases[closest[0]]) * 40))
    return {
        "name_vector": _nearness(index.name_vectors, vector),
        "phrase_vector": _best_of(phrases, index),
        "near_vectors": near,
    }


def _nearness(vectors: Numbers, vector: Numbers) -> Numbers:
    # BLAS would wake a thread a core for a millisecond of work; on a busy machine they wait for each other
    return np.asarray(np.einsum("ij,j->i", vectors, vector), np.float32)


def _best_of(phrases: Numbers, index: Index) -> Numbers:
    best = np.zeros(len(index.codes), np.float32)
    np.maximum.at(best, index.owners, phrases)
    return best


def _second_of(phrases: Numbers, first: Numbers, index: Index) -> Numbers:
    return _best_of(np.where(phrases >= first[index.owners], 0, phrases), index)


def _best(values: Numbers) -> Places:
    top = np.argpartition(-values, PER_SIGNAL)[:PER_SIGNAL] if len(values) > PER_SIGNAL else np.arange(len(values))
    return top[values[top] > 0].astype(np.int32)
