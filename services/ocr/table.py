"""A ruled table as cells."""

from dataclasses import dataclass

from services.dossier.page import Box


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its first row and column (from 0) and its place on the page."""

    row: int
    column: int
    box: Box


Table = tuple[Cell, ...]
"""Cells in reading order: rows top to bottom, each left to right; never empty."""

SQUARE = 1.7
"""Boxes for single letters are not wider than this many times their height."""

FEWEST, LOW = 4, 0.03
"""Boxes in a row that make a comb, and the share of the page's height they stay below."""


def is_comb(table: Table, ratio: float) -> bool:
    """Whether a table is a row of boxes with one letter or figure each; `ratio` is the page's height over its width."""
    boxes = [cell.box for cell in table]
    narrow = [box.right - box.left < SQUARE * ratio * (box.bottom - box.top) for box in boxes]
    low = all(box.bottom - box.top < LOW for box in boxes)
    return len(table) >= FEWEST and not any(cell.row for cell in table) and low and all(narrow)
