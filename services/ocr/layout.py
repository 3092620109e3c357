"""Reading order: pieces of text on an upright page become lines, in the order a clerk would read them aloud.

Rows go top to bottom, each left to right; where two columns stand side by side (agency and national title, recipients
and signature: Decree 30/2020/ND-CP, appendix I) the left one comes whole before the right one; a ruled table goes row
by row, and in a row cell by cell, each cell to its end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from services.dossier.page import Line, Word
from services.ocr.columns import Letter, is_nation, order_rows
from services.ocr.piece import Piece
from services.ocr.signs import with_calls
from services.ocr.spacing import close_up, with_commas, with_item_number
from services.ocr.table import Cell, Table, is_comb

SAME_ROW = 0.5
"""Two pieces stand on one row when their middles differ by less than this share of the lower one's height."""

WIDE_GAP = 1.6
"""Letter heights between two words that no line of running text leaves: what is beyond belongs to another piece."""

A4 = 2**0.5
"""Height to width of a page that does not say."""


def arrange(lines: Sequence[Line], tables: Sequence[Table] = (), ratio: float = A4) -> tuple[Line, ...]:
    """The lines in reading order; `ratio` is the page's height over its width.

    Lines are cut at wide gaps and at the rules of tables, so each of the result stands in one column or cell; its
    `block` counts columns, tables and what stands between them from 0.
    """
    lines = [line for line in lines if line.words]
    if not lines:
        return ()
    height = median(line.box.bottom - line.box.top for line in lines)
    letter = Letter(height * ratio, height)
    combs = [table for table in tables if is_comb(table, ratio)]
    tables = [table for table in tables if table not in combs]
    in_tables, free = _share_out(_read_combs(lines, combs), tables)
    pieces = [piece for line in map(close_up, free) if line.words for piece in _cut(line, letter.across * WIDE_GAP)]
    parts = _parts(pieces, in_tables, letter)
    found = [(block, close_up(line)) for block, part in enumerate(parts) for line in part]
    return _called([replace(with_commas(with_item_number(line)), block=block) for block, line in found if line.words])


def _called(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page with exclamation marks that were taken for the end of a quotation."""
    found = list(lines)
    for (at, place), text in with_calls([[word.text for word in line.words] for line in lines]).items():
        words = list(found[at].words)
        words[place] = replace(words[place], text=text)
        found[at] = replace(found[at], words=tuple(words))
    return tuple(found)


def _share_out(lines: Sequence[Line], tables: Sequence[Table]) -> tuple[list[tuple[Table, list[Line]]], list[Line]]:
    """For each table its lines in order, cut at its rules; and the lines outside every table."""
    cells: dict[Cell, list[Line]] = {}
    free: list[Line] = []
    for line in lines:
        for cell, words in groupby(line.words, key=lambda word: _cell_of(word, tables)):
            part = Line(tuple(words), line.block)
            if cell is None:
                free.append(part)
            else:
                cells.setdefault(cell, []).append(part)
    return [(table, [line for cell in table for line in _in_cell(cell, cells.get(cell, ()))]) for table in tables], free


def _read_combs(lines: Sequence[Line], combs: Sequence[Table]) -> list[Line]:
    """The lines, with what stands in the boxes of a comb as one word: a number, whose figures are parted by rules."""
    free: list[Line] = []
    figures: dict[Table, list[Word]] = {}
    for line in lines:
        for comb, words in groupby(line.words, key=lambda word: _comb_of(word, combs)):
            if comb is None:
                free.append(Line(tuple(words), line.block))
            else:
                figures.setdefault(comb, []).extend(words)
    return [*free, *(Line((_as_one(words),)) for words in figures.values())]


def _comb_of(word: Word, combs: Sequence[Table]) -> Table | None:
    return next((comb for comb in combs if _cell_of(word, [comb])), None)


def _as_one(words: Sequence[Word]) -> Word:
    placed = sorted(words, key=lambda word: word.box.left)
    return Word("".join(word.text for word in placed), Line(tuple(placed)).box, min(word.confidence for word in words))


def _cell_of(word: Word, tables: Sequence[Table]) -> Cell | None:
    across, down = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    for table in tables:
        for cell in table:
            if cell.box.left <= across <= cell.box.right and cell.box.top <= down <= cell.box.bottom:
                return cell
    return None


def _in_cell(cell: Cell, lines: Sequence[Line]) -> list[Line]:
    return [replace(line, cell=(cell.row, cell.column)) for line in _rows(lines)]


def _rows(lines: Sequence[Line]) -> list[Line]:
    return [Line(tuple(w for piece in row for w in piece.line.words)) for row in rows_of([Piece.of(x) for x in lines])]


def _cut(line: Line, gap: float) -> Iterator[Piece]:
    words: list[Word] = []
    for at, word in enumerate(line.words):
        begins = at and is_nation(" ".join(later.text for later in line.words[at : at + 4]))
        if words and (begins or word.box.left - words[-1].box.right > gap):
            yield Piece.of(Line(tuple(words)))
            words = []
        words.append(word)
    yield Piece.of(Line(tuple(words)))


def _parts(
    pieces: Sequence[Piece], tables: Sequence[tuple[Table, list[Line]]], letter: Letter
) -> Iterator[Sequence[Line]]:
    """Free pieces between tables, and tables, from top to bottom."""
    left = list(pieces)
    for table, lines in sorted(tables, key=lambda pair: pair[0][0].box.top):
        above = [piece for piece in left if piece.box.top + piece.box.bottom < 2 * table[0].box.top]
        left = [piece for piece in left if piece not in above]
        yield from _free_parts(above, letter)
        if lines:
            yield lines
    yield from _free_parts(left, letter)


def _free_parts(pieces: Sequence[Piece], letter: Letter) -> Iterator[Sequence[Line]]:
    for part in order_rows(rows_of(pieces), letter):
        yield [Line(tuple(word for piece in row for word in piece.line.words)) for row in part]


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces grouped to rows, top to bottom, each left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.top + piece.box.bottom):
        if rows and _on_row(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.box.left) for row in rows]


def _on_row(row: Sequence[Piece], piece: Piece) -> bool:
    a, b = row[0].box, piece.box
    apart = abs(a.top + a.bottom - b.top - b.bottom) / 2
    return apart < SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)
