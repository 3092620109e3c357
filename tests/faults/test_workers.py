"""Workers that are killed, and stages that raise, hang or kill their process every time."""

import os
import signal

from services.pipeline.route import LOST_CAP, Stage, step_of
from tests.builders.road import Road, all_arrived, problems, roads, wait_for


def count(road: Road, query: str) -> int:
    """The one number a query gives."""
    with road.connect() as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def test_worker_killed_in_the_middle_of_twenty_documents(road: Road) -> None:
    """KILL the whole worker while it reads; another one takes over and nothing is read twice."""
    road.start_relay()
    first = road.start_worker(2)
    for _ in range(20):
        road.hand_in(["1 slow.pdf"])
    wait_for(lambda: count(road, "SELECT count(*) FROM stage_run WHERE stage = 'ocr' AND outcome = 'done'") >= 3)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    road.start_worker(2)
    with road.connect() as connection:
        wait_for(lambda: all_arrived(connection), 90)
        assert problems(connection) == []
        assert set(roads(connection).values()) == {"finished"}
    assert count(road, "SELECT count(*) FROM page") == 20


def test_one_process_of_a_worker_killed(road: Road) -> None:
    """KILL the process that reads: its run is closed as lost and done again."""
    road.start_relay()
    road.start_worker(1)
    road.hand_in(["1 slow.pdf"])
    busy = "SELECT count(*) FROM stage_run WHERE stage = 'ocr' AND started_at IS NOT NULL AND finished_at IS NULL"
    wait_for(lambda: count(road, busy) == 1)
    with road.connect() as connection:
        row = connection.execute(
            "SELECT worker FROM stage_run WHERE stage = 'ocr' AND started_at IS NOT NULL AND finished_at IS NULL"
        ).fetchone()
        assert row is not None
        os.kill(int(row[0].rsplit(":", 1)[1]), signal.SIGKILL)
        wait_for(lambda: all_arrived(connection))
        assert problems(connection) == []
        assert set(roads(connection).values()) == {"finished"}
    assert count(road, "SELECT count(*) FROM stage_run WHERE outcome = 'lost'") == 1


def test_stage_that_raises_every_time(road: Road) -> None:
    """Tried up to its cap, then a person with the reason; the dossier's other file is read all the same."""
    road.start_relay()
    road.start_worker(1)
    code = road.hand_in(["1 raises.pdf", "2 fine.pdf"]).code
    with road.connect() as connection:
        wait_for(lambda: all_arrived(connection))
        assert problems(connection) == []
        assert roads(connection)[code] == "waits_for_person"
        reasons = connection.execute("SELECT reason FROM stage_run WHERE outcome = 'waits_for_person'").fetchall()
    assert [reason["params"]["error"] for (reason,) in reasons] == ["ZeroDivisionError"]
    tried = count(road, "SELECT count(*) FROM stage_run WHERE stage = 'ocr' AND outcome = 'try_again'")
    assert tried == step_of(Stage.OCR).attempts - 1
    assert count(road, "SELECT count(*) FROM page") == 2


def test_stage_that_kills_its_process_every_time(road: Road) -> None:
    """Lost up to the cap, then a person; the worker lives on for others."""
    road.start_relay()
    road.start_worker(1)
    bad = road.hand_in(["1 dies.pdf"]).code
    good = road.hand_in(["1 fine.pdf"]).code
    with road.connect() as connection:
        wait_for(lambda: all_arrived(connection), 90)
        assert problems(connection) == []
        assert roads(connection) == {bad: "waits_for_person", good: "finished"}
    assert count(road, "SELECT count(*) FROM stage_run WHERE outcome = 'lost'") == LOST_CAP - 1


def test_stage_that_hangs_every_time(road: Road) -> None:
    """Stopped at its allowance each time, then a person; the worker lives on for others."""
    road.extra["MOTCUA_TEST_ALLOWANCE"] = "1"
    road.start_relay()
    road.start_worker(2)
    bad = road.hand_in(["1 hangs.pdf"]).code
    good = road.hand_in(["1 fine.pdf"]).code
    with road.connect() as connection:
        wait_for(lambda: all_arrived(connection), 90)
        assert problems(connection) == []
        assert roads(connection) == {bad: "waits_for_person", good: "finished"}
