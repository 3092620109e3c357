"""From what is to be told to one message a reader: the applicant who agreed, the officers of a rung, subscribers.

What runs late is told to officers in one letter for all dossiers of a unit that came up together: a morning on which
forty come near their date is one letter, not forty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from services.access.roles import Role
from services.clock import in_vietnam
from services.deadline.escalation import Rung
from services.dossier.notices import FOR_APPLICANT, FOR_OFFICERS, NoticeKind, Way
from services.settings import Settings
from services.storage.database import Connection
from services.storage.messages import NewMessage, add_messages
from services.storage.notices import Notice, mark_spread, take_notices
from services.storage.readers import CONSENT, find_officer, find_officers, find_subscribers, find_ticket_contact
from services.storage.units import list_units, units_above

BATCH = 500
# what of an event's own facts is told on; the rest is for the log
TOLD_ON = ("old_due_at", "new_due_at", "rung", "version", "ticket")
UNNAMED = "—"


@dataclass
class Tree:
    """The units as one batch sees them."""

    connection: Connection
    names: dict[str, str] = field(default_factory=dict)
    centres: list[str] = field(default_factory=list)
    tops: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for unit in list_units(self.connection):
            self.names[unit.id] = unit.name
            self.centres += [unit.id] if unit.kind == "centre" else []
            self.tops += [unit.id] if unit.parent is None else []
        self.above = cache(lambda unit: units_above(self.connection, unit) if unit else [])


def spread_notices(connection: Connection, settings: Settings, at: datetime) -> int:
    """Write the messages of everything that is to be told, in one transaction a batch; how many messages."""
    written = 0
    while True:
        with connection.transaction():
            notices = take_notices(connection, BATCH)
            if not notices:
                return written
            tree = Tree(connection)
            messages = [message for notice in notices for message in _messages_of(connection, settings, notice, tree)]
            if settings.smtp_host:
                late = [notice for notice in notices if notice.kind in FOR_OFFICERS]
                messages += _letters(connection, late, tree)
            add_messages(connection, messages, at)
            mark_spread(connection, notices, at)
        written += len(messages)


def _messages_of(connection: Connection, settings: Settings, notice: Notice, tree: Tree) -> Iterator[NewMessage]:
    facts = _facts(notice, tree)
    of_dossier: dict[str, Any] = {"notice_id": notice.id, "dossier_id": notice.dossier_id, "unit": notice.unit}
    if notice.kind in FOR_APPLICANT and (way := _way_to(notice.applicant, settings)):
        yield NewMessage(notice.kind, way, "applicant", facts, **of_dossier)
    ticket = str(notice.facts.get("ticket", ""))
    # leaving it was the consent
    if ticket and (way := _way_to({**find_ticket_contact(connection, ticket), CONSENT: "yes"}, settings)):
        yield NewMessage(notice.kind, way, f"ticket:{ticket}", facts, **of_dossier)
    for subscriber in find_subscribers(connection, notice.kind, tree.above(notice.unit)):
        yield NewMessage(notice.kind, Way.WEBHOOK, f"webhook:{subscriber}", facts, **of_dossier)


def _way_to(applicant: dict[str, Any], settings: Settings) -> Way | None:
    """Mail where he gave an address, a text message otherwise; nothing to whoever did not agree."""
    if applicant.get(CONSENT) != "yes":
        return None
    if applicant.get("email") and settings.smtp_host:
        return Way.EMAIL
    return Way.SMS if applicant.get("phone") and settings.sms_url else None


def _letters(connection: Connection, notices: Iterable[Notice], tree: Tree) -> list[NewMessage]:
    letters: dict[tuple[int, NoticeKind, str], list[Notice]] = {}
    for notice in notices:
        for account in _officers(connection, notice, tree):
            letters.setdefault((account, notice.kind, notice.unit), []).append(notice)
    return [
        NewMessage(
            kind, Way.EMAIL, f"account:{account}",
            {"unit_name": tree.names.get(unit, unit), "count": len(told),
             "dossiers": [_facts(notice, tree) for notice in told]},
            unit=unit, dossier_id=told[0].dossier_id if len(told) == 1 else None,
        )
        for (account, kind, unit), told in letters.items()
    ]  # fmt: skip


def _officers(connection: Connection, notice: Notice, tree: Tree) -> list[int]:
    """Whom a rung is: who works on it, the head of its unit, the centre's head with the unit's leader, the province.

    Papers that came for a dossier are told to the first.
    """
    unit = notice.unit
    match Rung.HANDLER if notice.kind is NoticeKind.PAPERS_ADDED else notice.facts.get("rung"):
        case Rung.HANDLER:
            own = find_officer(connection, notice.officer) if notice.officer else []
            return own or find_officers(connection, [unit], [Role.HANDLER, Role.ONE_STOP])
        case Rung.HEAD:
            return find_officers(connection, [unit], [Role.HEAD])
        case Rung.DIRECTOR:
            centre = find_officers(connection, tree.centres, [Role.HEAD])
            return sorted({*centre, *find_officers(connection, [unit], [Role.LEADER])})
        case Rung.PROVINCE:
            return find_officers(connection, tree.tops, [Role.LEADER])
        case _:
            return []


def _facts(notice: Notice, tree: Tree) -> dict[str, Any]:
    """What a message may say: of the dossier, never of a person."""
    told = {name: notice.facts[name] for name in TOLD_ON if name in notice.facts}
    if notice.dossier_id is None:
        return {"at": in_vietnam(notice.at).isoformat(), **told}
    return {
        "at": in_vietnam(notice.at).isoformat(), "code": notice.code, "unit": notice.unit,
        "unit_name": tree.names.get(notice.unit, notice.unit), "procedure": notice.procedure or None,
        "procedure_name": notice.procedure_name or None, "status": notice.status,
        "due_at": in_vietnam(notice.due_at).isoformat() if notice.due_at else None, **told,
    }  # fmt: skip
