"""A province at work: dossiers of eight months over units, procedures and officers, drawn anew the same for a seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services import clock
from services.catalogue.procedure import Procedure
from services.catalogue.shipped import load_shipped
from services.dossier.finding import Finding, Severity
from services.dossier.history import EventKind, HistoryEvent
from services.storage.appointments import appoint
from services.storage.database import Connection
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.feedback import Kind, Said, keep_feedback
from services.storage.history import append_history
from services.storage.papers import store_findings
from services.wording import sentence

UNITS = ("05977", "05986", "06463", "06541", "20")
OFFICERS = ("nong.hoa", "hoang.tho", "ly.mai", "be.lan", "vi.hung")
STEPS = ("Thụ lý", "Thẩm định", "Trình ký")
WORDS = ("Cán bộ tận tình, giải thích rõ.", "Mong trả kết quả qua bưu chính.", "Phải đi lại hai lần.")
KINDS = (Kind.PRAISE, Kind.SUGGESTION, Kind.COMPLAINT)
LATE, ASKED, MISSING, RATED = 0.1, 0.2, 0.25, 0.5


@dataclass(frozen=True, slots=True)
class Drawn:
    """One dossier before it is written."""

    number: int
    procedure: Procedure
    unit: str
    at: datetime


def draw_province(connection: Connection, now: datetime, count: int = 160, days: int = 240, seed: int = 1) -> None:
    """Write `count` dossiers handed in over the `days` before `now`, most of them finished; catalogue and units are
    there already."""
    chance = random.Random(seed)
    timed = [one for one in load_shipped() if one.times and one.papers][:14]
    for number in range(count):
        # the last weeks are as full as the months before, so that charts by day have something to show, and gaps
        ago = chance.uniform(0.1, 30) if number % 3 == 0 else chance.uniform(1, days)
        at = _at_work(now - timedelta(days=ago))
        _write(connection, chance, Drawn(number, chance.choice(timed), chance.choice(UNITS), min(at, now)), now)


def _at_work(at: datetime) -> datetime:
    there = clock.in_vietnam(at).replace(hour=9)
    return there - timedelta(days=max(0, there.weekday() - 4))


def _write(connection: Connection, chance: random.Random, drawn: Drawn, now: datetime) -> None:
    procedure, at = drawn.procedure, drawn.at
    code = f"H37.00-{at:%y%m%d}-{drawn.number:04d}"
    new = NewDossier(
        code, drawn.unit, chance.choice((1, 2, 2, 3)), {"name": "Nông Thị Hoa"}, "", procedure.code, "normal", 1, at,
        "KEY",
    )  # fmt: skip
    id_ = add_dossier(connection, new)
    asked = chance.random() < ASKED
    facts = [one for one in _facts(chance, drawn, asked=asked) if one.at <= now]
    append_history(connection, id_, facts, after=0)
    appoint(connection, id_, procedure, "normal")
    if chance.random() < MISSING:
        store_findings(connection, id_, "check", "dossier", [_missing(chance.choice(procedure.papers[:3]).name)])
    if facts[-1].kind is EventKind.RESULT_SIGNED and chance.random() < RATED:
        keep_feedback(connection, code, Said(Kind.RATING, stars=chance.choice((5, 5, 4, 4, 3, 2))), facts[-1].at)
        place = chance.randrange(3)
        keep_feedback(connection, code, Said(KINDS[place], WORDS[place]), facts[-1].at)


def _facts(chance: random.Random, drawn: Drawn, *, asked: bool) -> Sequence[HistoryEvent]:
    """What happens to it up to its result; whoever asks leaves out what is still to come."""
    at, officer = drawn.at, chance.choice(OFFICERS)
    lead = drawn.procedure.times[0].lead
    days = max(1.0, float(lead.amount) if "hour" not in str(lead.unit) else 1.0)
    took = days * (chance.uniform(1.6, 2.6) if chance.random() < LATE else chance.uniform(0.3, 0.95))
    facts = [HistoryEvent(EventKind.SUBMITTED, at), HistoryEvent(EventKind.RECEIVED, at + timedelta(hours=1), officer)]
    step = chance.choice(STEPS)
    facts.append(HistoryEvent(EventKind.HANDED_OVER, at + timedelta(hours=2), officer, step=step))
    waited = 0.0
    if asked:
        waited = chance.uniform(1, 6)
        began = at + timedelta(days=days * 0.2, hours=3)
        facts.append(HistoryEvent(EventKind.SUPPLEMENT_REQUESTED, began, officer, reason="Thiếu giấy tờ",
                                  items=("Tờ khai",), answer_by=began + timedelta(days=30)))  # fmt: skip
        facts.append(HistoryEvent(EventKind.SUPPLEMENT_COMPLETED, began + timedelta(days=waited)))
    facts.append(HistoryEvent(EventKind.RESULT_SIGNED, at + timedelta(days=took * 1.3 + waited, hours=4), officer))
    return facts


def _missing(paper: str) -> Finding:
    return Finding("missing_paper", Severity.BLOCKING, sentence("check.missing_paper", name=paper), ())
