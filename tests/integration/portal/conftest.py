"""The portal as a client of this process, over a province at work."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services import clock
from services.access.units import load_shipped_units
from services.catalogue.shipped import load_shipped
from services.portal.app import create_portal
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing
from services.storage.units import add_missing_units
from tests.builders.province import draw_province


@pytest.fixture
def pages(settings: Settings, connection: Connection) -> Iterator[TestClient]:
    """The pages over 130 drawn dossiers."""
    add_missing(connection, load_shipped())
    add_missing_units(connection, load_shipped_units())
    draw_province(connection, clock.now(), 130)
    with TestClient(create_portal(settings), headers={"accept": "text/html"}) as made:
        yield made


@pytest.fixture
def bare(settings: Settings, connection: Connection) -> Iterator[TestClient]:
    """The pages over a province where nothing has been handed in."""
    add_missing(connection, load_shipped())
    add_missing_units(connection, load_shipped_units())
    with TestClient(create_portal(settings), headers={"accept": "text/html"}) as made:
        yield made
