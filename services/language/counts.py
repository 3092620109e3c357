"""How likely one syllable follows another in Vietnamese official text: a small bigram model, read-only once loaded.

P(b|a) = 0.75 · count(ab)/count(a) + 0.25 · count(b)/total (Jelinek-Mercer interpolation), floored so that a syllable
never seen is unlikely, not impossible. `motcua language build` writes the packed file this module reads.
"""

import json
import math
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

START, NUMBER = "<s>", "<n>"
MAGIC = b"MOTCUALM1"
PAIR, SINGLE, FLOOR = 0.75, 0.25, 2e-8


@dataclass(frozen=True, slots=True)
class Counts:
    """Syllables (lower case, NFC) and pairs of them with how often each was seen."""

    syllables: dict[str, int]
    pairs: dict[tuple[str, str], int]


class Language:
    """Log-probabilities (nats) of syllables after syllables."""

    def __init__(self, syllables: list[str], single: list[float], pairs: dict[int, float]) -> None:
        self._id = {syllable: index for index, syllable in enumerate(syllables)}
        self._single = single
        self._pairs = pairs
        self._size = len(syllables)

    def score(self, before: str, syllable: str) -> float:
        """Log-probability of a syllable (lower case) after another, START or NUMBER."""
        here = self._id.get(syllable)
        if here is None:
            return math.log(FLOOR)
        there = self._id.get(before)
        found = None if there is None else self._pairs.get(there * self._size + here)
        return self._single[here] if found is None else found

    def syllables(self) -> list[str]:
        """Every syllable ever seen, commonest first."""
        return sorted(self._id, key=lambda syllable: -self._single[self._id[syllable]])

    def knows(self, syllable: str) -> bool:
        """Whether the syllable (lower case) was ever seen."""
        return syllable in self._id


def pack_counts(counts: Counts) -> bytes:
    """Counts as a small file; the same counts always give the same bytes."""
    syllables = sorted({*counts.syllables, START, NUMBER})
    number = {syllable: index for index, syllable in enumerate(syllables)}
    pairs = sorted((number[a], number[b], seen) for (a, b), seen in counts.pairs.items() if a in number and b in number)
    table = np.array(pairs, np.uint32).reshape(-1, 3)
    singles = np.array([counts.syllables.get(syllable, 0) for syllable in syllables], np.uint32)
    keys = (table[:, 0].astype(np.uint64) * len(syllables) + table[:, 1]).astype(np.uint64)
    head = json.dumps({"syllables": syllables, "pairs": len(pairs)}, ensure_ascii=False).encode()
    steps = np.diff(keys, prepend=np.uint64(0)).astype(np.uint32)
    body = len(head).to_bytes(4, "little") + head + singles.tobytes() + steps.tobytes() + table[:, 2].tobytes()
    return MAGIC + zlib.compress(body, 9)


def unpack_language(packed: bytes) -> Language:
    """The model of a packed file.

    Raises:
        ValueError: the bytes are no packed counts.
    """
    if not packed.startswith(MAGIC):
        raise ValueError("not a packed language model")
    body = zlib.decompress(packed[len(MAGIC) :])
    start = 4 + int.from_bytes(body[:4], "little")
    head = json.loads(body[4:start])
    syllables, amount = head["syllables"], head["pairs"]
    singles, steps, seen = np.split(
        np.frombuffer(body, np.uint32, offset=start), [len(syllables), len(syllables) + amount]
    )
    return _language(syllables, singles.astype(np.float64), np.cumsum(steps.astype(np.uint64)), seen.astype(np.float64))


def _language(
    syllables: list[str], singles: np.ndarray[tuple[int], np.dtype[np.float64]], keys: np.ndarray, seen: np.ndarray
) -> Language:
    before, here = keys // len(syllables), keys % len(syllables)
    starts = np.maximum(singles, np.bincount(before.astype(np.int64), weights=seen, minlength=len(syllables)))
    single = SINGLE * singles / singles.sum() + FLOOR
    chance = np.log(PAIR * seen / np.maximum(starts[before], 1) + single[here])
    return Language(syllables, np.log(single).tolist(), dict(zip(keys.tolist(), chance.tolist(), strict=True)))


@cache
def load_language() -> Language:
    """The model that ships with the product."""
    return unpack_language((files("services.language") / "language.bin").read_bytes())
