"""The road alone, with stages that do nearly nothing, on both brokers."""

from pathlib import Path

import pytest

from services.settings import Settings
from tests.builders.road import all_arrived, problems, road_of, roads, wait_for


@pytest.fixture(params=["valkey", "rabbit"])
def broker_url(request: pytest.FixtureRequest) -> str:
    """The URL of each broker in turn."""
    url: str = request.getfixturevalue(request.param).url
    return url


def test_dossiers_arrive(settings: Settings, broker_url: str, tmp_path: Path) -> None:
    """Many documents, many pages, one that is refused, one that fails twice: all arrive, nothing is done twice."""
    with road_of(settings.model_copy(update={"broker_url": broker_url, "retry_base_s": 0.05}), tmp_path) as road:
        road.start_relay()
        road.start_worker(2)
        codes = [road.hand_in(["1 a.pdf", "30 b.pdf"]).code for _ in range(5)]
        refused = road.hand_in(["1 encrypted.pdf", "2 a.pdf"]).code
        flaky = road.hand_in(["1 flaky.pdf"]).code
        with road.connect() as connection:
            wait_for(lambda: all_arrived(connection))
            assert problems(connection) == []
            found = roads(connection)
            assert [found[code] for code in (*codes, flaky)] == ["finished"] * 6
            assert found[refused] == "waits_for_person"
