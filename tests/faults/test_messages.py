"""Messages that come twice or thrice, relays that run side by side, brokers that forget."""

from pathlib import Path
from uuid import UUID

from services.pipeline.broker import make_app, publish
from services.pipeline.route import Lane
from services.settings import Settings
from services.storage.runs import read_run
from tests.builders.rabbitmq import RabbitNode
from tests.builders.road import Road, all_arrived, problems, road_of, roads, wait_for


def test_every_message_three_times(road: Road) -> None:
    """Two more messages for every run that was ever opened do nothing."""
    road.start_relay()
    road.start_worker(2)
    for _ in range(5):
        road.hand_in(["10 a.pdf"])
    app = make_app(road.settings)
    with road.connect() as connection:
        sent: set[UUID] = set()
        while not all_arrived(connection) or len(sent) < 30:
            for (run_id,) in connection.execute("SELECT id FROM stage_run").fetchall():
                run = read_run(connection, run_id)
                if run_id not in sent and run is not None:
                    publish(app, [run, run])
                    sent.add(run_id)
        assert problems(connection) == []
        assert set(roads(connection).values()) == {"finished"}


def test_two_relays_at_once(road: Road) -> None:
    """Two relays and no other publisher: every run is started once."""
    road.start_relay()
    road.start_relay()
    road.start_worker(2)
    for _ in range(10):
        road.hand_in(["1 a.pdf", "1 flaky.pdf"])
    with road.connect() as connection:
        wait_for(lambda: all_arrived(connection))
        assert problems(connection) == []
        assert set(roads(connection).values()) == {"finished"}


def test_broker_killed_with_runs_waiting(rabbit: RabbitNode, settings: Settings, tmp_path: Path) -> None:
    """KILL RabbitMQ while runs wait, start it again: all arrive, on quorum queues with publisher confirms."""
    quick = settings.model_copy(update={"broker_url": rabbit.url, "retry_base_s": 0.2, "relay_interval_s": 0.2})
    with road_of(quick, tmp_path) as road:
        road.start_relay()
        road.start_worker(1)
        for _ in range(8):
            road.hand_in(["2 slow.pdf"])
        with road.connect() as connection:
            wait_for(lambda: "finished" in roads(connection).values())
            rabbit.stop(kill=True)
            late = road.hand_in(["1 late.pdf"]).code
            rabbit.start()
            wait_for(lambda: all_arrived(connection), 120)
            assert problems(connection) == []
            assert set(roads(connection).values()) == {"finished"}
            assert late in roads(connection)


def test_backlog_does_not_delay_the_express_lane(road: Road) -> None:
    """A same-day dossier that comes behind a bulk backlog is through long before it."""
    for _ in range(30):
        road.hand_in(["1 slow.pdf"], lane=Lane.BULK)
    road.start_relay()
    road.start_worker(1)
    with road.connect() as connection:
        wait_for(lambda: "finished" in roads(connection).values())
        urgent = road.hand_in(["1 slow.pdf"], lane=Lane.EXPRESS).code
        wait_for(lambda: roads(connection)[urgent] == "finished", 20)
        behind = [code for code, where in roads(connection).items() if where == "moving"]
    assert len(behind) >= 15
