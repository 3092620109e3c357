"""Labels that no list has: what their words mean, and whose thing they name.

A label is short, begins a line or follows a value, and ends with a colon, or else stands at the start of a line before
a capital or a figure. Its words are read by the patterns of `grammar.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from services.dossier.compare import fold
from services.dossier.kinds import FIELDS_OF, PaperKind
from services.extract.labels import Hit, Label
from services.extract.prose import CAPITALS
from services.extract.rows import Piece, Segment, Sheet

MOST_WORDS = 9
WITHOUT_COLON = 6  # words of a label that has no colon
COLUMN_WORDS = 5  # words of the head of a column at most
FEW = 4  # words before a listed wording that may be the beginning of its label
UNDER = 0.02  # of the page's width
RANK = 12  # behind every listed wording
_ITEM = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)/]?|[a-zđ][).]|[IVX]{1,4}[.)]|[-–+•*])")
_CONCEPTS = frozenset(
    {
        "name", "date_of_birth", "citizen_id", "gender", "ethnicity", "nationality", "hometown", "address", "phone",
        "place_of_birth", "email", "addressee", "relationship", "copies_requested", "citizen_id_issue_date",
        "citizen_id_issue_place", "marriage_order",
    }
)  # fmt: skip
_PAIRED = {
    "dan toc": "ethnicity", "quoc tich": "nationality", "gioi tinh": "gender", "ngay sinh": "date_of_birth",
    "noi sinh": "place_of_birth", "dien thoai": "phone", "email": "email", "thua": "=parcel_number",
    "thua dat so": "=parcel_number", "to ban do": "=map_sheet", "to ban do so": "=map_sheet",
}  # fmt: skip
_PAIR = re.compile(f"({'|'.join(_PAIRED)}) (?:va )?({'|'.join(_PAIRED)})")
_OPENING = re.compile(
    r"(?:\d{1,2}[.)]|[IVX]{1,4}[.)]|[A-Z][.)]|Phần|PHẦN|Mục|Thông tin|Về|Bên|Người|Tờ khai về)\s*\S", re.IGNORECASE
)
_VALUE = re.compile(f"[\"“'(]?[{CAPITALS}0-9☐☒□☑+]")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns for one kind of paper: (meaning, pattern) in order, and (party, pattern)."""

    meanings: tuple[tuple[str, re.Pattern[str]], ...]
    parties: tuple[tuple[str, re.Pattern[str]], ...]

    def concept_of(self, words: str, *, whole: bool = False) -> str | None:
        """The concept of a label's words, as `Label.concept` has it, two joined by `+`; None where they mean nothing
        known."""
        plain = fold(words)
        if match := _PAIR.fullmatch(plain):
            return "+".join(_PAIRED[part] for part in match.groups())
        for concept, pattern in self.meanings:
            if pattern.fullmatch(plain) if whole else pattern.match(plain):
                return concept
        return None

    def party_of(self, words: str) -> str | None:
        """Whose thing the words name; empty for the subject, None where they do not say."""
        found = [(match.start(), party) for party, pattern in self.parties if (match := pattern.search(words.lower()))]
        return min(found)[1] if found else None


@cache
def load_grammar(kind: PaperKind, parties: tuple[str, ...]) -> Grammar:
    """The patterns of `grammar.toml` for the fields and parties of a kind."""
    table = tomllib.loads(files("services.extract").joinpath("grammar.toml").read_text("utf-8"))
    fields = FIELDS_OF[kind]
    meanings = []
    for name, pattern in table["meaning"].items():
        own = "full_name" if name == "full_name_of_child" else name
        concept = name if name in _CONCEPTS else f"={own}" if own in fields else "none"
        if concept != "none" or name == "none" or not _hides(name, fields):
            meanings.append((concept, re.compile(pattern)))
    wanted = [party for party in (*parties, "subject") if party in table["party"]]
    owners = [("" if party == "subject" else party, re.compile(table["party"][party])) for party in wanted]
    return Grammar(tuple(meanings), tuple(owners))


def _hides(name: str, fields: Iterable[str]) -> bool:
    """A meaning this kind has no field for, whose words may mean another field here, is left out."""
    return name not in {"none", "death_notice_number"} and name not in fields


def guess_labels(grammar: Grammar, sheet: Sheet, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with those that the grammar adds, in reading order; a listed label is read on up to its colon."""
    segments = sheet.segments
    found = [_to_colon(grammar, segments, hit, hits) for hit in hits]
    hits = found
    found = list(hits)
    by_segment: dict[int, list[Hit]] = {}
    for hit in hits:
        by_segment.setdefault(hit.segment, []).append(hit)
        if hit.end_segment != hit.segment:
            by_segment.setdefault(hit.end_segment, []).append(hit)
    for number, segment in enumerate(segments):
        after = segments[number + 1] if number + 1 < len(segments) else None
        beside = after.pieces[0] if after and after.row == segment.row and after.page is segment.page else None
        found += _in_segment(grammar, segment, number, by_segment.get(number, []), beside)
    found += _headings(grammar, sheet, found)
    return sorted(found, key=lambda hit: (hit.segment, hit.start))


def _to_colon(grammar: Grammar, segments: list[Segment], hit: Hit, hits: Sequence[Hit]) -> Hit:
    """`Lý do` of `Lý do cải chính:` is the whole label, and `(chữ in hoa)` belongs to it too."""
    pieces = segments[hit.end_segment].pieces
    if hit.colon and pieces[hit.end - 1].text.endswith(":"):
        return _reread(grammar, segments, hit, hit.end) if hit.label.concept == "none" else hit
    limit = min((h.start for h in hits if h.segment == hit.end_segment and h.start >= hit.end), default=len(pieces))
    end = _after_bracket(pieces, hit.end, limit)
    for at in range(end, min(end + MOST_WORDS, limit)):
        text = pieces[at].text
        if not text[:1].islower() and text[:1] not in {"(", "/", "-", "–"}:
            break
        if text.endswith(":"):
            return _reread(grammar, segments, hit, at + 1)
    else:
        if hit.start <= 1 < len(pieces) - end + 1 and limit == len(pieces) and _has_beside(segments, hit.end_segment):
            whole = _reread(grammar, segments, hit, len(pieces))
            return replace(whole, colon=not whole.label.concept)
    return replace(hit, end=end)


def _has_beside(segments: list[Segment], number: int) -> bool:
    return number + 1 < len(segments) and segments[number + 1].row == segments[number].row


def _after_bracket(pieces: list[Piece], start: int, limit: int) -> int:
    """Behind a remark in brackets that follows a label, or where the label ends."""
    if start >= limit or not re.match(r"\((?![^)]*\d)", pieces[start].text):
        return start
    for at in range(start, min(start + 14, limit)):
        if pieces[at].text.rstrip(":.,").endswith(")"):
            return at + 1
    return start


def _reread(grammar: Grammar, segments: list[Segment], hit: Hit, end: int) -> Hit:
    """The hit up to its colon; where the words up to there mean something else, that."""
    if hit.end_segment != hit.segment or not hit.label.concept:
        return replace(hit, end=end, colon=True)
    pieces = segments[hit.segment].pieces
    nothing = hit.label.concept == "none"
    start = (
        0 if nothing and hit.start <= FEW and not any(p.text.endswith(":") for p in pieces[: hit.start]) else hit.start
    )
    words = " ".join(piece.text for piece in pieces[start:end])
    concept = grammar.concept_of(words)
    if nothing and concept in {None, "none"} and (party := grammar.party_of(words)) is not None:
        return replace(hit, label=Label("", "", party, rank=RANK), start=start, end=end, colon=True)
    if concept in {None, "none", hit.label.concept} or ("(" in words and not nothing):
        return replace(hit, end=end, colon=True)
    return replace(hit, label=_label(grammar, concept or "", words), start=start, end=end, colon=True)


def _headings(grammar: Grammar, sheet: Sheet, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Lines that only say whom the next ones are about, and the heads of columns."""
    number = 0
    taken = {hit.segment for hit in hits}
    owned = {hit.segment: hit.label.party for hit in hits if not hit.label.concept and hit.label.party is not None}
    for row in sheet.rows:
        owners = [
            (number + at, segment, grammar.party_of(segment.text))
            for at, segment in enumerate(row.segments)
            if number + at not in taken and len(segment.pieces) <= MOST_WORDS and not re.search(r"\d{3}", segment.text)
        ]
        named = [owner for owner in owners if owner[2] is not None]
        known = {owned[number + at] for at in range(len(row.segments)) if number + at in owned}
        heads = len(known | {owner[2] for owner in named}) > 1 and all(
            len(s.pieces) <= COLUMN_WORDS for _, s, _ in named
        )
        if heads or (len(row.segments) == 1 and named and _opens(row.segments[0])):
            for at, segment, party in named:
                colon = segment.text.endswith(":")
                yield Hit(Label(fold(segment.text), "", party, rank=RANK), at, 0, len(segment.pieces), at, 0, colon)
        number += len(row.segments)


def _opens(segment: Segment) -> bool:
    """Whether a line looks like the heading of a part of a form."""
    text = segment.text
    if text.endswith((".", ",", ";")) or len(segment.pieces) > MOST_WORDS:
        return False
    return bool(_OPENING.match(text)) or text.isupper()


def _in_segment(
    grammar: Grammar, segment: Segment, number: int, hits: Sequence[Hit], beside: Piece | None
) -> Iterator[Hit]:
    taken = _taken(segment, number, hits)
    begun = 0
    for at, piece in enumerate(segment.pieces):
        if at in taken:
            begun = at + 1
        elif piece.text.endswith(":"):
            if hit := _before_colon(grammar, segment.pieces, number, begun, at + 1):
                taken |= set(range(hit.start, hit.end))
                yield hit
            begun = at + 1
    if hit := _at_start(grammar, segment.pieces, number, taken, beside):
        yield hit


def _taken(segment: Segment, number: int, hits: Sequence[Hit]) -> set[int]:
    """The pieces of a segment that labels cover already."""
    taken: set[int] = set()
    for hit in hits:
        start = hit.start if hit.segment == number else 0
        end = hit.end if hit.end_segment == number else len(segment.pieces)
        taken |= set(range(start, end))
    return taken


def _before_colon(grammar: Grammar, pieces: list[Piece], number: int, begun: int, end: int) -> Hit | None:
    """The label that ends at a colon: from the start of the line, or the last capital from which its words mean
    something."""
    first = begun + 1 if begun + 1 < end and begun == 0 and _ITEM.fullmatch(pieces[begun].text) else begun
    starts = [first] if begun == 0 and end - first <= MOST_WORDS else []
    starts += [at for at in range(end - 1, max(first, end - MOST_WORDS) - 1, -1) if _may_begin(pieces, at)]
    for start in starts:
        words = " ".join(piece.text for piece in pieces[start:end])
        if concept := grammar.concept_of(words):
            return Hit(_label(grammar, concept, words), number, start, end, number, 0, colon=True)
    if (
        begun == 0
        and len(starts)
        and (party := grammar.party_of(" ".join(p.text for p in pieces[first:end]))) is not None
    ):
        return Hit(Label("", "", party, rank=RANK), number, first, end, number, 0, colon=True)
    return None


def _may_begin(pieces: list[Piece], at: int) -> bool:
    return pieces[at].text[:1].isupper() or (at > 0 and pieces[at - 1].text.endswith((",", ";", ".")))


def _at_start(grammar: Grammar, pieces: list[Piece], number: int, taken: set[int], beside: Piece | None) -> Hit | None:
    """A label without a colon at the start of a line, before a value that begins with a capital or a figure.

    `beside` is the first word of what stands apart on its right: a label of one word counts only there.
    """
    first = 1 if len(pieces) > 1 and _ITEM.fullmatch(pieces[0].text) else 0
    if first in taken or not pieces[first].text[:1].isalpha():
        return None
    limit = min((at for at in taken if at >= first), default=len(pieces))
    for end in range(min(first + WITHOUT_COLON, limit), first, -1):
        value = pieces[end] if end < len(pieces) else beside
        words = [piece.text for piece in pieces[first:end]]
        if value is None or not _VALUE.match(value.text) or (len(words) == 1 and end < len(pieces)):
            continue
        if any((word[:1].isupper() and not word.isupper()) or word[:1].isdigit() for word in words[1:]):
            continue
        if concept := grammar.concept_of(" ".join(words), whole=True):
            return Hit(_label(grammar, concept, " ".join(words)), number, first, end, number, 1, colon=False)
        if end == len(pieces) and first == 0 and (party := grammar.party_of(" ".join(words))) is not None:
            return Hit(Label("", "", party, rank=RANK), number, first, end, number, 0, colon=True)
    return None


def _label(grammar: Grammar, concept: str, words: str) -> Label:
    party = None if concept in {"none", "relationship", "addressee"} else grammar.party_of(words)
    return Label(fold(words), concept, party, rank=RANK)


_FREE = frozenset({"=change_from", "=change_to", "=change_content", "=reason", "=scope", "=purpose", "addressee"})


def free_words(sheet: Sheet, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those that are words of a free text: `Nội dung mới: Sinh ngày 12/03/1990`."""
    segments = sheet.segments
    kept: list[Hit] = []
    for hit in hits:
        before = kept[-1] if kept else None
        follows = before is not None and before.label.concept in _FREE and not hit.colon
        if follows and before is not None and hit.segment == before.end_segment:
            continue
        if _under_free(segments, kept, hit):
            continue
        kept.append(hit)
    return kept


def _under_free(segments: list[Segment], kept: Sequence[Hit], hit: Hit) -> bool:
    """Whether a wording without a colon stands right below a label of free text that has nothing beside it."""
    if hit.colon:
        return False
    segment = segments[hit.segment]
    for label in kept[-4:]:
        above = segments[label.end_segment]
        alone = label.label.concept in _FREE and label.end >= len(above.pieces)
        if alone and above.row == segment.row - 1 and abs(above.box.left - segment.box.left) < UNDER:
            return True
    return False
