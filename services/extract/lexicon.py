"""Which labels a kind of paper may carry, built once from `labels.toml` and `kinds.toml`."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from services.dossier.compare import squeeze
from services.dossier.kinds import FIELDS_OF, PaperKind
from services.extract.labels import SHORT, Index, Label, index_labels

PARTIES = (
    "father", "mother", "husband", "wife", "applicant", "agent", "principal", "transferor", "transferee", "spouse",
    "payer",
)  # fmt: skip
_OF_A_PERSON = {
    "name", "date_of_birth", "citizen_id", "gender", "ethnicity", "nationality", "hometown", "address", "phone",
    "place_of_birth",
}  # fmt: skip
_WITH_PARTY = 10  # so many wordings of a concept are combined with whose it is; the rest are rare


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of one kind: its labels, whose the first lines are, the order of persons, two-column parties."""

    labels: Index
    party: str
    order: tuple[str, ...]
    columns: tuple[str, ...]
    fields: frozenset[str]
    parties: tuple[str, ...] = ()
    card: bool = False


@cache
def load_form(kind: PaperKind) -> Form:
    """The labels of a kind; `OTHER` gives only the general ones."""
    general, own = _read("labels.toml"), _read("kinds.toml").get(kind.value, {})
    fields = frozenset(FIELDS_OF[kind])
    parties = [party for party in PARTIES if any(name.startswith(party + "_") for name in fields)]
    if kind is PaperKind.LAND_TRANSFER_CONTRACT:
        parties.append("spouse")
    labels = [
        *_own_labels(own),
        *_headings(general["party"], parties),
        *_concepts(general, [*parties, "subject"]),
    ]
    return Form(
        labels=index_labels(_without_doubles(labels)),
        party=own.get("party", ""),
        order=tuple(own.get("order", [])),
        columns=tuple(own.get("columns", [])),
        fields=fields,
        parties=tuple(parties),
        card=kind is PaperKind.CITIZEN_ID_FRONT,
    )


def field_of(form: Form, concept: str, party: str) -> str | None:
    """The field that a concept of a party fills on this kind of paper, None when the paper has no such field."""
    if concept.startswith("="):
        return concept[1:]
    writer = "sender_name" if "sender_name" in form.fields else "full_name"  # who writes a letter says who he is
    own = {"": writer}.get(party, f"{party}_name") if concept == "name" else f"{party}_{concept}".strip("_")
    if own in form.fields:
        return own
    if concept == "address" and party.endswith("spouse"):  # a couple's one address stands under the second name
        return field_of(form, concept, party.removesuffix("spouse").strip("_"))
    if concept in {"phone", "email", "addressee", "copies_requested"} and concept in form.fields:
        return concept
    if concept == "relationship":
        return next((name for name in ("applicant_relationship", "relationship") if name in form.fields), None)
    return None


def _label(
    text: str,
    concept: str,
    party: str | None = None,
    *,
    colon: bool = False,
    after: tuple[str, ...] = (),
    rank: int = 0,
) -> Label:
    """A wording as a label; one of very few letters counts only as it is printed."""
    squeezed = squeeze(text)
    exact = text.casefold().strip(" :.") if len(squeezed) <= SHORT else ""
    return Label(squeezed, concept, party, colon, after, rank, exact)


def _own_labels(own: dict[str, Any]) -> list[Label]:
    found = [
        _label(text, f"={name}", rank=rank)
        for name, texts in own.get("fields", {}).items()
        for rank, text in enumerate(texts)
    ]
    for name, rule in own.get("after", {}).items():
        found += [_label(t, f"={name}", after=tuple(rule["after"]), rank=r) for r, t in enumerate(rule["labels"])]
    for concept, texts in own.get("parties", {}).items():
        found += [_label(text, concept, rank=rank) for rank, text in enumerate(texts)]
    found += [_label(text, "none") for text in own.get("none", {}).get("labels", [])]
    return [_short_needs_colon(label) for label in found]


def _short_needs_colon(label: Label) -> Label:
    """Very short wordings (`Số`, `Tại`, `Ngày`, `Ngành`) also stand in running text."""
    if len(label.squeezed) > 5 or label.after:  # noqa: PLR2004 - letters
        return label
    return replace(label, colon=True)


def _headings(table: dict[str, Any], parties: list[str]) -> list[Label]:
    found = []
    for party in [*parties, "subject"]:
        texts = table[party]
        found += [_label(text, "", _whose(party)) for text in texts["headings"]]
        found += [_label(text, "", _whose(party), colon=True) for text in texts["heading_colon"]]
    return found


def _concepts(general: dict[str, Any], parties: list[str]) -> list[Label]:
    found = []
    for concept, table in general["concept"].items():
        after = tuple(table.get("after", ()))
        plain = [*enumerate(table["labels"])]
        if concept in _OF_A_PERSON:
            found += [
                _label(f"{text} {phrase}", concept, _whose(party), rank=rank)
                for rank, text in plain[:_WITH_PARTY]
                for party in parties
                for phrase in general["party"][party]["phrases"]
            ]
        found += [_label(text, concept, after=after, rank=rank) for rank, text in plain]
        found += [_label(text, concept, colon=True, rank=9) for text in table.get("colon", ())]
    return found


def _whose(party: str) -> str:
    return "" if party == "subject" else party


def _without_doubles(labels: list[Label]) -> tuple[Label, ...]:
    """The first meaning of a wording wins, except where it hangs on what stands before."""
    seen: dict[tuple[str, tuple[str, ...], bool], Label] = {}
    for label in labels:
        if len(label.squeezed) > 1:
            seen.setdefault((label.squeezed, label.after, label.colon), label)
    return tuple(seen.values())


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("services.extract").joinpath(name).read_text("utf-8"))


@cache
def wordings_of(kind: PaperKind, field: str, concept: str, party: str) -> tuple[str, ...]:
    """How forms of this kind may ask for a field: its own wordings, or those of its concept with whose it is."""
    general, own = _read("labels.toml"), _read("kinds.toml").get(kind.value, {})
    after = own.get("after", {}).get(field, {}).get("labels", [])
    found = [*own.get("fields", {}).get(field, []), *after]
    table = general["concept"].get(concept, {})
    plain = [*table.get("labels", []), *table.get("colon", [])]
    phrases = general["party"].get(party.rpartition("_")[2], {}).get("phrases", []) if party else []
    found += [f"{text} {phrase}" for text in plain[:_WITH_PARTY] for phrase in phrases[:4]] + plain
    return tuple(found)
