"""The application as a client of this process."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services.api.app import create_app
from services.catalogue.shipped import load_shipped
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing


@pytest.fixture
def client(settings: Settings, connection: Connection) -> Iterator[TestClient]:
    """A client of the real application, with the catalogue that ships."""
    add_missing(connection, load_shipped())
    with TestClient(create_app(settings)) as made:
        yield made
