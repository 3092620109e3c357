"""What a message says to a person: Vietnamese first, English below; no name, no number of a person, no receipt key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.clock import in_vietnam
from services.dossier.notices import FOR_OFFICERS, NoticeKind
from services.wording import Language, sentence

SHOWN = 50
"""Dossiers that one letter to an officer lists."""


def subject_of(kind: NoticeKind, facts: Mapping[str, Any]) -> str:
    """The subject of a letter, in Vietnamese."""
    return sentence(f"letter.{kind}_subject", **_gaps(facts, Language.VI)).say()


def letter_of(kind: NoticeKind, facts: Mapping[str, Any], public_url: str) -> str:
    """The text of a letter, in both languages."""
    parts = []
    for language in Language:
        said = [sentence(f"letter.{kind}", **_gaps(facts, language)).say(language)]
        if kind in FOR_OFFICERS:
            said += _list(facts, language)
        if link := _link(kind, facts, public_url):
            said.append(sentence("letter.link", link=link).say(language))
        said.append(sentence("letter.foot_officer" if kind in FOR_OFFICERS else "letter.foot").say(language))
        parts.append("\n\n".join(said))
    return f"\n\n{'—' * 20}\n\n".join(parts) + "\n"


def text_of(kind: NoticeKind, facts: Mapping[str, Any], public_url: str) -> str:
    """A text message, in Vietnamese."""
    said = sentence(f"letter.{kind}", **_gaps(facts, Language.VI)).say()
    return f"{said} {link}" if (link := _link(kind, facts, public_url)) else said


def _link(kind: NoticeKind, facts: Mapping[str, Any], public_url: str) -> str:
    """Where to look: the receipt key is asked for there and stands in no message."""
    if not public_url:
        return ""
    base = public_url.rstrip("/")
    if kind in FOR_OFFICERS:
        return f"{base}/can-bo"
    return f"{base}/hoi-dap" if kind is NoticeKind.TICKET_ANSWERED else f"{base}/tra-cuu?code={facts['code']}"


def _gaps(facts: Mapping[str, Any], language: Language) -> dict[str, str | int]:
    return {
        "code": facts.get("code", ""),
        "ticket": facts.get("ticket", ""),
        "unit": facts.get("unit_name", ""),
        "procedure": facts.get("procedure_name") or sentence("letter.some_procedure").say(language),
        "due": _day(facts.get("due_at")) or sentence("letter.no_due").say(language),
        "count": facts.get("count", 1),
    }


def _list(facts: Mapping[str, Any], language: Language) -> list[str]:
    dossiers = facts["dossiers"]
    lines = [
        sentence("letter.row", **_gaps(one, language)).say(language) for one in dossiers[:SHOWN]
    ]  # fmt: skip
    if len(dossiers) > SHOWN:
        lines.append(sentence("letter.more", count=len(dossiers) - SHOWN).say(language))
    return ["\n".join(lines)]


def _day(moment: str | None) -> str:
    return f"{in_vietnam(datetime.fromisoformat(moment)):%H:%M %d/%m/%Y}" if moment else ""
