"""What a question is compared with: names, phrases and vectors of every procedure, as arrays made beforehand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.assistant.sparse import Numbers, Places, Sparse

SPARSE = ("names", "name_letters", "accents", "facts", "phrases", "phrase_letters")
"""The term indexes: of names by words, letters and accented words, of facts by words, of phrases by both."""


@dataclass(frozen=True, slots=True)
class Index:
    """Procedures are rows: `codes`, `names`, `facts` (read by `traits.py`); `owners` gives the row of each phrase.

    `name_vectors` and `phrase_vectors` are rows of length one; empty when no embedder made them.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    facts: Numbers
    owners: Places
    sparse: Mapping[str, Sparse]
    name_vectors: Numbers
    phrase_vectors: Numbers
    made_from: str


def pack_index(index: Index) -> dict[str, NDArray[Any]]:
    """The index as plain arrays."""
    head = {
        "codes": index.codes,
        "names": index.names,
        "made_from": index.made_from,
        "terms": {name: list(sparse.terms) for name, sparse in index.sparse.items()},
        "sizes": {name: sparse.size for name, sparse in index.sparse.items()},
    }
    arrays: dict[str, NDArray[Any]] = {
        "head": np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), np.uint8),
        "facts": index.facts.astype(np.float16),
        "owners": index.owners,
        "name_vectors": _to_bytes(index.name_vectors),
        "phrase_vectors": _to_bytes(index.phrase_vectors),
    }
    for name, sparse in index.sparse.items():
        arrays[f"{name}.rarity"] = sparse.rarity.astype(np.float16)
        arrays[f"{name}.starts"] = sparse.starts
        arrays[f"{name}.documents"] = sparse.documents.astype(np.uint16)
        arrays[f"{name}.weights"] = sparse.weights.astype(np.float16)
    return arrays


def unpack_index(arrays: Mapping[str, NDArray[Any]]) -> Index:
    """The index of plain arrays."""
    head = json.loads(arrays["head"].tobytes())
    sparse = {
        name: Sparse(
            head["sizes"][name],
            {term: at for at, term in enumerate(terms)},
            arrays[f"{name}.rarity"].astype(np.float32),
            arrays[f"{name}.starts"].astype(np.int32),
            arrays[f"{name}.documents"].astype(np.int32),
            arrays[f"{name}.weights"].astype(np.float32),
        )
        for name, terms in head["terms"].items()
    }
    return Index(
        tuple(head["codes"]),
        tuple(head["names"]),
        arrays["facts"].astype(np.float32),
        arrays["owners"].astype(np.int32),
        sparse,
        _from_bytes(arrays["name_vectors"]),
        _from_bytes(arrays["phrase_vectors"]),
        head["made_from"],
    )


def _to_bytes(vectors: Numbers) -> NDArray[np.int8]:
    return np.asarray(np.clip(np.rint(vectors * SCALE), -127, 127), np.int8)


def _from_bytes(stored: NDArray[np.int8]) -> Numbers:
    vectors = stored.astype(np.float32)
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


SCALE = 400.0


@cache
def load_index() -> Index:
    """The index that ships with the product."""
    with as_file(files("services.assistant") / "index.npz") as path, np.load(path) as arrays:
        return unpack_index({name: arrays[name] for name in arrays.files})
