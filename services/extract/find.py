"""The fields of a paper, by where its words stand.

Labels are found wherever they are, each gives the words beside, below or after it, and each value must pass the format
of its field. What no label gives, a learned labeller may find. What a QR code or a machine-readable zone says outranks
print.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.dossier.field import Field
from services.dossier.kinds import PaperKind
from services.dossier.page import Page
from services.extract.candidates import Candidate, choose, field_from, normalise
from services.extract.card import read_card
from services.extract.codes import Code, fields_from_codes
from services.extract.cues import add_cues
from services.extract.doubt import misread_pages
from services.extract.grammar import free_words, guess_labels, load_grammar
from services.extract.header import read_header
from services.extract.labeller import Labeller
from services.extract.labels import find_labels
from services.extract.learned import with_learned
from services.extract.level import Tilt
from services.extract.lexicon import load_form
from services.extract.loose import read_loose
from services.extract.party import assign_parties
from services.extract.prose import read_prose
from services.extract.refine import refine_hits
from services.extract.rows import Sheet, lay_out
from services.extract.trust import weigh_fields
from services.extract.values import Reader


def find_fields(
    kind: PaperKind | None, pages: Sequence[Page], codes: Sequence[Code] = (), labeller: Labeller | None = None
) -> tuple[Field, ...]:
    """All fields of one paper, each with raw and normalised value, confidence, page, box and source.

    `pages` are the pages of this paper in order; `codes` what machine-readable marks on them say. An unknown or other
    kind gives what a document of an authority has (number, kind, date, authority, subject, signer). `labeller`: the
    model for what the rules leave empty, the shipped one where none is given.
    """
    if kind is PaperKind.UNREADABLE or not pages:
        return ()
    kind = kind or PaperKind.OTHER
    sheet = lay_out(pages)
    form = load_form(kind)
    candidates: list[Candidate] = []
    if sheet.rows:
        if kind is not PaperKind.OTHER:
            grammar = load_grammar(kind, form.parties)
            guessed = guess_labels(grammar, sheet, find_labels(sheet, form.labels))
            hits = free_words(sheet, add_cues(kind, grammar, sheet, refine_hits(grammar, sheet, guessed)))
            candidates += assign_parties(form, sheet, Reader(sheet, hits), hits)
        candidates += read_header(kind, sheet)
        candidates += read_card(kind, sheet)
        candidates += read_prose(kind, sheet)
    chosen = choose(candidates)
    if sheet.rows:
        chosen = choose(with_learned(kind, sheet, chosen, labeller))
        chosen += choose(read_loose(kind, form, sheet, _values(chosen)))
    found = [_placed(sheet, field_from(candidate, kind)) for candidate in chosen]
    return tuple(weigh_fields(_with_codes(found, fields_from_codes(kind, pages, codes)), misread_pages(sheet)))


def _values(chosen: Iterable[Candidate]) -> dict[str, str]:
    """Name to normalised value."""
    return {one.name: normalise(one.name, one.found.text) or "" for one in chosen}


def _placed(sheet: Sheet, field: Field) -> Field:
    """The field with its box on the page as it was seen."""
    tilt = sheet.tilts[field.document, field.page]
    return field if field.box is None or tilt == Tilt() else replace(field, box=tilt.back(field.box))


def _with_codes(printed: Iterable[Field], coded: Iterable[Field]) -> list[Field]:
    """A machine-readable mark outranks print; a value that only print has stays."""
    best = {field.name: field for field in printed}
    for field in coded:
        best[field.name] = field
    return sorted(best.values(), key=lambda field: (field.document, field.page, field.name))
