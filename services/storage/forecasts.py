"""What a forecast needs of the database: the newest finished dossiers to learn from, and open ones due soon."""

from dataclasses import dataclass
from datetime import datetime

from services.deadline.forecast import Forecast, Kind, Model, OpenStep, foresee, learn, place_open, time_steps
from services.dossier.status import DossierStatus
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.storage.history import read_histories

LEARNED = 4000
"""As many finished dossiers, the newest first, are learned from: practice changes."""
MOST = 2000

_FINISHED = """SELECT id, coalesce(procedure, ''), coalesce(field, ''), unit, due_at FROM dossier
    WHERE result_at < %s AND due_at IS NOT NULL AND status = ANY(%s) ORDER BY result_at DESC LIMIT %s"""
_OPEN = """SELECT id, code, coalesce(procedure, ''), coalesce(field, ''), unit, officer, due_at, late_after,
    paused_at IS NOT NULL
    FROM dossier WHERE received_at IS NOT NULL AND result_at IS NULL AND late_after < %(until)s
    AND (%(unit)s::text IS NULL OR unit = %(unit)s) ORDER BY late_after, id LIMIT %(most)s"""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An open dossier, where it is, and how likely it is to end late."""

    code: str
    unit: str
    officer: str
    due_at: datetime
    late_after: datetime
    paused: bool
    where: OpenStep
    forecast: Forecast


def learn_from_finished(connection: Connection, before: datetime) -> Model:
    """The model of what the connection may see, of dossiers that ended with a result before a moment.

    Raises:
        CannotProceed: a calendar does not reach that far.
    """
    ended = [int(DossierStatus.DONE), int(DossierStatus.RETURNED)]
    rows = connection.execute(_FINISHED, (before, ended, LEARNED)).fetchall()
    histories = read_histories(connection, [row[0] for row in rows])
    calendars = {unit: calendar_of(connection, unit).calendar for unit in {row[3] for row in rows}}
    times = [
        time
        for id_, procedure, field, unit, due_at in rows
        for time in time_steps(histories.get(id_, ()), Kind(procedure, field), due_at, calendars[unit])
    ]
    return learn(times, len(rows))


def foresee_open(
    connection: Connection, model: Model, now: datetime, until: datetime, unit: str | None = None
) -> tuple[list[Foreseen], bool]:
    """Open dossiers whose date runs out before a moment, the likeliest to be late first; whether there are more than
    were looked at (the `MOST` that are due first are).

    Raises:
        CannotProceed: a calendar does not reach that far.
    """
    rows = connection.execute(_OPEN, {"until": until, "unit": unit, "most": MOST + 1}).fetchall()
    looked_at = rows[:MOST]
    histories = read_histories(connection, [row[0] for row in looked_at])
    calendars = {one: calendar_of(connection, one).calendar for one in {row[4] for row in looked_at}}
    found = []
    for id_, code, procedure, field, whose, officer, due_at, late_after, paused in looked_at:
        where = place_open(histories.get(id_, ()), Kind(procedure, field), (due_at, late_after), calendars[whose], now)
        if where is not None:
            forecast = foresee(model, where)
            found.append(Foreseen(code, whose, officer, due_at, late_after, paused, where, forecast))
    found.sort(key=lambda one: (-one.forecast.probability, one.late_after, one.code))
    return found, len(rows) > MOST
