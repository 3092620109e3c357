"""A version of a procedure as a form, and back: lists are lines, `lead | case`, `amount | note`; papers are rows."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from services.api.catalogue import VersionIn
from services.catalogue.procedure import Procedure, RequiredPaper
from services.dossier.errors import Refused
from services.dossier.kinds import PaperKind
from services.dossier.naming import name_kind
from services.language.fold import fold
from services.wording import Language, sentence

PLAIN = (
    "name_vi", "name_en", "field", "level", "handler", "where", "audience", "result", "steps", "conditions",
    "legal_basis", "decision",
)  # fmt: skip
SPARE = 3
"""Empty rows for more papers."""
UNKNOWN = "?"
_OF_PAPER = ("name", "kinds", "copy", "when", "presented", "template", "note")


def fill_form(procedure: Procedure, day: date) -> dict[str, Any]:
    """The values a form begins with: what the newest version says, from a day on."""
    times = [(sentence(f"catalogue.time_{one.lead.unit}", amount=one.lead.amount).say(), one.case)
             for one in procedure.times]  # fmt: skip
    fees = [(UNKNOWN if fee.amount_vnd is None else str(fee.amount_vnd), fee.note) for fee in procedure.fees]
    rule = procedure.supplement
    return {
        **{name: str(getattr(procedure, name)) for name in PLAIN},
        "times": _lines(times), "fees": _lines(fees), "synonyms": "\n".join(procedure.synonyms),
        "notes": "\n".join(procedure.notes), "restarts": "1" if rule.restarts else "",
        "answer_days": str(rule.answer_days or ""), "effective_from": day.isoformat(), "reason": "",
        "papers": [_row(paper) for paper in procedure.papers],
    }  # fmt: skip


def keep_typed(sent: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as the form shows it again."""
    names = (*PLAIN, "times", "fees", "synonyms", "notes", "restarts", "answer_days", "effective_from", "reason")
    return {name: sent.get(name, "") for name in names} | {"papers": _rows(sent)}


def read_version(sent: Mapping[str, str]) -> VersionIn:
    """The version that a form asks for; a paper without a name is left out.

    Raises:
        Refused: a kind of paper or a fee is not known.
        ValidationError: a required value is missing, or one is too long.
    """
    # a browser ends the lines of a text with two signs
    values: dict[str, Any] = {name: sent.get(name, "").replace("\r\n", "\n").strip() for name in PLAIN}
    return VersionIn.model_validate(values | {
        "effective_from": sent.get("effective_from", ""), "reason": sent.get("reason", "").strip(),
        "synonyms": _split(sent, "synonyms"), "notes": _split(sent, "notes"),
        "times": [{"lead": lead, "case": case} for lead, case in _pairs(sent, "times")],
        "fees": [{"amount_vnd": _amount(amount), "note": note} for amount, note in _pairs(sent, "fees")],
        "papers": [_read_paper(row) for row in _rows(sent) if row["name"].strip()],
        "restarts": bool(sent.get("restarts")), "answer_days": sent.get("answer_days") or None,
    })  # fmt: skip


def kind_names(language: Language) -> list[str]:
    """What kinds of paper are called, for a list of suggestions."""
    return sorted((name_kind(kind).say(language) for kind in PaperKind), key=fold)


def _row(paper: RequiredPaper) -> dict[str, str]:
    return {
        "name": paper.name, "kinds": "; ".join(name_kind(kind).say() for kind in paper.kinds),
        "copy": str(paper.copy or ""), "when": paper.when or "", "presented": "1" if paper.presented else "",
        "template": paper.template, "note": paper.note,
    }  # fmt: skip


def _rows(sent: Mapping[str, str]) -> list[dict[str, str]]:
    numbers = {int(part) for name in sent if (part := name.removeprefix("paper-").split("-")[0]).isdecimal()}
    rows = [{name: sent.get(f"paper-{number}-{name}", "") for name in _OF_PAPER} for number in sorted(numbers)]
    return [row for row in rows if any(value.strip() for value in row.values())]


def _read_paper(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": row["name"].strip(), "kinds": [_kind(name) for name in row["kinds"].split(";") if name.strip()],
        "copy_kind": row["copy"] or None, "when": row["when"].strip() or None, "presented": bool(row["presented"]),
        "template": row["template"].strip(), "note": row["note"].strip(),
    }  # fmt: skip


def _kind(name: str) -> PaperKind:
    found = _kinds().get(fold(name.strip()))
    if found is None:
        raise Refused(sentence("catalogue.unknown_kind", kind=name.strip()))
    return found


@cache
def _kinds() -> dict[str, PaperKind]:
    """Kinds by what they are called in either language, and by their own word."""
    named = {fold(name_kind(kind).say(language)): kind for language in Language for kind in PaperKind}
    return named | {str(kind): kind for kind in PaperKind}


def _lines(pairs: list[tuple[str, str]]) -> str:
    return "\n".join(f"{value} | {about}" if about else value for value, about in pairs)


def _split(sent: Mapping[str, str], name: str) -> list[str]:
    return [line.strip() for line in sent.get(name, "").splitlines() if line.strip()]


def _pairs(sent: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    parted = (line.partition("|") for line in _split(sent, name))
    return [(value.strip(), about.strip()) for value, _, about in parted]


def _amount(text: str) -> int | None:
    digits = text.replace(".", "").replace("đ", "").strip()
    if digits in {UNKNOWN, ""}:
        return None
    if not digits.isdecimal():
        raise Refused(sentence("catalogue.unreadable_fee", text=text))
    return int(digits)
