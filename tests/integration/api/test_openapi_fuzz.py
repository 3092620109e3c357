"""schemathesis over the whole OpenAPI document, as an administrator who may everything, on a real server and database.

What the document says is held against what the server does: no 5xx, no answer of another shape, nothing taken that the
document forbids. Three checks are off: a request of the right form may still be refused, since a unit or host of that
name need not exist; a wrong receipt's key beside a right token opens what the token opens (who may what is held by
`tests/integration/access/test_matrix.py`); and `GET /v1/models/kinds/use` is read as the model of number `use`.
"""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from services import clock
from services.access.roles import Permit
from services.access.units import load_shipped_units
from services.settings import Settings
from services.storage.database import Connection
from services.storage.sessions import add_token
from services.storage.units import add_missing_units
from tests.integration.access.conftest import CODES, add
from tests.integration.api.conftest import Served

SECONDS = 60
# drawn requests find what nobody thought of, so they are asked for on purpose: a merge waits for what can be repeated
PHASES = "examples,coverage,fuzzing" if os.environ.get("MOTCUA_FUZZ") else "examples,coverage"
# an event stream ends when the reader leaves; tus has a test of its own, and lets a client send any header
LEFT_OUT = "/events$|^/v1/uploads"
# too many files (413) and a client that does not speak tus (412) are refused before the rest is looked at
EXPECTED = """[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429", "5xx"]
"""
OFF = "positive_data_acceptance,ignored_auth,unsupported_method"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Everybody is who he says he is."""
    return settings.model_copy(update={"access": "closed"})


@pytest.mark.timeout(300)
def test_nothing_is_found_by_schemathesis(
    served: Served, settings: Settings, connection: Connection, tmp_path: Path
) -> None:
    assert settings.access == "closed"
    add_missing_units(connection, load_shipped_units())
    for unit in CODES:
        add(connection, unit)
    now = clock.now()
    token = add_token(connection, "fuzz", list(Permit), [], by="test", at=now, expires_at=now + timedelta(days=1))
    (tmp_path / "schemathesis.toml").write_text(EXPECTED)
    ran = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{served.url}/openapi.json", "--seed", "766",
         "-H", f"Authorization: Bearer {token}", "--phases", PHASES, "--max-examples", "8",
         "--max-time", str(SECONDS), "--exclude-path-regex", LEFT_OUT, "--exclude-checks", OFF,
         "--generation-database", "none", "--request-timeout", "30", "--warnings", "off", "--no-color"],
        capture_output=True, text=True, check=False, timeout=SECONDS * 4, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2000:]
    assert served.process.poll() is None
