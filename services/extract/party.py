"""Whose value it is: labels name a person, headings open a section, columns stand for two people."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.extract.candidates import Candidate, is_long, normalise
from services.extract.labels import Hit
from services.extract.lexicon import Form, field_of
from services.extract.rows import Sheet
from services.extract.values import Found, Reader

_ERROR_COST = 0.02
_RANK_COST = 0.004


def assign_parties(form: Form, sheet: Sheet, reader: Reader, hits: Sequence[Hit]) -> list[Candidate]:
    """A candidate for each label that has a value, under the field it fills for the person it is about."""
    columns = find_columns(form, sheet, hits)
    state = _State(form)
    candidates: list[Candidate] = []
    for hit in hits:
        if columns and columns.holds(sheet, hit):
            candidates += columns.read(form, sheet, reader, hit)
            continue
        party = state.party_at(hit)
        name = field_of(form, hit.label.concept, party) if hit.label.concept else _heading_name(form, party, hit)
        if name and (found := reader.read(hit, long=is_long(name), eager=form.card)):
            if normalise(name, found.text) is None:
                continue
            if hit.label.concept in {"name", ""}:
                state.named(party)
            candidates.append(_candidate(name, found, hit))
            candidates += _companions(form, name, candidates[-1])
    return candidates


_TOGETHER = {"date_of_death": "time_of_death", "time_of_birth": "date_of_birth", "date_of_birth": "time_of_birth"}
_ISSUER = re.compile(
    r"\d[\s,;.)]+(?:do\s+|nơi cấp:?\s*)?((?:Cục|Công an|CA|Bộ)\b[^\d;]*?)[\s,;]*(?:cấp.*)?$", re.IGNORECASE
)
_AFTER_DAY = re.compile(r"\d{4}[\s,;.]*(?:tại|do|nơi cấp|bởi)?\s*:?\s*((?:Cục|Công an|CA|Bộ)\b[^\d;]+)$", re.IGNORECASE)
_ISSUED = re.compile(r"cấp(?: ngày)?:?\s*((?:ngày\s*)?\d{1,2}\s*(?:[/.-]|tháng).*)$", re.IGNORECASE)


def _companions(form: Form, name: str, main: Candidate) -> list[Candidate]:
    """What stands in the same words: the hour beside the day, the issuer and day of issue after a personal number."""
    found = main.found
    others = [(_TOGETHER[name], found.text)] if name in _TOGETHER else []
    if name.endswith("citizen_id"):
        issuer, issued = _ISSUER.search(found.text), _ISSUED.search(found.text)
        others += [(f"{name}_issue_place", issuer[1])] if issuer else []
        others += [(f"{name}_issue_date", issued[1])] if issued else []
    if name.endswith("citizen_id_issue_date") and (issuer := _AFTER_DAY.search(found.text)):
        others.append((name.replace("_date", "_place"), issuer[1]))
    return [
        Candidate(other, replace(found, text=text), main.weight - 0.1)
        for other, text in others
        if other in form.fields and normalise(other, text) is not None
    ]


def _heading_name(form: Form, party: str, hit: Hit) -> str | None:
    """`Bên ủy quyền: Ông Nguyễn Văn A` gives the name at once."""
    return field_of(form, "name", party) if hit.colon and party else None


def _candidate(name: str, found: Found, hit: Hit) -> Candidate:
    weight = 0.99 - _ERROR_COST * hit.errors - _RANK_COST * min(hit.label.rank, 12)
    weight -= 0.0 if hit.colon else 0.04
    weight -= 0.05 if found.below else 0.0
    weight -= 0.15 if not hit.label.concept else 0.0
    return Candidate(name, found, max(weight, 0.3))


class _State:
    """Which person the lines are about, from one label to the next."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.party = form.party
        self.seen: set[str] = set()

    def party_at(self, hit: Hit) -> str:
        """The person a label is about; a label that names one changes it for the lines that follow."""
        label = hit.label
        if label.party is not None:
            self.party = self._spouse_of(label.party)
        elif label.concept == "name" and self.party in self.seen:
            self.party = self._next()
        return self.party

    def named(self, party: str) -> None:
        """The name of that person was read; the next plain name is another's."""
        self.seen.add(party)

    def _spouse_of(self, party: str) -> str:
        if party != "spouse" or "spouse_name" in self.form.fields:
            return party
        base = self.party.removesuffix("_spouse")
        return f"{base}_spouse" if f"{base}_spouse_name" in self.form.fields else party

    def _next(self) -> str:
        order = self.form.order
        if self.party not in order:
            return self.party
        at = order.index(self.party)
        return order[at + 1] if at + 1 < len(order) else self.party


class Columns:
    """Two persons side by side: from a row that names both, everything below belongs to one half or the other."""

    def __init__(
        self, parties: tuple[str, str], row: int, end: int, left: tuple[float, float], right: tuple[float, float]
    ) -> None:
        self.parties = parties
        self.row = row
        self.end = end
        self.left = left
        self.right = right

    def holds(self, sheet: Sheet, hit: Hit) -> bool:
        """Whether a label stands in the rows of the two columns and is of a person."""
        row = sheet.segments[hit.segment].row
        return self.row <= row < self.end and not hit.label.concept.startswith("=")

    def read(self, form: Form, sheet: Sheet, reader: Reader, hit: Hit) -> list[Candidate]:
        """A label before both columns is for both; one within a column for that person."""
        box = sheet.segments[hit.segment].pieces[hit.start].box
        if box.left >= self.right[0]:
            sides = [(self.parties[1], self.right)]
        elif box.left >= self.left[0]:
            sides = [(self.parties[0], self.left)]
        else:
            sides = [(self.parties[0], self.left), (self.parties[1], self.right)]
        candidates = []
        for party, window in sides:
            name = field_of(form, hit.label.concept, hit.label.party or party) if hit.label.concept else None
            if name and (found := reader.read(hit, long=is_long(name), window=window)):
                candidates.append(_candidate(name, found, hit))
                candidates += _companions(form, name, candidates[-1])
        return candidates


def find_columns(form: Form, sheet: Sheet, hits: Sequence[Hit]) -> Columns | None:
    """The columns of two persons, when one row names both of them; None where they follow one another."""
    if not form.columns:
        return None
    first, second = form.columns
    by_row: dict[int, dict[str, Hit]] = {}
    for hit in hits:
        if hit.label.party in form.columns:
            by_row.setdefault(sheet.segments[hit.segment].row, {}).setdefault(hit.label.party or "", hit)
    for row, named in sorted(by_row.items()):
        if first in named and second in named:
            return _columns_at(form, sheet, row, named[first], named[second])
    return None


def _columns_at(form: Form, sheet: Sheet, row: int, one: Hit, other: Hit) -> Columns | None:
    left = sheet.segments[one.segment].pieces[one.start].box
    right = sheet.segments[other.segment].pieces[other.start].box
    if right.left - left.left < 0.15:  # noqa: PLR2004 - of the page's width
        return None
    heading = not one.label.concept
    if heading:  # centred headings: the halves meet between them, the first begins left of its heading
        middle = (left.right + right.left) / 2
        half = middle - (left.left + left.right) / 2
        start = max(0.0, (left.left + left.right) / 2 - half)
        stub = sheet.rows[row + 1].segments if row + 1 < len(sheet.rows) else []
        first = min((s.box.left for s in stub), default=start)
        inside = start if first < start - 0.02 else 0.0
        return Columns((form.columns[0], form.columns[1]), row, len(sheet.rows), (inside, middle), (middle, 1.01))
    edge = right.left - 0.005
    return Columns((form.columns[0], form.columns[1]), row, len(sheet.rows), (0.0, edge), (edge, 1.01))
