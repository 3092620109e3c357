"""Values that the labeller sees where the rules see none.

It fills fields that are empty, with values that have the form of their field and that stand in no other field; such a
value is never sure enough to be taken without a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.dossier.compare import fold
from services.dossier.kinds import PaperKind
from services.extract.candidates import Candidate, is_long, normalise
from services.extract.labelled import asked_of, part_field
from services.extract.labeller import Floats, Labeller, shipped_labeller
from services.extract.rows import Piece, Segment, Sheet
from services.extract.tokens import tokens_of
from services.extract.values import Found

SURE = 0.5  # mean probability of the words of a value
WEIGHT = 0.49  # below what accuses another paper, and below what is taken without a person however much bears it out
SWITCH, FREE = 2.0, 0.3  # what it costs to change from one value to another, and where one may begin
COLON_WITHIN = 4  # words from a colon at which a value begins
CLAIMED, OWN = 0.2, 0.05  # words of a chosen value: what other fields keep of their share, what its own gets
AT_MOST, AT_LEAST = 0.05, 0.8  # shares of the own field and of another where the words are of that other one
_NOT_HERE = frozenset({PaperKind.OTHER, PaperKind.HANDWRITTEN_LETTER})


@dataclass(frozen=True, slots=True)
class Span:
    """Words that stand side by side and are of one field: places `start` up to `end` in the order of the paper."""

    field: str
    start: int
    end: int
    sure: float


def with_learned(
    kind: PaperKind, sheet: Sheet, chosen: Sequence[Candidate], model: Labeller | None = None
) -> list[Candidate]:
    """The chosen candidates with those that the labeller adds for fields that none is chosen for.

    Where it is certain that the words of a chosen value are of another field, and has other words for that field, its
    own words are taken; where it has none, the value is doubted.
    """
    tokens = None if kind in _NOT_HERE else tokens_of(sheet)
    if tokens is None:
        return list(chosen)
    names = asked_of(kind).fields
    shares = (model or shipped_labeller()).judge(tokens, kind)
    segments = sheet.segments
    places = [(segments[n], segments[n].pieces[at]) for n, at in zip(tokens.segment, tokens.piece, strict=True)]
    words = {one.name: _inside(one, places) for one in chosen}
    doubted = [one for one in chosen if one.name in names and _is_another(kind, one.name, shares[words[one.name]])]
    kept = [one for one in chosen if one not in doubted]
    told = _claimed(names, shares, words, kept)
    spans = _grown(list(_spans(names, told, shares, places)), places, {at for one in kept for at in words[one.name]})
    found = list(_fill(names, spans, places, kept))
    filled = {one.name for one in found}
    return [
        *kept, *found,
        *(replace(one, weight=min(one.weight, WEIGHT)) for one in doubted if one.name not in filled),
    ]  # fmt: skip


def _is_another(kind: PaperKind, name: str, shares: Floats) -> bool:
    """Whether the words of a value are, for the labeller, of another field; whose they are, rules know better."""
    if not len(shares):
        return False
    asked, mean = asked_of(kind), shares.mean(axis=0)
    concepts = np.array(asked.concepts)
    same = concepts == concepts[asked.fields.index(name)]
    return bool(mean[:-1][same].sum() < AT_MOST and mean[:-1][~same].max(initial=0.0) > AT_LEAST)


def _inside(candidate: Candidate, places: Sequence[tuple[Segment, Piece]]) -> list[int]:
    """The words in the box of a candidate."""
    box, page = candidate.found.box, candidate.found.page
    return [
        at for at, (segment, piece) in enumerate(places)
        if segment.page is page
        and box.left <= (piece.box.left + piece.box.right) / 2 <= box.right
        and box.top <= (piece.box.top + piece.box.bottom) / 2 <= box.bottom
    ]  # fmt: skip


def _claimed(
    names: Sequence[str], shares: Floats, words: Mapping[str, Sequence[int]], chosen: Sequence[Candidate]
) -> Floats:
    """Shares in which the words of a chosen value are rather of its field than of another."""
    told = shares.copy()
    for candidate in chosen:
        inside = words[candidate.name]
        told[inside] *= CLAIMED
        if candidate.name in names:
            own = names.index(candidate.name)
            told[inside, own] = shares[inside, own] + OWN
    return told


def _fill(
    names: Sequence[str], spans: Sequence[Span], places: Sequence[tuple[Segment, Piece]], chosen: Sequence[Candidate]
) -> Iterator[Candidate]:
    """The best value of each field that has none, of the form of its field, and not another person's."""
    known = {one.name: normalise(one.name, one.found.text) or "" for one in chosen}
    taken = {(name.rpartition("_")[2], fold(value)) for name, value in known.items()}
    for name in names:
        if name in known:
            continue
        best: Candidate | None = None
        for whole in _whole(name, spans, places):
            inside = [places[at] for start, end in whole.parts for at in range(start, end)]
            text = " ".join(piece.text for _, piece in inside)
            value = normalise(name, text)
            if (
                whole.sure >= SURE
                and value is not None
                and not _is_taken(name, value, taken)
                and _is_whole(name, value)
            ):
                one = Candidate(name, _found(text, inside), WEIGHT * whole.sure)
                best = one if best is None or one.weight > best.weight else best
        if best:
            yield best


def _is_whole(name: str, value: str) -> bool:
    """A name of a usual length, a school or a place of more than a word."""
    words = value.count(" ") + 1
    if name in {"school", "hometown"} or name.endswith("address"):
        return words > 1
    return words <= LONGEST_NAME or not name.endswith("_name")


LONGEST_NAME = 5  # words


def _is_taken(name: str, value: str, taken: set[tuple[str, str]]) -> bool:
    sort, plain = name.rpartition("_")[2], fold(value)
    if is_long(name) or not name.endswith(("name", "citizen_id")):
        return False
    return any(sort == other and (plain == known or plain.startswith(f"{known} ")) for other, known in taken)


@dataclass(frozen=True, slots=True)
class Whole:
    """A value over one or more lines."""

    parts: tuple[tuple[int, int], ...]
    sure: float


def _spans(
    names: Sequence[str], told: Floats, shares: Floats, places: Sequence[tuple[Segment, Piece]]
) -> Iterator[Span]:
    """Runs of words that are of one field in the likeliest whole, each within one segment."""
    free = np.array([at == 0 or one[0] is not places[at - 1][0] or places[at - 1][1].text.endswith(":")
                     for at, one in enumerate(places)])  # fmt: skip
    best = likeliest(np.log(np.maximum(told, 1e-6)), free)
    start = 0
    for at in range(1, len(best) + 1):
        ends = at == len(best) or best[at] != best[start] or places[at][0] is not places[start][0]
        if not ends:
            continue
        if best[start] < len(names):
            yield Span(names[best[start]], start, at, float(shares[start:at, best[start]].mean()))
        start = at


def _grown(spans: Sequence[Span], places: Sequence[tuple[Segment, Piece]], claimed: AbstractSet[int]) -> list[Span]:
    """The spans with the words at their ends that belong to them: a name's capitals, else all from the colon on."""
    owned = claimed | {at for span in spans for at in range(span.start, span.end)}
    found = []
    for span in spans:
        start, end = span.start, span.end
        segment = places[start][0]
        named = part_field(span.field)[1] in _CAPITALS
        while named and _joins(places, start - 1, start, segment, owned):
            start -= 1
        while named and _joins(places, end, end - 1, segment, owned):
            end += 1
        if not named:
            start = _from_colon(places, start, segment, owned)
        found.append(replace(span, start=start, end=end))
    return found


_CAPITALS = frozenset({"name", "signer_name", "notary_name", "household_head"})
_ASKS = frozenset({"ten", "ho", "ong", "ba", "toi", "nguoi", "cha", "me", "vo", "chong", "so", "ngay", "dan", "que"})


def _joins(
    places: Sequence[tuple[Segment, Piece]], at: int, beside: int, segment: Segment, owned: AbstractSet[int]
) -> bool:
    """Whether the word beside a name goes on with it: a capital, no mark between, of no other value."""
    if not 0 <= at < len(places) or places[at][0] is not segment or at in owned:
        return False
    text, first = places[at][1].text, places[min(at, beside)][1].text
    return (
        text[:1].isupper()
        and text.strip(".,;").isalpha()
        and fold(text) not in _ASKS
        and not first.endswith((",", ";", ".", ":", ")"))
    )


def _from_colon(places: Sequence[tuple[Segment, Piece]], start: int, segment: Segment, owned: AbstractSet[int]) -> int:
    for at in range(start - 1, max(start - 1 - COLON_WITHIN, -1), -1):
        if places[at][0] is not segment or at in owned:
            break
        if places[at][1].text.endswith(":"):
            return at + 1
    return start


def likeliest(told: Floats, free: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The likeliest state of each word, where changing the state costs SWITCH but at `free` places (Viterbi 1967)."""
    count, states = told.shape
    back = np.zeros((count, states), np.int64)
    score = told[0]
    own = np.arange(states)
    for at in range(1, count):
        top = int(score.argmax())
        moved = score[top] - (FREE if free[at] else SWITCH)
        back[at] = np.where(score >= moved, own, top)
        score = np.maximum(score, moved) + told[at]
    found = np.zeros(count, np.int64)
    found[-1] = score.argmax()
    for at in range(count - 1, 0, -1):
        found[at - 1] = back[at, found[at]]
    return found


def _whole(name: str, spans: Sequence[Span], places: Sequence[tuple[Segment, Piece]]) -> Iterator[Whole]:
    """The spans of a field, those on following lines joined where the field may run on."""
    own = [span for span in spans if span.field == name]
    parts: list[Span] = []
    for span in own:
        if parts and _goes_on(name, places, parts[-1], span):
            parts.append(span)
            continue
        if parts:
            yield _joined(parts)
        parts = [span]
    if parts:
        yield _joined(parts)


def _goes_on(name: str, places: Sequence[tuple[Segment, Piece]], before: Span, span: Span) -> bool:
    first, second = places[before.start][0], places[span.start][0]
    if first.page is not second.page:
        return False
    if first.row == second.row:
        return span.start - before.end <= 1 and (first is second or is_long(name))
    return is_long(name) and second.row == first.row + 1


def _joined(parts: Sequence[Span]) -> Whole:
    words = sum(span.end - span.start for span in parts)
    sure = sum(span.sure * (span.end - span.start) for span in parts) / words
    return Whole(tuple((span.start, span.end) for span in parts), sure)


def _found(text: str, places: Sequence[tuple[Segment, Piece]]) -> Found:
    box = places[0][1].box
    for _, piece in places[1:]:
        box = box.united(piece.box)
    confidence = float(np.mean([piece.confidence for _, piece in places]))
    return Found(text, box, confidence, places[0][0].page, places[0][0].row)
