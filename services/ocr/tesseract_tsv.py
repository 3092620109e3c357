"""Tesseract's TSV as lines: pure text in, lines out.

Format: tesseract(1), `tsv` configuration; level 5 rows are words, boxes in pixels, confidence 0–100.
"""

import unicodedata
from itertools import groupby

from services.dossier.page import Box, Line, Word

WORD_LEVEL = "5"
COLUMNS = 12

Row = list[str]


def lines_of_tsv(tsv: str, width: int, height: int) -> tuple[Line, ...]:
    """The lines of one page image of `width` x `height` pixels, in Tesseract's own reading order."""
    rows = [row for row in (line.split("\t") for line in tsv.splitlines()) if _is_word(row)]
    blocks: dict[str, int] = {}
    lines = []
    for place, found in groupby(rows, key=lambda row: tuple(row[1:5])):
        block = blocks.setdefault(place[1], len(blocks))
        lines.append(Line(tuple(_word(row, width, height) for row in found), block))
    return tuple(lines)


def _is_word(row: Row) -> bool:
    return len(row) == COLUMNS and row[0] == WORD_LEVEL and bool(row[11].strip())


def _word(row: Row, width: int, height: int) -> Word:
    left, top, wide, high = (int(value) for value in row[6:10])
    box = Box(left / width, top / height, (left + wide) / width, (top + high) / height)
    return Word(unicodedata.normalize("NFC", row[11].strip()), box, max(0.0, float(row[10])) / 100)
