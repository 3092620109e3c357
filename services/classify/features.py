"""A page as a sparse vector: what stands in its upper lines, its words, and pieces of them that outlast slips of OCR.

Hashed (Weinberger et al. 2009): nothing is kept of a page but bucket numbers, and a word never seen is known by its
pieces. Figures and case say nothing of a kind, marks are what OCR loses first: all are folded away.
"""

from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.dossier.compare import fold
from services.dossier.page import Page

BUCKETS = 1 << 16
"""Columns of the model; enough that frequent features rarely meet."""

HEAD_LINES = 14
HEAD_BELOW = 0.5  # a title stands above this height
PIECE, HEAD_PIECE = 5, 4
MOST_LINES = 80
"""Lines of a page that are looked at: what a paper is shows long before."""

Features = NDArray[np.int32]


def hash_page(page: Page) -> Features:
    """The distinct buckets of a page, sorted; empty for a page without words."""
    found: set[str] = set()
    for number, line in enumerate(page.lines[:MOST_LINES]):
        words = [word for word in fold(line.text).split() if word.isalpha()]
        if words:
            found |= _of_line(words)
            if number < HEAD_LINES and line.words and line.box.top < HEAD_BELOW:
                found |= _of_head(words, line.text)
    if found and page.width > page.height > 0:
        found.add("wide")
    return np.array(sorted({crc32(feature.encode()) % BUCKETS for feature in found}), np.int32)


def _of_line(words: list[str]) -> set[str]:
    """Words, pairs of words and pieces of the line without its blanks."""
    joined = "".join(words)
    found = {f"w{word}" for word in words}
    found |= {f"p{first} {second}" for first, second in pairwise(["^", *words, "$"])}
    return found | {f"c{joined[at : at + PIECE]}" for at in range(len(joined) - PIECE + 1)}


def _of_head(words: list[str], text: str) -> set[str]:
    """The same once more for upper lines, those in capitals apart: a title and not a mention."""
    letters = [char for char in text if char.isalpha()]
    sort = "T" if sum(char.isupper() for char in letters) > 0.6 * len(letters) else "t"
    joined = "".join(words)
    found = {f"{sort}p{first} {second}" for first, second in pairwise(["^", *words, "$"])}
    return found | {f"{sort}{joined[at : at + HEAD_PIECE]}" for at in range(len(joined) - HEAD_PIECE + 1)}
