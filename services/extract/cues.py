"""Words within a line that announce a value without a colon: `, dân tộc Tày, quốc tịch Việt Nam, trú thôn Bản Chu`.

A cue is believed only at a place where a part of a sentence begins (the start of a line, after a comma, a dash or a
colon) and only before a value that has the form of its field, so that the same words elsewhere stay words.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.dossier.compare import fold
from services.dossier.kinds import FIELDS_OF, PaperKind
from services.extract.grammar import RANK, Grammar
from services.extract.labels import Hit, Label
from services.extract.prose import compile_pattern
from services.extract.rows import Piece, Sheet
from services.extract.words import SURNAMES

MOST_WORDS = 5  # words of a cue
LOOKED_AT = 6  # words behind a cue that show the form of its value
FEWEST, MOST = 2, 6  # words of a name
_BREAK = re.compile(r"[,;:.)]$|^[–—-]$")
_WORD = re.compile(r"[^\W\d_']+")


@dataclass(frozen=True, slots=True)
class Cue:
    """A concept, the folded words that announce it, and the form of what follows as it is printed.

    `anywhere`: its value is so particular that no sign need stand before small letters (`Lý A căn cước 0200…`).
    """

    concept: str
    words: re.Pattern[str]
    value: re.Pattern[str]
    anywhere: bool = False


def add_cues(kind: PaperKind, grammar: Grammar, sheet: Sheet, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with those that cues give, in reading order; what labels cover already is left alone."""
    taken: dict[int, set[int]] = {}
    segments = sheet.segments
    for hit in hits:
        last = len(segments[hit.segment].pieces) if hit.end_segment != hit.segment else hit.end
        taken.setdefault(hit.segment, set()).update(range(hit.start, last))
        if hit.end_segment != hit.segment:
            taken.setdefault(hit.end_segment, set()).update(range(hit.end))
    found = list(hits)
    for number, segment in enumerate(segments):
        for hit in _in_pieces(_cues(kind), grammar, segment.pieces, number):
            own = taken.setdefault(number, set())
            if own.isdisjoint(range(hit.start, hit.end)):
                own.update(range(hit.start, hit.end))
                found.append(hit)
    return sorted(found, key=lambda hit: (hit.segment, hit.start))


@cache
def _cues(kind: PaperKind) -> tuple[Cue, ...]:
    """The cues of `grammar.toml` for the fields that a kind has; those of persons are for every kind."""
    table = tomllib.loads(files("services.extract").joinpath("grammar.toml").read_text("utf-8"))["cue"]
    wanted = [(name, rule) for name, rule in table.items() if not name.startswith("=") or name[1:] in FIELDS_OF[kind]]
    return tuple(
        Cue(name, re.compile(rule["words"]), compile_pattern(rule["value"]), rule.get("anywhere", False))
        for name, rule in wanted
    )


def _in_pieces(cues: Sequence[Cue], grammar: Grammar, pieces: list[Piece], number: int) -> Iterator[Hit]:
    for start in range(len(pieces)):
        begins = not start or bool(_BREAK.search(pieces[start - 1].text))
        able = cues if begins else [cue for cue in cues if cue.anywhere and pieces[start].text.islower()]
        hit = _cue_at(able, pieces, start, number)
        if hit := hit or (_person_at(grammar, pieces, start, number) if begins else None):
            yield hit


def _cue_at(cues: Sequence[Cue], pieces: list[Piece], start: int, number: int) -> Hit | None:
    for end in range(min(start + MOST_WORDS, len(pieces) - 1), start, -1):
        words = " ".join(piece.text for piece in pieces[start:end])
        if words.endswith((",", ";", ".", ":")):
            continue
        plain, after = fold(words), " ".join(piece.text for piece in pieces[end : end + LOOKED_AT])
        for cue in cues:
            if cue.words.fullmatch(plain) and cue.value.match(after):
                return Hit(Label(plain, cue.concept, None, rank=RANK), number, start, end, number, 1, colon=False)
    return None


# with their marks: without them surnames read the same (`Võ`, `Chu`, `Mế`)
_PERSON = re.compile(
    r"(?:(?:và|cùng|với) )?(?:người|bên|công dân|ông|bà|ông bà|chủ|em|cháu|học sinh|sinh viên|vợ|chồng|vợ chồng|cha|mẹ|"
    r"bố|con|trẻ|anh|chị)(?: [^\W\d_]+){0,3}"
)


def _person_at(grammar: Grammar, pieces: list[Piece], start: int, number: int) -> Hit | None:
    """`Người vợ Lý Minh Bích`, `và chồng Ma Trung Việt`: who somebody is, and his name at once."""
    if start and not re.match(r"(và|cùng|người)$", pieces[start].text.casefold()):
        return None
    for end in range(start + 1, min(start + MOST_WORDS, len(pieces) - 1)):
        words = [piece.text for piece in pieces[start:end]]
        if any(word.endswith((",", ";", ":")) or not word[:1].isalpha() for word in words):
            return None
        small = all(word.islower() for word in words[1:])
        if small and _PERSON.fullmatch(_plain(words)) and _is_name(pieces[end:]):
            label = Label(fold(" ".join(words)), "name", grammar.party_of(" ".join(words)), rank=RANK)
            return Hit(label, number, start, end, number, 1, colon=False)
    return None


def _plain(words: Sequence[str]) -> str:
    """Words in small letters with single spaces for every sign: `Ông/bà` is `ông bà`."""
    return " ".join(_WORD.findall(" ".join(words).casefold()))


def _is_name(pieces: Sequence[Piece]) -> bool:
    """Whether a name stands here, from its surname on to a sign, the end or a small letter."""
    count = 0
    for piece in pieces[: MOST + 1]:
        text = piece.text.rstrip(",;.:")
        if not _WORD.fullmatch(text) or not text[:1].isupper():
            break
        count += 1
        if text != piece.text:
            break
    return FEWEST <= count <= MOST and fold(pieces[0].text) in SURNAMES
