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
