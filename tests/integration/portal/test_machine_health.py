"""What leaders read of the machine is what is: a broker that is stopped is told as away, and work nobody does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from services.access.units import load_shipped_units
from services.catalogue.shipped import load_shipped
from services.portal.app import create_portal
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing
from services.storage.units import add_missing_units
from tests.builders.rabbitmq import RabbitNode, missing

WELL = "Hàng đợi và kho tệp đang trả lời"


@pytest.fixture
def own_rabbit(tmp_path: Path) -> Iterator[RabbitNode]:
    """A broker that this test may stop."""
    if why := missing():
        pytest.skip(why)
    node = RabbitNode(tmp_path / "rabbit")
    node.start()
    yield node
    node.stop()


def test_a_broker_that_stops_is_said_and_forgotten_once_it_runs(
    own_rabbit: RabbitNode, settings: Settings, connection: Connection
) -> None:
    """Page and API; the leaders' page and the administrators' say the same."""
    add_missing(connection, load_shipped())
    add_missing_units(connection, load_shipped_units())
    portal = create_portal(settings.model_copy(update={"broker_url": own_rabbit.url}))
    with TestClient(portal, headers={"accept": "text/html"}) as pages:
        assert pages.get("/v1/machine").json()["broker"] == "ok"
        assert WELL in pages.get("/lanh-dao").text
        own_rabbit.stop()
        assert pages.get("/v1/machine").json()["broker"] == "away"
        shown = pages.get("/lanh-dao").text
        assert "Máy chủ hàng đợi không trả lời" in shown
        assert WELL not in shown
        assert "Mất kết nối" in pages.get("/quan-tri/may").text
        own_rabbit.start()
        assert WELL in pages.get("/lanh-dao").text


def test_work_that_nobody_does_is_said(pages: TestClient, connection: Connection) -> None:
    """Two runs have waited for an hour and no run is worked at; a worker that takes one up is enough."""
    connection.execute(
        """INSERT INTO stage_run (id, dossier_id, stage, lane, subject, round, attempt, opened_at, relay_after)
           SELECT gen_random_uuid(), (SELECT min(id) FROM dossier), 'ocr', 'normal', 'document ' || n, 1, 1,
                  now() - interval '1 hour', now() FROM generate_series(1, 2) n"""
    )
    shown = pages.get("/lanh-dao").text
    assert "Có 2 việc chờ quá 5 phút" in shown
    assert "60 phút</a>" in shown
    connection.execute("UPDATE stage_run SET started_at = now(), worker = 'w:1' WHERE subject = 'document 1'")
    assert "việc chờ quá 5 phút" not in pages.get("/lanh-dao").text
