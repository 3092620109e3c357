"""Which open dossiers will be late, from the times that finished ones took.

A finished dossier tells for each of its steps how much of its budget went by from entering the step to the end: office
working time ÷ the working time of the whole limit, pauses left out of both. An open one that is in a step for a share
`e`, with a share `r` left, is late if its own share will be above `e + r`. Among those that had not ended at `e`, the
part above `e + r` is its probability. Few such dossiers are drawn towards those of a wider circle (procedure and step,
procedure, field and step, field, all), each worth `PRIOR` dossiers of the narrower one.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.deadline.calendar import WorkingCalendar, place
from services.deadline.count import HOUR, lose_working_time
from services.deadline.ledger import Ledger, read_ledger
from services.dossier.history import HistoryEvent
from services.dossier.standing import Standing, stand
from services.dossier.status import DossierStatus

PRIOR = 6.0
LIKELY = 0.5
"""From this probability on a dossier is said to be likely late."""
ENOUGH = 5
"""So many like it make a circle that is worth naming as the reason."""

Key = tuple[str, ...]


class Circle(StrEnum):
    """Whose times were looked at, the narrowest first."""

    PROCEDURE_STEP = "procedure_step"
    PROCEDURE = "procedure"
    FIELD_STEP = "field_step"
    FIELD = "field"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a dossier is about: the code of its procedure, and its field."""

    procedure: str
    field: str


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step of a finished dossier; `share` of its budget went by from entering the step to the end.

    `step` is empty for the time from reception (or a restart) on.
    """

    procedure: str
    field: str
    step: str
    share: float


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Where an open dossier is: shares of its budget `spent` in the step, in all (`total`) and `left`; `hours` of
    working time in the step."""

    procedure: str
    field: str
    step: str
    spent: float
    total: float
    left: float
    hours: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The probability (0–1) of ending late, and the narrowest circle of at least `ENOUGH` (or of as many as any wider
    one has): of `like` dossiers that were as long in the step, `late` took longer than there is left."""

    probability: float
    circle: Circle
    like: int
    late: int


@dataclass(slots=True)
class Model:
    """Step times by circle, each sorted; made by `learn`."""

    shares: dict[Key, list[float]] = field(default_factory=dict)
    dossiers: int = 0


def learn(times: Iterable[StepTime], dossiers: int = 0) -> Model:
    """The model of these step times."""
    shares: dict[Key, list[float]] = defaultdict(list)
    for time in times:
        for key in _keys(time.procedure, time.field, time.step):
            # circles without a step hold whole dossiers: each once, from its reception
            if key[0] in _STEPPED or not time.step:
                shares[key].append(time.share)
    return Model({key: sorted(found) for key, found in shares.items()}, dossiers)


def foresee(model: Model, where: OpenStep) -> Forecast:
    """How likely a dossier is to end late."""
    if where.left <= 0:
        return Forecast(1.0, Circle.ALL, 0, 0)
    # where nobody was ever as long in the office, it is late as surely as not
    probability = LIKELY
    named: tuple[Circle, int, int] | None = None
    for key in reversed(_keys(where.procedure, where.field, where.step)):
        spent = where.spent if key[0] in _STEPPED else where.total
        like, late = _count_late(model.shares.get(key, ()), spent, where.left)
        probability = (late + PRIOR * probability) / (like + PRIOR)
        if named is None or (like and like >= min(ENOUGH, named[1])):
            named = (Circle(key[0]), like, late)
    circle, like, late = named or (Circle.ALL, 0, 0)
    return Forecast(round(probability, 4), circle, like, late)


def time_steps(
    events: Sequence[HistoryEvent], kind: Kind, due_at: datetime, calendar: WorkingCalendar
) -> list[StepTime]:
    """What a finished dossier tells; nothing where it did not end with a result."""
    standing, ledger = stand(events), read_ledger(events)
    if standing.ended_at is None or ledger.counted_from is None or standing.status not in _ENDED_WITH_RESULT:
        return []
    budget = _budget(ledger, due_at, calendar)
    return [
        StepTime(kind.procedure, kind.field, name, _office_time(ledger, since, standing.ended_at, calendar) / budget)
        for name, since in _entries(standing, ledger.counted_from)
    ]


def place_open(
    events: Sequence[HistoryEvent], kind: Kind, due: tuple[datetime, datetime], calendar: WorkingCalendar, now: datetime
) -> OpenStep | None:
    """Where an open dossier is; `due` is its due moment and the one after which it is late. None: no clock runs.

    While it is paused nothing runs: it is looked at as when the pause began.
    """
    standing, ledger = stand(events), read_ledger(events)
    if ledger.counted_from is None or standing.ended_at is not None:
        return None
    at = ledger.rows[-1].start if ledger.paused else now
    budget = _budget(ledger, due[0], calendar)
    name, since = _entries(standing, ledger.counted_from)[-1]
    spent = _office_time(ledger, since, at, calendar)
    left = lose_working_time(calendar, place(at), place(due[1])) if at < due[1] else 0
    total = _office_time(ledger, ledger.counted_from, at, calendar)
    return OpenStep(
        kind.procedure, kind.field, name, spent / budget, total / budget, left / budget, round(spent / HOUR, 1)
    )


_ENDED_WITH_RESULT = frozenset({DossierStatus.DONE, DossierStatus.RETURNED})
_STEPPED: frozenset[str] = frozenset({Circle.PROCEDURE_STEP, Circle.FIELD_STEP})


def _keys(procedure: str, field_: str, step: str) -> tuple[Key, ...]:
    return (
        (Circle.PROCEDURE_STEP, procedure, step),
        (Circle.PROCEDURE, procedure),
        (Circle.FIELD_STEP, field_, step),
        (Circle.FIELD, field_),
        (Circle.ALL,),
    )


def _count_late(shares: Sequence[float], spent: float, left: float) -> tuple[int, int]:
    """How many lasted longer than what is spent, and how many of them longer than there is."""
    return len(shares) - bisect_right(shares, spent), len(shares) - bisect_right(shares, spent + left)


def _entries(standing: Standing, counted_from: datetime) -> list[tuple[str, datetime]]:
    """Each step with the moment from which it counts: no earlier than the count itself."""
    return [("", counted_from), *((step.name, max(step.since, counted_from)) for step in standing.steps)]


def _budget(ledger: Ledger, due_at: datetime, calendar: WorkingCalendar) -> int:
    """Working time of the limit, at least an hour, so that a limit used up on paper divides nothing by zero."""
    start = ledger.counted_from or due_at
    return max(HOUR, _office_time(ledger, start, max(start, due_at), calendar))


def _office_time(ledger: Ledger, start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    """Working time between two moments less the ended pauses in between; one that lasts has moved nothing yet."""
    if end <= start:
        return 0
    spent = lose_working_time(calendar, place(start), place(end))
    for row in ledger.rows:
        first, last = max(row.start, start), min(row.end or row.start, end)
        if first < last:
            spent -= lose_working_time(calendar, place(first), place(last))
    return spent
