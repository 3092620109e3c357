"""Reading order: pieces of text on a page become rows, top to bottom, each read left to right as one line.

An administrative page (Decree 30/2020/ND-CP, appendix I) is one column of rows, except where two columns stand side by
side (agency and national title, recipients and signature): there a row of both is one line.
"""

from collections.abc import Sequence

from services.dossier.page import Line

SAME_ROW = 0.5
"""Two pieces stand on one row when their middles differ by less than this share of the lower one's height."""


def rows_of(pieces: Sequence[Line]) -> list[list[Line]]:
    """Pieces grouped to rows, top to bottom, each left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.top + piece.box.bottom):
        if rows and _on_row(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.box.left) for row in rows]


def _on_row(first: Line, piece: Line) -> bool:
    a, b = first.box, piece.box
    apart = abs(a.top + a.bottom - b.top - b.bottom) / 2
    return apart < SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def arrange(pieces: Sequence[Line]) -> tuple[Line, ...]:
    """The pieces as lines in reading order; words keep their boxes, so columns can still be told apart."""
    return tuple(Line(tuple(word for piece in row for word in piece.words)) for row in rows_of(pieces))
