"""How well lateness is foreseen: `python -m benchmarks.forecast [--dossiers N] [--seed N]`.

On histories that are drawn, not real ones: procedures of a few fields, three or four steps whose working times are
log-normal around a share of the budget, slow and fast units, busy weeks, some requests for papers. At each of several
moments the model learns from what had ended by then and judges what was open and not yet late; what became of it is
known. `brier` is the mean square of what was foreseen less what happened, `brier_constant` that of always saying the
share of late ones so far: a ratio below 1 says that the forecast knows something.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.measured import Measured, print_measured
from services.clock import VIETNAM
from services.deadline.calendar import SECOND, WorkingCalendar, build_calendar, moment_at, place
from services.deadline.clock import find_ledger_due
from services.deadline.forecast import LIKELY, Kind, foresee, learn, place_open, time_steps
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.ledger import read_ledger
from services.deadline.verdict import draw_lines
from services.dossier.history import EventKind, HistoryEvent

START = datetime(2026, 1, 5, 7, 30, tzinfo=VIETNAM)
DAYS = 300
CUTS = (120, 150, 180, 210, 240, 270)
LEARNED = 4000
FIELDS = ("Đất đai", "Hộ tịch", "Xây dựng", "Bảo trợ xã hội")
STEPS = ("Thụ lý", "Thẩm định", "Lấy ý kiến", "Ký duyệt")
Drawn = tuple[Kind, LeadTime, tuple[HistoryEvent, ...]]


@dataclass(frozen=True, slots=True)
class Ways:
    """How long things take: the share of the budget of each step by procedure, and how much slower each unit is."""

    shares: dict[str, tuple[float, ...]]
    leads: dict[str, LeadTime]
    units: tuple[float, ...]


def draw_ways(chance: random.Random) -> Ways:
    """Twelve procedures and eight units."""
    names = [f"{number + 1}.{number:06d}" for number in range(12)]
    shares = {name: tuple(chance.uniform(0.08, 0.3) for _ in range(chance.randint(3, 4))) for name in names}
    leads = {name: LeadTime(chance.choice([3, 5, 7, 10, 15, 20]), LeadUnit.WORKING_DAYS) for name in names}
    return Ways(shares, leads, tuple(chance.lognormvariate(0, 0.25) for _ in range(8)))


def draw_history(chance: random.Random, ways: Ways, calendar: WorkingCalendar) -> Drawn:
    """One dossier from reception to result."""
    name = chance.choice(list(ways.shares))
    at = START + timedelta(minutes=chance.randrange(60 * 24 * DAYS))
    filed = place(at)
    at = moment_at(calendar.find_open(calendar.open_before(filed) + SECOND))
    lead = ways.leads[name]
    budget = calendar.open_before(place(find_due(lead, at, calendar))) - calendar.open_before(place(at))
    # a busy fortnight slows everybody
    pace = chance.choice(ways.units) * (1.4 if (at - START).days // 14 % 4 == 3 else 1.0)
    events = [HistoryEvent(EventKind.RECEIVED, at)]
    for step, share in zip(STEPS, ways.shares[name], strict=False):
        at = _work(calendar, at, budget * share * 0.15)
        events.append(HistoryEvent(EventKind.HANDED_OVER, at, step=step))
        if chance.random() < 0.05:
            events.append(HistoryEvent(EventKind.SUPPLEMENT_REQUESTED, at, items=("giấy",)))
            at = _work(calendar, at, budget * chance.uniform(0.1, 0.8))
            events.append(HistoryEvent(EventKind.SUPPLEMENT_COMPLETED, at))
        at = _work(calendar, at, budget * share * pace * chance.lognormvariate(0, 0.5))
    events.append(HistoryEvent(EventKind.RESULT_SIGNED, at))
    return Kind(name, FIELDS[int(name.partition(".")[0]) % len(FIELDS)]), lead, tuple(events)


def find_due(lead: LeadTime, at: datetime, calendar: WorkingCalendar) -> datetime:
    """The due date of a reception."""
    due = find_ledger_due(read_ledger([HistoryEvent(EventKind.RECEIVED, at)]), lead, calendar)
    assert due is not None  # noqa: S101 - it was received
    return due


def _work(calendar: WorkingCalendar, at: datetime, microseconds: float) -> datetime:
    return moment_at(calendar.find_open(calendar.open_before(place(at)) + int(microseconds) + SECOND))


def back_test(drawn: Sequence[Drawn], calendar: WorkingCalendar) -> tuple[list[tuple[float, bool]], list[float]]:
    """What was foreseen and whether it came, of every cut; and the share of late ones that was known by then."""
    known = [
        (kind, lead, events, due, draw_lines(due, lead, calendar).late_from)
        for kind, lead, events in drawn
        if (due := find_ledger_due(read_ledger(events), lead, calendar)) is not None
    ]
    told: list[tuple[float, bool]] = []
    constant: list[float] = []
    for day in CUTS:
        cut = START + timedelta(days=day)
        ended = sorted((one for one in known if one[2][-1].at < cut), key=lambda one: one[2][-1].at)[-LEARNED:]
        model = learn(time for kind, _, events, due, _ in ended for time in time_steps(events, kind, due, calendar))
        late_before = sum(events[-1].at >= late for _, _, events, _, late in ended) / len(ended)
        for kind, lead, events, _, late in known:
            so_far = [event for event in events if event.at <= cut]
            if not so_far or len(so_far) == len(events):
                continue
            due = find_ledger_due(read_ledger(so_far), lead, calendar)
            lines = None if due is None else draw_lines(due, lead, calendar)
            if due is None or lines is None or lines.late_from <= cut:
                continue
            where = place_open(so_far, kind, (due, lines.late_from), calendar, cut)
            if where is not None:
                told.append((foresee(model, where).probability, events[-1].at >= late))
                constant.append(late_before)
    return told, constant


def score(told: Sequence[tuple[float, bool]], constant: Sequence[float]) -> dict[str, float]:
    """Precision and recall at a half, Brier scores, and how often it came where it was called likely or unlikely."""
    hits = sum(chance >= LIKELY and came for chance, came in told)
    called, late = sum(chance >= LIKELY for chance, _ in told), sum(came for _, came in told)
    first = sorted(told, key=lambda pair: -pair[0])[: max(1, len(told) // 10)]
    return {
        "judged": len(told),
        "late": late,
        "called_late": called,
        "precision": round(hits / called, 4) if called else 0.0,
        "recall": round(hits / late, 4) if late else 0.0,
        "brier": round(sum((chance - came) ** 2 for chance, came in told) / len(told), 4),
        "brier_constant": round(
            sum((share - came) ** 2 for share, (_, came) in zip(constant, told, strict=True)) / len(told), 4
        ),
        "foreseen_share": round(sum(chance for chance, _ in told) / len(told), 4),
        "late_share": round(late / len(told), 4),
        "late_among_first_tenth": round(sum(came for _, came in first) / len(first), 4),
    }


def run(arguments: Sequence[str]) -> Measured:
    """The figures on drawn histories; the ratio is the Brier score against that of a constant."""
    parser = argparse.ArgumentParser("forecast")
    parser.add_argument("--dossiers", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=766)
    asked = parser.parse_args(arguments)
    chance, calendar = random.Random(asked.seed), build_calendar()
    ways = draw_ways(chance)
    figures = score(*back_test([draw_history(chance, ways, calendar) for _ in range(asked.dossiers)], calendar))
    ratio = figures["brier"] / figures["brier_constant"]
    missed = ("the forecast knows no more than a constant",) if ratio >= 1 else ()
    return Measured("forecast", {"histories": "drawn", **figures}, {"brier": round(ratio, 3)}, missed)


if __name__ == "__main__":
    print_measured(run)
