"""A dossier in a unit, settings that reach the servers of the test, an authority that signs their certificates."""

from pathlib import Path

import pytest
import trustme

from services.access.units import load_shipped_units
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import store_procedures
from services.storage.units import add_missing_units
from tests.integration.storage.test_desk import PROCEDURES


@pytest.fixture(autouse=True)
def _filled(connection: Connection) -> None:
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the certificates of the test's servers."""
    return trustme.CA()


@pytest.fixture
def authority_file(authority: trustme.CA, tmp_path: Path) -> str:
    """Its certificate as a file."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture
def reaching(settings: Settings) -> Settings:
    """Quick to try again, and allowed to reach this machine."""
    return settings.model_copy(update={
        "smtp_host": "127.0.0.1", "smtp_security": "none", "smtp_sender": "mot-cua@example.gov.vn",
        "webhook_hosts": "127.0.0.1, localhost", "notify_retry_base_s": 0.01, "notify_timeout_s": 10.0,
        "notify_interval_s": 0.05, "public_url": "https://dichvucong.example.gov.vn",
    })  # fmt: skip
