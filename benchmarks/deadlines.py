"""How fast due dates are recomputed: `python -m benchmarks.deadlines [COUNT]`.

Draws lead times, receptions and pauses from a fixed seed, then times the bare date (`compute_s`), the date that can
tell its reasons (`date_s`), and all reasons of all dates put together (`explain_s`), in seconds of one core, whatever
else the machine does. The target is 100,000 in 2 s for the first two: a calendar edit re-projects every open dossier of
a province, and few of its dates move.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import process_time

from benchmarks.measured import Measured, print_measured, shares_of
from services.deadline.calendar import build_calendar
from services.deadline.due import due_date, find_due
from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.suspension import Suspension

COUNT = 100_000
TARGET_S = 2.0
Case = tuple[LeadTime, datetime, tuple[Suspension, ...]]


def draw_cases(count: int, seed: int = 766) -> list[Case]:
    """`count` dossiers of 2024–2026: four units of lead time, every fifth with one or two pauses."""
    chance = random.Random(seed)
    return [_draw_case(chance) for _ in range(count)]


def _draw_case(chance: random.Random) -> Case:
    received = datetime(2024, 1, 2, tzinfo=UTC) + timedelta(minutes=chance.randrange(1_400_000))
    unit = chance.choice(list(LeadUnit))
    lead = LeadTime(0 if unit is LeadUnit.SAME_DAY else chance.randint(1, 30), unit)
    pauses: list[Suspension] = []
    if chance.random() < 0.2:
        for _ in range(chance.randint(1, 2)):
            start = received + timedelta(hours=chance.randrange(1, 200))
            pauses.append(Suspension(start, start + timedelta(hours=chance.randrange(1, 300))))
    return lead, received, tuple(pauses)


def measure(count: int) -> dict[str, float]:
    """Seconds to lay out the calendar, to compute and to explain `count` due dates."""
    began = process_time()
    calendar = build_calendar()
    built = process_time()
    cases = draw_cases(count)
    drawn = process_time()
    for lead, received, pauses in cases:
        find_due(lead, received, calendar, pauses)
    computed = process_time()
    for lead, received, pauses in cases:
        due_date(lead, received, calendar, pauses)
    dated = process_time()
    for lead, received, pauses in cases:
        found = due_date(lead, received, calendar, pauses)
        assert found.lines and found.used >= 0  # noqa: S101, PT018 - both are put together when they are asked for
    explained = process_time()
    spent = {"calendar_s": built - began, "compute_s": computed - drawn, "date_s": dated - computed,
             "explain_s": explained - dated}  # fmt: skip
    return {name: round(seconds, 3) for name, seconds in spent.items()}


def run(arguments: Sequence[str]) -> Measured:
    """The figures; computing is held against its target, which grows with the count."""
    count = int(arguments[0]) if arguments else COUNT
    figures = measure(count)
    return Measured(
        "deadlines",
        {"due_dates": count, **figures},
        *shares_of(figures, dict.fromkeys(("compute_s", "date_s"), TARGET_S * count / COUNT)),
    )


if __name__ == "__main__":
    print_measured(run)
