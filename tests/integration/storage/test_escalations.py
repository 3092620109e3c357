"""The escalation sweep: each rung once, silent while paused, apart by unit; it fires through the relay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services import clock
from services.access.units import load_shipped_units
from services.clock import VIETNAM
from services.deadline.escalation import Rung
from services.dossier.commands import Action, Command
from services.dossier.errors import CannotProceed
from services.settings import Settings
from services.stack.valkey import EmbeddedValkey
from services.storage import escalations
from services.storage.calendars import UnitCalendar, calendar_of
from services.storage.database import Connection, connect
from services.storage.desk import act
from services.storage.escalations import Swept, list_escalations, sweep_escalations
from services.storage.events import CHANNEL, note_events
from services.storage.procedures import store_procedures
from services.storage.units import add_missing_units
from services.wording import sentence
from tests.builders.road import road_of, wait_for
from tests.integration.storage.test_calendars import AT, receive
from tests.integration.storage.test_desk import PROCEDURES

# received on Monday 7/12/2026, five working days: due on Monday 14/12 at 17:00
NEAR = datetime(2026, 12, 11, 7, 30, tzinfo=VIETNAM)
LATE = datetime(2026, 12, 15, 0, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _filled(connection: Connection) -> None:
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))


def rungs(connection: Connection, dossier_id: int) -> list[str]:
    return [rung for rung, _, _ in list_escalations(connection, dossier_id)]


def test_the_ladder_is_climbed_once(connection: Connection) -> None:
    """Handler when near due, head when overdue, then director and province; a second sweep tells nobody again."""
    id_ = receive(connection, "E-1", "06463")
    assert sweep_escalations(connection, NEAR - timedelta(seconds=1)) == Swept(0, 0)
    assert sweep_escalations(connection, NEAR) == Swept(1, 1)
    assert sweep_escalations(connection, NEAR) == Swept(0, 0)
    assert rungs(connection, id_) == [Rung.HANDLER]
    assert sweep_escalations(connection, LATE).told == 1
    assert sweep_escalations(connection, LATE + timedelta(days=30)).told == 2
    assert rungs(connection, id_) == list(Rung)
    assert sweep_escalations(connection, LATE + timedelta(days=60)) == Swept(0, 0)
    told = connection.execute("SELECT count(*) FROM event WHERE kind = 'escalated'").fetchone()
    assert told == (4,)


def test_silent_while_paused_and_after_the_end(connection: Connection) -> None:
    """A paused dossier is not looked at; it goes on with a later date and a ladder of its own."""
    id_, done = receive(connection, "E-1", "06463"), receive(connection, "E-2", "06463")
    act(connection, "E-1", Command(Action.PAUSE, AT, reason="Niêm yết"), version=2)
    act(connection, "E-2", Command(Action.SIGN_RESULT, AT), version=2)
    assert sweep_escalations(connection, LATE) == Swept(0, 0)
    act(connection, "E-1", Command(Action.RESUME, NEAR), version=3)
    assert sweep_escalations(connection, LATE) == Swept(0, 0)
    assert sweep_escalations(connection, LATE + timedelta(days=3)).told >= 1
    assert rungs(connection, id_)[0] == Rung.HANDLER
    assert rungs(connection, done) == []


def test_one_unit_that_fails_stops_nobody(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A calendar that ends in one unit leaves the others served."""
    bad, good = receive(connection, "E-1", "05977"), receive(connection, "E-2", "06463")

    def broken(asked: Connection, unit: str) -> UnitCalendar:
        if unit == "05977":
            raise CannotProceed(sentence("deadline.beyond_calendar", day="1/1/2041"))
        return calendar_of(asked, unit)

    monkeypatch.setattr(escalations, "calendar_of", broken)
    assert sweep_escalations(connection, LATE) == Swept(1, 2, ("05977",))
    assert (len(rungs(connection, bad)), len(rungs(connection, good))) == (0, 2)


def test_a_round_takes_some_and_the_next_goes_on(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five are due: rounds of about two bring all before the head once."""
    monkeypatch.setattr(escalations, "BATCH", 2)
    ids = [receive(connection, f"E-{number}", ("06463", "05977")[number % 2]) for number in range(5)]
    assert [sweep_escalations(connection, LATE, most=2).looked_at for _ in range(4)] == [2, 2, 1, 0]
    assert all(rungs(connection, id_) == [Rung.HANDLER, Rung.HEAD] for id_ in ids)
    told = connection.execute("SELECT kind, count(*) FROM notice GROUP BY 1 ORDER BY 1").fetchall()
    assert [(kind, count) for kind, count in told if kind in {"near_due", "overdue"}] == [
        ("near_due", 5),
        ("overdue", 5),
    ]


def test_sweeps_at_once_tell_each_rung_once(
    connection: Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four sweeps side by side over sixty dossiers: each rung, event and notice once, whoever took it."""
    monkeypatch.setattr(escalations, "BATCH", 3)
    ids = [receive(connection, f"E-{number}", ("06463", "05977")[number % 2]) for number in range(60)]

    def sweep() -> Swept:
        with connect(database_url) as own:
            return sweep_escalations(own, LATE)

    with ThreadPoolExecutor(4) as pool:
        swept = [job.result() for job in [pool.submit(sweep) for _ in range(4)]]
    assert sum(one.told for one in swept) == 2 * len(ids)
    for table, where in (("escalation", "true"), ("event", "kind = 'escalated'"), ("notice", "facts ? 'rung'")):
        found = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}".encode()).fetchone()
        assert found == (2 * len(ids),), table


def test_a_date_that_cannot_be_read_stops_its_unit_alone(connection: Connection) -> None:
    """A lead time that no longer means anything is told in the log; what was planned for the others is done."""
    receive(connection, "E-1", "05977")
    good = receive(connection, "E-2", "06463")
    connection.execute("UPDATE dossier SET due = due || '{\"unit\": \"moons\"}' WHERE code = 'E-1'")
    assert sweep_escalations(connection, LATE) == Swept(1, 2, ("05977",))
    assert rungs(connection, good) == [Rung.HANDLER, Rung.HEAD]


def test_few_events_are_told_apart_many_in_one_word(connection: Connection) -> None:
    """Whoever listens is named the dossier of a few events, and woken once by thousands."""
    id_ = receive(connection, "E-1", "06463")
    connection.execute(f"LISTEN {CHANNEL}")
    note_events(connection, LATE, "escalated", [({"rung": "head"}, [id_])])
    assert [notice.payload.split()[0] for notice in connection.notifies(timeout=1)] == [str(id_)]
    note_events(connection, LATE, "escalated", [({"rung": "head"}, [id_] * 60), ({"rung": "director"}, [id_] * 60)])
    assert [notice.payload for notice in connection.notifies(timeout=1)] == [""]


def test_it_fires_through_the_relay(
    connection: Connection, settings: Settings, valkey: EmbeddedValkey, tmp_path: Path
) -> None:
    """A relay as a process of its own tells the rung within seconds of its moment."""
    id_ = receive(connection, "E-1", "06463")
    connection.execute("UPDATE dossier SET due_at = %s", (clock.now() - timedelta(days=30),))
    connection.execute("UPDATE escalation_call SET at = now()")
    with road_of(settings.model_copy(update={"broker_url": valkey.url}), tmp_path) as road:
        road.start_relay()
        wait_for(lambda: len(rungs(connection, id_)) == len(Rung))
