"""Whose value it is: labels name a person, headings open a section, columns stand for two people."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.dossier.compare import fold
from services.extract.candidates import Candidate, is_long, normalise
from services.extract.columns import find_columns
from services.extract.grammar import RANK
from services.extract.labels import Hit
from services.extract.lexicon import Form, field_of
from services.extract.rows import Sheet
from services.extract.signer import CENTRED
from services.extract.trust import OWN_DAYS
from services.extract.values import Found, Reader

_ERROR_COST = 0.02
_RANK_COST = 0.004
UNSURE_DAY = 0.85


def assign_parties(form: Form, sheet: Sheet, reader: Reader, hits: Sequence[Hit]) -> list[Candidate]:
    """A candidate for each label that has a value, under the field it fills for the person it is about."""
    columns = find_columns(form, sheet, reader, hits)
    state = _State(form)
    candidates: list[Candidate] = []
    for hit in hits:
        if columns and columns.holds(hit):
            for field, value in columns.read(form, reader, hit):
                candidates += _with_companions(form, field, value, hit)
            continue
        party = state.party_at(hit)
        if "+" in hit.label.concept:
            candidates += _shared(form, reader, hit, party)
            continue
        concept = "=land_address" if _is_of_land(form, sheet, hit, candidates) else hit.label.concept
        name = field_of(form, concept, party) if concept else _heading_name(form, party, hit)
        if name and (found := _value_of(reader, hit, name, eager=form.card)):
            if (found.below and not hit.label.concept) or (name in _SIGNED and _is_elsewhere(sheet, hit, found)):
                continue
            if hit.label.concept in {"name", ""} and normalise(name, found.text) is not None:
                state.named(party)
            candidates += _with_companions(form, name, found, hit)
    return candidates


def _value_of(reader: Reader, hit: Hit, name: str, *, eager: bool) -> Found | None:
    """The value of a field; one that has not its format goes on where the margin broke it (`ngày | 10/10/2026`)."""
    found = reader.read(hit, long=is_long(name), eager=eager)
    if found is None or is_long(name) or normalise(name, found.text) is not None:
        return found
    whole = reader.read(hit, long=True, eager=eager)
    return whole if whole and normalise(name, whole.text) is not None else found


def _shared(form: Form, reader: Reader, hit: Hit, party: str) -> list[Candidate]:
    """`Dân tộc, quốc tịch: Tày, Việt Nam`: two labels in one, their values in the same order."""
    edge = reader.segments[hit.end_segment].pieces[hit.end - 1].box.right
    found = reader.read(hit, long=True, window=(edge, 1.01), cell=edge)
    parts = _PARTED.split(found.text, maxsplit=1) if found else []
    names = [field_of(form, concept, party) for concept in hit.label.concept.split("+")]
    return [
        _candidate(name, replace(found, text=part.strip()), hit)
        for name, part in zip(names, parts, strict=False)
        if found and name and normalise(name, part.strip()) is not None
    ]


def _with_companions(form: Form, name: str, found: Found, hit: Hit) -> list[Candidate]:
    """The value itself where it has the format of its field, and what else stands in the same words."""
    main = _candidate(name, found, hit)
    own = [main] if normalise(name, found.text) is not None else []
    return own + _companions(form, name, main)


_SIGNED = {"cashier_name", "designer_name", "notary_name", "birth_attendant"}


def _is_elsewhere(sheet: Sheet, hit: Hit, found: Found) -> bool:
    """Whether a name on a line below is not centred under the label: signatures stand side by side."""
    label = sheet.segments[hit.segment].box
    apart = abs((found.box.left + found.box.right) - (label.left + label.right)) / 2
    return found.row > sheet.segments[hit.end_segment].row and apart > 2 * CENTRED


_PLAIN_PLACE = {"dia chi", "tai", "vi tri", "dia diem", "dia chi tai", "o", "o tai"}


def _is_of_land(form: Form, sheet: Sheet, hit: Hit, candidates: Sequence[Candidate]) -> bool:
    """Whether a plain `Địa chỉ` stands among the facts of a parcel: then it is where the land lies."""
    if hit.label.concept != "address" or "land_address" not in form.fields:
        return False
    pieces = sheet.segments[hit.segment].pieces[hit.start : hit.end if hit.segment == hit.end_segment else None]
    if fold(" ".join(piece.text for piece in pieces)) not in _PLAIN_PLACE:
        return False
    return any(candidate.name in {"parcel_number", "map_sheet"} for candidate in candidates)


_TOGETHER = {"date_of_death": "time_of_death", "time_of_birth": "date_of_birth", "date_of_birth": "time_of_birth"}
_ISSUER = re.compile(
    r"\d[\s,;.)]+(?:do\s+|nơi cấp:?\s*)?((?:Cục|Công an|CA|Bộ)\b[^\d;]*?)[\s,;]*(?:cấp.*)?$", re.IGNORECASE
)
_AFTER_DAY = re.compile(r"\d{4}[\s,;.]*(?:tại|do|nơi cấp|bởi)?\s*:?\s*((?:Cục|Công an|CA|Bộ)\b[^\d;]+)$", re.IGNORECASE)
_PARTED = re.compile(r"\s*[,;/|–-]\s*|\s{2,}")
_BORN_AT = re.compile(r"\d{4}[\s,;]*(?:tại|ở)\s+(\S.{3,})$")
_BORN_IN = re.compile(r"\(\s*(?:sinh\s*)?(?:năm\s*)?:?\s*((?:19|20)\d{2})\s*\)", re.IGNORECASE)
_ISSUED = re.compile(r"cấp(?: ngày)?:?\s*((?:ngày\s*)?\d{1,2}\s*(?:[/.-]|tháng).*)$", re.IGNORECASE)


def _companions(form: Form, name: str, main: Candidate) -> list[Candidate]:
    """What stands in the same words: the hour beside the day, the issuer and day of issue after a personal number."""
    found = main.found
    others = [(_TOGETHER[name], found.text)] if name in _TOGETHER else []
    if name.endswith("date_of_birth") and (place := _BORN_AT.search(found.text)):
        others.append((name.replace("date", "place"), place[1]))
    if name.endswith("_name") and (year := _BORN_IN.search(found.text)):
        others.append((f"{name.removesuffix('full_name').removesuffix('name')}date_of_birth", year[1]))
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
    return field_of(form, "name", party) if hit.colon and hit.label.party is not None else None


def _candidate(name: str, found: Found, hit: Hit) -> Candidate:
    weight = 0.99 - _ERROR_COST * hit.errors - _RANK_COST * min(hit.label.rank, 12)
    weight -= 0.0 if hit.colon else 0.04
    weight -= 0.05 if found.below else 0.0
    weight -= 0.15 if not hit.label.concept else 0.0
    if name in OWN_DAYS and hit.label.rank >= RANK:  # a bare `ngày` may be the day of a birth or a death
        weight = min(weight, UNSURE_DAY)
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
