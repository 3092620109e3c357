"""A text as a sparse vector: hashed words, pairs of words and pieces of words, all folded; words with accents too.

Hashing (Weinberger et al. 2009) keeps the model small and knows words never seen by their pieces, so that typing errors
and missing diacritics change little.
"""

from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.assistant.aspect import folded_words
from services.language.fold import fold, words_of

BUCKETS = 1 << 15
"""Columns of the model; few enough to ship, many enough that frequent features rarely meet."""

PIECES = (3, 4)
"""Lengths of the pieces of words, blanks included."""

LONGEST = 400
"""Characters of a question that are looked at."""


def hash_features(text: str) -> NDArray[np.int32]:
    """The distinct buckets of a text, sorted; empty for a text without words."""
    plain = "".join("0" if letter.isdigit() else letter for letter in text[:LONGEST])
    words = folded_words(plain).split()
    padded = f" {' '.join(words)} "
    found = {f"w{word}" for word in words}
    found |= {f"p{first} {second}" for first, second in pairwise(["^", *words, "$"])}
    # `làm giả` is no `làm gia hạn`: accents count where they were typed
    found |= {f"a{word}" for word in words_of(plain) if word != fold(word)}
    found |= {f"c{padded[at : at + size]}" for size in PIECES for at in range(len(padded) - size + 1)}
    return np.array(sorted({crc32(feature.encode()) % BUCKETS for feature in found if words}), np.int32)
