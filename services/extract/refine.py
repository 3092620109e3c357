"""What the neighbours of a label say about it: labels of two lines in tables, cells that are values, numbers of labels.

A wording found by itself may be part of a longer label or of a value; each rule here looks at one neighbour more.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.extract.candidates import normalise
from services.extract.grammar import Grammar
from services.extract.labels import Hit, Label
from services.extract.rows import Segment, Sheet

FLUSH = 0.012  # of the page's width: the second line of a cell begins right under the first
REST_WORDS = 4  # words of the second line of a label at most
_ITEM = re.compile(r"\w{1,2}[).]")
NEAR = 2.4  # in letter heights: lines of one cell lie this near


def refine_hits(grammar: Grammar, sheet: Sheet, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with labels of two lines joined and what is no label left out, in reading order."""
    segments = sheet.segments
    whole = _joined_in_tables(grammar, sheet, _with_their_number(segments, hits))
    kept: list[Hit] = []
    labelled = {hit.segment for hit in whole if hit.start <= 1}
    for hit in whole:
        before = kept[-1] if kept else None
        if _is_cell_of_value(segments, before, hit, labelled) or _is_word_of_value(segments, before, hit):
            continue
        if _is_relationship(before, hit):
            continue
        kept.append(_owned(grammar, segments, hit))
    return kept


def _with_their_number(segments: list[Segment], hits: Sequence[Hit]) -> list[Hit]:
    """`Vào sổ cấp giấy chứng nhận` and `số:` right behind it are one label."""
    kept: list[Hit] = []
    for hit in hits:
        before = kept[-1] if kept else None
        number = hit.label.concept == "document_number" and len(hit.label.squeezed) < 3  # noqa: PLR2004 - `Số`
        if number and before and before.label.concept and before.end_segment == hit.segment and before.end == hit.start:
            kept[-1] = replace(before, end=hit.end, colon=hit.colon)
            continue
        kept.append(hit)
    del segments
    return kept


def _joined_in_tables(grammar: Grammar, sheet: Sheet, hits: Sequence[Hit]) -> list[Hit]:
    """A label in the first cell of a row goes on below where a short line in small letters stands flush under it."""
    segments = sheet.segments
    rests = _second_lines(sheet)
    by_first = {hit.segment: hit for hit in hits if hit.start <= 1}
    found = [hit for hit in hits if hit.segment not in rests.values()]
    for first, rest in rests.items():
        under = segments[rest]
        hit = by_first.get(first)
        if hit is not None and hit.end_segment == rest:
            if hit not in found:
                found.append(hit)
            continue
        words = f"{segments[first].text} {under.text}"
        concept, party = grammar.concept_of(words), grammar.party_of(words)
        if hit is not None and hit.end_segment == first and hit.end < len(segments[first].pieces):
            continue  # a value follows on the same line
        if hit is not None and hit in found:
            found[found.index(hit)] = replace(hit, end_segment=rest, end=len(under.pieces), colon=True)
        elif concept is not None:
            label = Label(words, concept, party, rank=12)
            found.append(Hit(label, first, 0, len(under.pieces), rest, 0, colon=True))
    return sorted(found, key=lambda hit: (hit.segment, hit.start))


def _second_lines(sheet: Sheet) -> dict[int, int]:
    """Segments that begin a row of a table, each with the segment right under it that goes on with its words."""
    found: dict[int, int] = {}
    number = 0
    starts = []
    for row in sheet.rows:
        starts.append(number)
        number += len(row.segments)
    for row, below in zip(sheet.rows, sheet.rows[1:], strict=False):
        first, under = row.segments[0], below.segments[0]
        beside = len(row.segments) > 1 and not re.search(r"[:\d]", first.text)
        flush = abs(first.box.left - under.box.left) < FLUSH and under.page is first.page
        near = under.box.top - first.box.top < NEAR * sheet.height(first.page)
        small = under.pieces[0].text[:1].islower() and not _ITEM.match(under.pieces[0].text)
        short = len(under.pieces) <= REST_WORDS and not any(":" in piece.text for piece in under.pieces)
        if (
            beside
            and flush
            and near
            and (small or first.text.endswith("/"))
            and short
            and under.box.right < row.segments[1].box.left
        ):
            found[starts[row.number]] = starts[below.number]
    return found


def _is_cell_of_value(segments: list[Segment], before: Hit | None, hit: Hit, labelled: set[int]) -> bool:
    """`Quan hệ với chủ hộ | Chủ hộ`: a wording alone in the cell right of a label, with nothing further, is its value.

    Not so in the head of a table, under which values stand.
    """
    segment = segments[hit.segment]
    whole = hit.start == 0 and hit.end == len(segment.pieces) and hit.end_segment == hit.segment and not hit.colon
    if not whole or before is None or not before.label.concept or not hit.label.concept:
        return False
    if normalise(_a_field_of(before.label.concept), segment.text) is None:
        return False
    left = segments[before.end_segment]
    ends = before.end == len(left.pieces) and before.segment + 1 == hit.segment and left.row == segment.row
    last = hit.segment + 1 == len(segments) or segments[hit.segment + 1].row != segment.row
    below = [n for n, s in enumerate(segments) if s.row == segment.row + 1]
    under = any(abs(segments[n].box.left - segment.box.left) < FLUSH for n in below)
    return ends and last and (not under or (below[0] in labelled and len(below) > 1))


def _a_field_of(concept: str) -> str:
    """A field whose format is that of a concept."""
    return "full_name" if concept == "name" else concept.lstrip("=")


def _is_word_of_value(segments: list[Segment], before: Hit | None, hit: Hit) -> bool:
    """`đăng ký việc: thay đổi họ, tên cho …`: a name's label in small letters within the words of a value."""
    if hit.colon or hit.label.concept != "name" or hit.start == 0 or before is None or before.segment != hit.segment:
        return False
    return segments[hit.segment].pieces[hit.start].text[:1].islower() and before.end < hit.start


def _is_relationship(before: Hit | None, hit: Hit) -> bool:
    """`Quan hệ với người được khai sinh: Cha đẻ`: who somebody is, right behind that question, opens no part."""
    if before is None or before.label.concept != "relationship" or hit.label.concept or hit.colon:
        return False
    beside = hit.start == 0 and hit.segment == before.segment + 1 and before.end_segment > hit.segment
    return beside or (before.end_segment, before.end) == (hit.segment, hit.start)


def _owned(grammar: Grammar, segments: list[Segment], hit: Hit) -> Hit:
    """A misread label read on to its colon names a person only where its whole words do."""
    if not hit.errors or hit.label.party is None or not hit.label.concept:
        return hit
    pieces = segments[hit.segment].pieces[hit.start : hit.end if hit.end_segment == hit.segment else None]
    words = " ".join(piece.text for piece in pieces)
    return hit if grammar.party_of(words) is not None else replace(hit, label=replace(hit.label, party=None))
