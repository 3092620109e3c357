"""Ruled lines of a page become tables: long runs of ink are kept, and where they cross, cells begin.

Method: morphological opening with long flat elements (Serra 1982), the usual first step for ruled forms; every group
of rules that touch is one grid, and a cell reaches over grid lines that are not drawn there.
"""

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from services.dossier.page import Box
from services.ocr.engine import GrayImage
from services.ocr.table import Cell, Table

Mask = NDArray[np.uint8]

WIDTH = 1000
"""Pixels across, about, at which rules are looked for: finer shows no more of them."""

DARKER = 30
"""A rule is at least this much darker (of 255) than the paper around it."""

ACROSS, DOWN = 0.07, 0.022
"""Shortest rules, as shares of the page's width: a row of a table is higher than its letters."""

WIDEST_NONE = 0.2
"""Share of the page's width that a table is wider than."""

BROKEN = 4
"""Pixels over which a rule may be broken, as scans break them."""

THICK = 6
"""Pixels: what is thicker is no rule."""

NEAR = 4
"""Pixels a rule may be off its place: it slopes, or it ends short of the one it meets."""

INKED = 0.75
"""Share of a rule that is ink before it was mended; a row of letters or dots, mended, has about half."""

DRAWN = 0.3
"""A side of a cell counts as drawn when this share of it is (photographs lose the rest) and one of its ends is met: a
line to write on, inside a cell, meets neither."""

FRAME = 0.8
"""A cell that takes this share of its table is the inside of a double frame, as certificates have around the page."""

WHOLE = 0.85
"""An upright rule is drawn over this share of a row's height at least."""


def find_tables(image: GrayImage) -> tuple[Table, ...]:
    """The ruled tables of an upright, straight page, top to bottom; a frame around one cell is none, be it double."""
    # shrinking by a whole number costs a tenth of any other
    scale = 1 / max(1, round(image.shape[1] / WIDTH))
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    ink = np.asarray(cv2.threshold(cv2.subtract(_paper(small), small), DARKER, 1, cv2.THRESH_BINARY)[1], np.uint8)
    across = _runs(ink, round(ink.shape[1] * ACROSS))
    if not across.any():
        return ()
    down = _turned(_runs(_turned(ink), round(ink.shape[1] * DOWN)))
    tables = [table for grid in _grids(across, down) if _is_table(table := _cells(across, down, grid))]
    return tuple(sorted(tables, key=lambda table: table[0].box.top))


def _is_table(table: Table) -> bool:
    areas = [(cell.box.right - cell.box.left) * (cell.box.bottom - cell.box.top) for cell in table]
    return len(areas) > 1 and max(areas) < FRAME * sum(areas)


def _paper(image: GrayImage) -> GrayImage:
    """The page without its ink: the brightest around every place, found on a small copy."""
    small = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    bright = cv2.blur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (9, 9))
    return np.asarray(cv2.resize(bright, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR), np.uint8)


def _turned(mask: Mask) -> Mask:
    """Rows for columns; OpenCV does it ten times faster than copying NumPy's view."""
    return np.asarray(cv2.transpose(mask), np.uint8)


def _runs(ink: Mask, shortest: int) -> Mask:
    """Runs of ink along the rows, mended where broken, without what is thicker than a rule."""
    mended = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, BROKEN), np.uint8))
    runs = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    solid = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((THICK + 1, 1), np.uint8))
    return _inked(np.asarray(cv2.subtract(runs, solid), np.uint8), ink)


def _inked(runs: Mask, ink: Mask) -> Mask:
    """The runs (0 or 1) that are mostly ink; counted at their own pixels, which are few."""
    left, top, width, height = cv2.boundingRect(runs)
    part = np.ascontiguousarray(runs[top : top + height, left : left + width])
    places = np.flatnonzero(part.view(np.bool_))
    if not len(places):
        return runs
    count, labels = cv2.connectedComponents(part, connectivity=8)
    found = labels.ravel()[places]
    inked = ink[top : top + height, left : left + width].ravel()[places] > 0
    keep = np.bincount(found[inked], minlength=count) >= INKED * np.bincount(found, minlength=count)
    part.ravel()[places] = keep[found]
    runs[top : top + height, left : left + width] = part
    return runs


def _grids(across: Mask, down: Mask) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right, bottom of every group of touching rules that is large enough for two cells."""
    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((NEAR + 1, NEAR + 1), np.uint8))
    shapes, tree = cv2.findContours(both, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for shape, (_, _, _, around) in zip(shapes, tree[0] if shapes else (), strict=True):
        left, top, width, height = cv2.boundingRect(shape)
        is_outline = around < 0  # the others are the holes of a grid
        if is_outline and width > WIDEST_NONE * across.shape[1] and height > DOWN * across.shape[1]:
            yield left, top, left + width, top + height


def _cells(across: Mask, down: Mask, grid: tuple[int, int, int, int]) -> Table:
    left, top, right, bottom = grid
    h, v = across[top:bottom, left:right], down[top:bottom, left:right]
    size = (across.shape[1], across.shape[0])
    ys = _places(h.sum(axis=1), size[0] * ACROSS)
    xs = [at for at in _places(v.sum(axis=0), size[0] * DOWN) if any(_is_parted(v, at, *row) for row in pairwise(ys))]
    ys = _with_sides(v, xs, ys)
    return tuple(
        Cell(row, column, _box(left + xs[column], top + ys[row], left + xs[last_c], top + ys[last_r], size))
        for row, column, last_r, last_c in _spans(h, v, ys, xs)
    )


def _places(profile: NDArray[np.int64], least: float) -> list[int]:
    """Middles of the stretches where a profile is at least that high, stretches that nearly touch taken together."""
    places = np.nonzero(profile >= least)[0]
    groups = np.split(places, np.nonzero(np.diff(places) > NEAR)[0] + 1) if len(places) else []
    return [int(group.mean()) for group in groups]


def _with_sides(v: Mask, xs: list[int], ys: list[int]) -> list[int]:
    """Without what is above the first and below the last row that has a side: letters may hang from a rule."""
    rows = [at for at, row in enumerate(pairwise(ys)) if any(_is_parted(v, x, *row) for x in xs)]
    return ys[rows[0] : rows[-1] + 2] if rows else []


def _spans(h: Mask, v: Mask, ys: list[int], xs: list[int]) -> Iterator[tuple[int, int, int, int]]:
    """First row and column of each cell and the grid lines it ends at, in reading order."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            last_c = column + 1
            while last_c < len(xs) - 1 and not _is_parted(v, xs[last_c], ys[row], ys[row + 1]):
                last_c += 1
            last_r = row + 1
            while last_r < len(ys) - 1 and not _is_drawn(h.T, ys[last_r], xs[column], xs[last_c]):
                last_r += 1
            taken.update((r, c) for r in range(row, last_r) for c in range(column, last_c))
            yield row, column, last_r, last_c


def _is_drawn(rules: Mask, at: int, start: int, end: int) -> bool:
    """Whether the side at column `at` between two rows is drawn."""
    strip = _strip(rules, at, start, end)
    return float(strip.mean()) >= DRAWN and bool(strip[: 2 * NEAR].any() or strip[-2 * NEAR :].any())


def _is_parted(v: Mask, at: int, start: int, end: int) -> bool:
    """Whether an upright rule parts a row; a letter's stem never spans a row from rule to rule."""
    strip = _strip(v, at, start, end)
    return float(strip.mean()) >= WHOLE and bool(strip[: 2 * NEAR].any() and strip[-2 * NEAR :].any())


def _strip(rules: Mask, at: int, start: int, end: int) -> NDArray[np.bool_]:
    return np.asarray(rules[start:end, max(0, at - NEAR) : at + NEAR + 1].any(axis=1), np.bool_)


def _box(left: int, top: int, right: int, bottom: int, size: tuple[int, int]) -> Box:
    return Box(left / size[0], top / size[1], right / size[0], bottom / size[1])
