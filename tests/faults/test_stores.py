"""A database that restarts, an object store that is away, a disk that is full."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.settings import Settings
from services.stack.postgres import EmbeddedPostgres
from services.stack.valkey import EmbeddedValkey
from services.storage.folder import FolderStore
from services.storage.objects import StoreFull
from tests.builders import seaweed
from tests.builders.road import Road, all_arrived, problems, road_of, roads, wait_for


def test_database_restarted(
    own_postgres: EmbeddedPostgres, settings: Settings, broker: EmbeddedValkey, tmp_path: Path
) -> None:
    """The database stops at once, as in a crash, and comes back: all arrive."""
    update = {"database_url": own_postgres.database(), "broker_url": broker.url, "relay_interval_s": 0.2}
    with road_of(settings.model_copy(update=update), tmp_path) as road:
        road.start_relay()
        road.start_worker(2)
        for _ in range(10):
            road.hand_in(["1 slow.pdf"])
        with road.connect() as connection:
            wait_for(lambda: "finished" in roads(connection).values())
        own_postgres.crash()
        time.sleep(1)
        own_postgres.start()
        with road.connect() as connection:
            wait_for(lambda: all_arrived(connection), 90)
            assert problems(connection) == []
            assert set(roads(connection).values()) == {"finished"}


def test_object_store_away_for_twenty_seconds(settings: Settings, broker: EmbeddedValkey, tmp_path: Path) -> None:
    """The store is gone for 20 s while documents wait to be fetched: attempts wait longer and longer, all arrive."""
    server = seaweed.SeaweedServer(tmp_path / "seaweed")
    server.start()
    update = {
        "broker_url": broker.url,
        "store_url": server.url,
        "store_access_key": seaweed.ACCESS_KEY,
        "store_secret_key": seaweed.SECRET_KEY,
    }
    try:
        with road_of(Settings.model_validate(settings.model_dump() | update), tmp_path) as road:
            road.extra["MOTCUA_TEST_FETCH"] = "1"
            for _ in range(5):
                road.hand_in(["1 a.pdf"])
            server.stop()
            road.start_relay()
            road.start_worker(2)
            time.sleep(20)
            server.start()
            with road.connect() as connection:
                wait_for(lambda: all_arrived(connection), 90)
                assert problems(connection) == []
                assert set(roads(connection).values()) == {"finished"}
                tried = connection.execute("SELECT count(*) FROM stage_run WHERE outcome = 'try_again'").fetchone()
        assert tried is not None
        assert tried[0] > 0
    finally:
        server.stop()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one mebibyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_disk_full(small_disk: Path, tmp_path: Path) -> None:
    """A full disk refuses the file with its reason, keeps nothing of it, and takes it once there is room."""
    store = FolderStore(small_disk)
    filler, file = small_disk / "filler", tmp_path / "file"
    filler.write_bytes(bytes(600_000))
    file.write_bytes(b"x" * 600_000)
    with pytest.raises(StoreFull):
        store.put("a/b", file)
    assert not store.exists("a/b")
    assert list(small_disk.rglob(".incoming-*")) == []
    filler.unlink()
    store.put("a/b", file)
    assert store.exists("a/b")


def test_dossier_is_not_taken_in_when_the_disk_is_full(small_disk: Path, road: Road) -> None:
    """No row without bytes: the dossier's number is not used up either."""
    road.settings = road.settings.model_copy(update={"store_url": f"file://{small_disk}"})
    (small_disk / "filler").write_bytes(bytes(1_040_000))
    big = road.folder / "big"
    big.write_bytes(os.urandom(100_000))
    with pytest.raises(StoreFull):
        road.hand_in(["1 big.pdf"], content=[big])
    (small_disk / "filler").unlink()
    assert road.hand_in(["1 big.pdf"], content=[big]).code.endswith("-0001")


def test_relay_and_worker_end_on_term(road: Road) -> None:
    """TERM ends both within seconds, without an error."""
    started = [road.start_relay(), road.start_worker(1)]
    road.hand_in(["1 a.pdf"])
    with road.connect() as connection:
        wait_for(lambda: all_arrived(connection))
    for process in started:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=20) for process in started] == [0, 0]
