"""Dossiers that wait for papers which never came: closed after the days that the procedure gives the citizen.

Nobody is closed over his head: the last day runs to its end, a day off to the next working day, and whoever sent papers
since he was asked is left to an officer. The stop notice (form 05) stays a draft until a person signs it off.
"""

from datetime import datetime, time
from typing import Any

from services.clock import VIETNAM, in_vietnam
from services.deadline.answer import last_answer_day
from services.dossier.commands import Action, Command
from services.dossier.errors import MotcuaError
from services.dossier.status import DossierStatus
from services.logs import get_logger
from services.storage.calendars import calendar_of
from services.storage.database import Connection
from services.storage.desk import act
from services.wording import sentence

log = get_logger(__name__)

BATCH = 500

_UNANSWERED = """SELECT d.code, d.unit, d.version, d.answer_by FROM dossier d
    WHERE d.status = %(asked)s AND d.answer_by < %(today)s AND (%(code)s::text IS NULL OR d.code = %(code)s)
      AND NOT EXISTS (SELECT 1 FROM document x WHERE x.dossier_id = d.id AND x.added_at > (
          SELECT max(h.at) FROM history h WHERE h.dossier_id = d.id AND h.kind = 'supplement_requested'))
    ORDER BY d.answer_by LIMIT %(most)s"""


def close_unanswered(connection: Connection, at: datetime) -> int:
    """Stop those whose last day is over; how many. Any number of processes may do it at once."""
    # the day before today is the last one that can be over
    today = datetime.combine(in_vietnam(at).date(), time(), VIETNAM)
    asked = {"asked": int(DossierStatus.SUPPLEMENT_REQUESTED), "today": today, "most": BATCH, "code": None}
    closed = 0
    for code, unit, *_ in connection.execute(_UNANSWERED.encode(), asked).fetchall():
        try:
            closed += _close(connection, code, asked | {"code": code}, at)
        except MotcuaError as error:
            log.warning("unanswered_not_closed", unit=unit, why=error.sentence.id)
    return closed


def _close(connection: Connection, code: str, asked: dict[str, Any], at: datetime) -> bool:
    with connection.transaction():
        # looked at again under its lock: papers may have come, or another process may have closed it
        row = connection.execute(f"{_UNANSWERED} FOR UPDATE OF d SKIP LOCKED".encode(), asked).fetchone()
        if row is None:
            return False
        _, unit, version, answer_by = row
        last = last_answer_day(answer_by, calendar_of(connection, unit).calendar)
        if in_vietnam(at).date() <= last:
            return False
        reason = sentence("dossier.unanswered", day=f"{last:%d/%m/%Y}").say()
        act(connection, code, Command(Action.STOP, at, reason=reason), version=version)
    log.info("closed_unanswered", dossier=code)
    return True
