"""Papers that never came: the dossier is stopped after the citizen's last day, by the relay, never over his head."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services import clock
from services.access.units import load_shipped_units
from services.clock import VIETNAM
from services.deadline.answer import last_answer_day
from services.deadline.calendar import build_calendar
from services.dossier.commands import Action, Command
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.status import DossierStatus
from services.settings import Settings
from services.stack.valkey import EmbeddedValkey
from services.storage.appointments import appoint
from services.storage.database import Connection
from services.storage.desk import act, look
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import store_procedures
from services.storage.projection import project
from services.storage.unanswered import close_unanswered
from services.storage.units import add_missing_units
from tests.builders.road import road_of, wait_for
from tests.integration.storage.test_calendars import AT, receive
from tests.integration.storage.test_desk import PROCEDURES

# asked on Monday 7/12/2026 for ten days: Thursday 17/12
LAST = datetime(2026, 12, 17, 23, 59, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _filled(connection: Connection) -> None:
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))


def ask(connection: Connection, code: str) -> int:
    """A dossier of which papers were asked for."""
    id_ = receive(connection, code, "06463")
    asked = Command(Action.REQUEST_SUPPLEMENT, AT, "an", reason="Thiếu", items=("Giấy chứng sinh",))
    act(connection, code, asked, version=2)
    return id_


def status(connection: Connection, code: str) -> DossierStatus | None:
    case = look(connection, code)
    return None if case is None else case.standing.status


def test_the_last_day_runs_to_its_end_and_a_day_off_to_the_next_working_day() -> None:
    calendar = build_calendar()
    days = {date(2026, 12, 17): 17, date(2026, 12, 18): 18, date(2026, 12, 19): 21, date(2026, 12, 20): 21}
    for day, last in days.items():
        morning = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        assert last_answer_day(morning, calendar) == date(2026, 12, last)


def test_it_is_closed_after_the_last_day_and_told(connection: Connection) -> None:
    """Once, with the reason, the notice and the fact; the office is not late."""
    id_ = ask(connection, "N-1")
    assert close_unanswered(connection, LAST) == 0
    assert close_unanswered(connection, LAST + timedelta(minutes=2)) == 1
    assert close_unanswered(connection, LAST + timedelta(minutes=3)) == 0
    case = look(connection, "N-1")
    assert case is not None
    last = case.events[-1]
    assert (last.kind, last.actor, "17/12/2026" in last.reason) == (EventKind.STOPPED, "", True)
    assert case.standing.officer == "an"
    told = connection.execute("SELECT kind FROM notice WHERE dossier_id = %s ORDER BY id DESC", (id_,)).fetchone()
    assert told == ("stopped",)
    state = connection.execute("SELECT on_time_state(d) FROM dossier d WHERE id = %s", (id_,)).fetchone()
    assert state in {("early",), ("on_time",)}
    stored = connection.execute("SELECT status, result_at FROM dossier WHERE id = %s", (id_,)).fetchone()
    project(connection, id_)
    assert connection.execute("SELECT status, result_at FROM dossier WHERE id = %s", (id_,)).fetchone() == stored


def test_whoever_answered_is_left_to_an_officer(connection: Connection) -> None:
    """Papers that came since; papers completed; a procedure that gives no days; what was sent before does not count."""
    sent, done, before = (ask(connection, f"N-{n}") for n in range(3))
    late = LAST + timedelta(days=30)
    for id_, at in ((sent, AT + timedelta(days=3)), (before, AT - timedelta(hours=1))):
        connection.execute(
            """INSERT INTO document (dossier_id, number, name, sha256, size, key, added_at)
               VALUES (%s, 1, 'a.pdf', 'x', 1, 'x', %s)""",
            (id_, at),
        )
    act(connection, "N-1", Command(Action.COMPLETE_SUPPLEMENT, AT + timedelta(days=2)), version=3)
    assert close_unanswered(connection, late) == 1
    assert [status(connection, f"N-{n}") for n in range(3)] == [
        DossierStatus.SUPPLEMENT_REQUESTED, DossierStatus.PROCESSING, DossierStatus.STOPPED,
    ]  # fmt: skip
    assert done != before


def test_it_fires_through_the_relay(
    connection: Connection, settings: Settings, valkey: EmbeddedValkey, tmp_path: Path
) -> None:
    """A relay as a process of its own closes it; one that is told not to leaves it alone."""
    then = clock.now() - timedelta(days=60)
    id_ = add_dossier(connection, NewDossier("N-1", "06463", 1, {}, "", None, "normal", 1, then, "KEY"))
    facts = [HistoryEvent(EventKind.SUBMITTED, then), HistoryEvent(EventKind.RECEIVED, then)]
    append_history(connection, id_, facts, after=0)
    appoint(connection, id_, PROCEDURES["9.000001"], "normal")
    asked = Command(Action.REQUEST_SUPPLEMENT, then, reason="Thiếu", items=("Giấy chứng sinh",))
    act(connection, "N-1", asked, version=2)
    ours = settings.model_copy(update={"broker_url": valkey.url})
    with road_of(ours, tmp_path) as road:
        road.start_relay()
        wait_for(lambda: status(connection, "N-1") is DossierStatus.STOPPED)
