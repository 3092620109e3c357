"""What runs of words are worth: whether they hold a value, end an address, go on with a day."""

import re
from dataclasses import replace

from services.dossier.compare import fold
from services.extract.places import PROVINCES_FOLDED
from services.extract.rows import Piece

BOXES = frozenset("☐☒☑□")
_DAY = re.compile(r"(?:,\s*)?ng\S{1,2}[yv]\s*:?\s*[\dOolI]", re.IGNORECASE)
MARK = re.compile(r"^(?:\(\d{1,2}\)|\[\d{1,2}\]|[:;.,*/|]+|\d{1,2}\)|\(\d\):?)$")


def inside(pieces: list[tuple[int, Piece]], window: tuple[float, float] | None) -> list[tuple[int, Piece]]:
    """The pieces whose middle lies between two x; all of them where there is no window."""
    if window is None:
        return pieces
    return [(n, p) for n, p in pieces if window[0] <= (p.box.left + p.box.right) / 2 < window[1]]


def ends_with_province(pieces: list[tuple[int, Piece]]) -> bool:
    """An address that has come to its province is whole."""
    words = fold(" ".join(piece.text for _, piece in pieces[-4:]))
    return any(piece.text.endswith(",") for _, piece in pieces) and words.endswith(PROVINCES_FOLDED)


def goes_on_with_day(pieces: list[tuple[int, Piece]], more: list[tuple[int, Piece]]) -> bool:
    """An hour, a gap, and the day: one moment; or a choice, a gap, and the next choice."""
    if more[0][1].text[:1] in BOXES:
        return True
    hour = re.search(r"\d\s*(?:giờ|gio|h|:)", " ".join(piece.text for _, piece in pieces), re.IGNORECASE)
    return bool(hour and _DAY.match(" ".join(piece.text for _, piece in more)))


def with_comma(place: tuple[int, Piece]) -> tuple[int, Piece]:
    """The piece with the comma that a break between lines stands for."""
    return place[0], replace(place[1], text=place[1].text + ",")


def solid(pieces: list[tuple[int, Piece]]) -> bool:
    """Whether there is more than punctuation and a footnote mark."""
    return any(not MARK.match(piece.text) and re.search(r"\w", piece.text) for _, piece in pieces)


CLEAR = 0.6  # confidence of words; what a reader makes of dots and specks has less
_SMEAR = re.compile(r"(.)\1{3,}|[bcdfghjklmnpqrstvwxz]{5,}", re.IGNORECASE)


def without_noise(pieces: list[tuple[int, Piece]]) -> list[tuple[int, Piece]]:
    """The value without what a reader made of the leaders behind it."""
    end = len(pieces)
    while end > 1 and _is_noise(pieces[end - 1][1]):
        end -= 1
    kept = pieces[:end]
    clear = sum(piece.confidence for _, piece in kept) / len(kept) > CLEAR
    return kept if clear else pieces


def _is_noise(piece: Piece) -> bool:
    return piece.confidence < CLEAR and bool(_SMEAR.search(piece.text))
