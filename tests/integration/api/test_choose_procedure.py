"""Choosing a dossier's procedure over HTTP: what follows, and what is refused."""

import pytest
from fastapi.testclient import TestClient

from services.storage.database import Connection
from tests.builders.read_dossier import leave_read
from tests.integration.api.test_api import FILES


@pytest.fixture
def code(client: TestClient, connection: Connection) -> str:
    """A dossier handed in for a birth, read, with nothing at work on it."""
    made: str = client.post("/v1/dossiers", files=FILES, data={"procedure": "1.001193"}).json()["code"]
    leave_read(connection, made)
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done'")
    return made


def choose(client: TestClient, code: str, procedure: str, reason: str = "") -> tuple[int, str]:
    answer = client.put(f"/v1/dossiers/{code}/procedure", json={"procedure": procedure, "reason": reason})
    return answer.status_code, answer.json().get("type", "").rpartition(":")[2]


def ended(connection: Connection) -> list[str]:
    """How the checks ended that officers' words opened, without those that are still to be done."""
    rows = connection.execute("SELECT outcome FROM stage_run WHERE stage = 'check' AND outcome <> 'done'").fetchall()
    return [str(outcome) for (outcome,) in rows]


def test_the_date_and_the_check_follow_and_the_machine_must_have_read(
    client: TestClient, connection: Connection, code: str
) -> None:
    assert choose(client, code, "1.000894") == (200, "")
    told = client.get(f"/v1/dossiers/{code}").json()
    assert (told["procedure"]["code"], told["procedure"]["declared"]) == ("1.000894", "1.000894")
    # the check that it opened gives way to the one of the next choice
    assert choose(client, code, "1.001193") == (200, "")
    assert ended(connection) == ["superseded"]
    connection.execute("UPDATE stage_run SET stage = 'extract' WHERE finished_at IS NULL")
    assert choose(client, code, "1.000894") == (409, "api.still_reading")


def test_what_is_received_needs_a_reason_and_what_is_late_stays_late(
    client: TestClient, connection: Connection, code: str
) -> None:
    version = client.get(f"/v1/dossiers/{code}").json()["version"]
    receive = f"/v1/dossiers/{code}/actions/receive"
    assert client.post(receive, json={"version": version}).json()["confirm"] == "deliberate"
    meant = {"version": version, "deliberate": True, "reason": "Giấy tờ đã xem tại quầy"}
    assert client.post(receive, json=meant).status_code == 200
    assert choose(client, code, "1.000894") == (422, "dossier.reason_needed")
    connection.execute("UPDATE dossier SET due_at = now() - interval '1 day'")
    assert choose(client, code, "1.000894", "Chọn nhầm") == (422, "dossier.case_too_late")
    connection.execute("UPDATE dossier SET due_at = now() + interval '1 day'")
    assert choose(client, code, "1.000894", "Chọn nhầm") == (200, "")


def test_a_procedure_or_a_dossier_that_is_not_there(client: TestClient, code: str) -> None:
    assert choose(client, code, "9.999999") == (422, "api.no_procedure")
    assert choose(client, "H37.00-000000-0000", "1.001193") == (404, "api.no_dossier")
