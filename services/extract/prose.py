"""What stands in running text rather than beside a label: contracts, letters, decisions, petitions.

Each pattern is tried on the text of the whole paper with its lines joined; the place is where the match stands.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from services.dossier.kinds import FIELDS_OF, PaperKind
from services.dossier.page import Box, Page
from services.extract.candidates import Candidate
from services.extract.rows import Piece, Sheet
from services.extract.values import Found

_MARKED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
SMALL, CAPITALS = f"a-z{_MARKED}", f"A-Z{_MARKED.upper()}"  # no range of Unicode has the one without the other


@cache
def patterns_of(kind: PaperKind) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """Fields with their patterns, those of the kind before the general ones."""
    table = _table()
    own = [*table.get(kind.value, {}).items(), *table["everywhere"].items()]
    return tuple((name, tuple(compile_pattern(text) for text in texts)) for name, texts in own)


def loose_patterns() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Concepts with the patterns of values that need no label, in the order of the file."""
    return tuple((concept, tuple(texts)) for concept, texts in _table()["loose"].items())


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("services.extract").joinpath("prose.toml").read_text("utf-8"))


def compile_pattern(text: str) -> re.Pattern[str]:
    """A pattern of `prose.toml` with its parts put in."""
    for part, pattern in _table()["parts"].items():
        text = text.replace("{" + part + "}", pattern)
    return re.compile(text.replace("A-ZĐÀ-Ỹ", CAPITALS).replace("a-zà-ỹ", SMALL))


def read_prose(kind: PaperKind, sheet: Sheet) -> list[Candidate]:
    """Candidates from running text; they weigh less than what a label gives."""
    text, places = join_rows(sheet)
    candidates: list[Candidate] = []
    for name, patterns in patterns_of(kind):
        if name not in FIELDS_OF[kind]:
            continue
        for rank, pattern in enumerate(patterns):
            if match := pattern.search(text):
                found = place_of(match.span(1), match[1], places)
                if found:
                    candidates.append(Candidate(name, found, 0.72 - 0.05 * rank))
                    break
    return candidates


def join_rows(sheet: Sheet) -> tuple[str, list[tuple[int, Piece, Page, int]]]:
    """The text of the paper row by row, with where in it each piece begins."""
    places: list[tuple[int, Piece, Page, int]] = []
    parts: list[str] = []
    at = 0
    for row in sheet.rows:
        for segment in row.segments:
            for piece in segment.pieces:
                places.append((at, piece, row.page, row.number))
                parts.append(f"{piece.text} ")
                at += len(piece.text) + 1
        parts[-1:] = [f"{part[:-1]}\n" for part in parts[-1:]]
    return "".join(parts), places


def place_of(span: tuple[int, int], text: str, places: Iterable[tuple[int, Piece, Page, int]]) -> Found | None:
    """A stretch of the joined text as a printed value."""
    inside = [place for place in places if span[0] <= place[0] + len(place[1].text) - 1 and place[0] < span[1]]
    if not inside:
        return None
    box: Box = inside[0][1].box
    for _, piece, page, _ in inside[1:]:
        if page is inside[0][2]:
            box = box.united(piece.box)
    confidence = sum(place[1].confidence for place in inside) / len(inside)
    return Found(text, box, confidence, inside[0][2], inside[0][3])
