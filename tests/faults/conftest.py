"""A road with quick retries, so that faults heal within a test's patience."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.settings import Settings
from services.stack.valkey import EmbeddedValkey
from tests.builders.road import Road, road_of


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    """A broker of this test alone: what one test leaves in its queues is no other's business."""
    server = EmbeddedValkey(tmp_path / "valkey")
    yield server
    server.stop()


@pytest.fixture
def road(settings: Settings, broker: EmbeddedValkey, tmp_path: Path) -> Iterator[Road]:
    """A road on the embedded broker with quick retries."""
    quick = settings.model_copy(update={"broker_url": broker.url, "retry_base_s": 0.2, "relay_interval_s": 0.2})
    with road_of(quick, tmp_path) as made:
        yield made
