"""Random histories that the state machine itself admits, for property tests."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from services.deadline.calendar import WorkingCalendar
from services.deadline.clock import find_ledger_due
from services.deadline.lead import LeadTime
from services.deadline.ledger import read_ledger
from services.dossier.commands import Action, Command, Rules
from services.dossier.errors import Refused
from services.dossier.history import HistoryEvent
from services.dossier.standing import stand
from services.dossier.transitions import allowed_actions, decide

START = datetime(2026, 1, 5, 2, tzinfo=UTC)


def walk_history(
    seed: int, lead: LeadTime, calendar: WorkingCalendar, *, restarts: bool, steps: int = 25
) -> list[HistoryEvent]:
    """One history: actions drawn among those allowed, at growing moments; refused ones are left out."""
    chance = random.Random(seed)
    events: list[HistoryEvent] = []
    at = START + timedelta(minutes=chance.randrange(60 * 24 * 300))
    for _ in range(steps):
        at += timedelta(minutes=chance.choice([1, 30, 300, 2000, 9000]))
        due_at = find_ledger_due(read_ledger(events), lead, calendar)
        rules = Rules(due_at, None, restarts, chance.choice([None, 10]), ("",))
        for command in draw_commands(chance, events, at, due_at):
            try:
                events.append(decide(stand(events), command, rules))
                break
            except Refused:
                continue
    return events


def draw_commands(
    chance: random.Random, events: Sequence[HistoryEvent], at: datetime, due_at: datetime | None
) -> Iterator[Command]:
    """Every action that the state admits, in a random order; a guard may still refuse one."""
    actions = list(allowed_actions(stand(events)))
    chance.shuffle(actions)
    notes = {Action.NOTE_SYNCHRONISED, Action.NOTE_SYNCHRONISATION_FAILED}
    ends = {Action.WITHDRAW, Action.STOP, Action.REFUSE, Action.REFUSE_RECEPTION, Action.SIGN_RESULT}
    # endings and notes are tried last mostly, so that histories grow long enough to be of interest
    actions.sort(key=lambda action: action in ends | notes and chance.random() < 0.95)
    for action in actions:
        yield Command(
            action=action,
            at=at,
            actor="officer",
            reason="reason",
            step="step",
            step_days=chance.randint(0, 3),
            items=("paper",),
            deliberate=True,
            amount_vnd=1000,
            new_due_at=(due_at or at) + timedelta(days=chance.randint(1, 20)),
            result_code="KQ.G15.000031",
            time_case=chance.choice([None, ""]),
        )
