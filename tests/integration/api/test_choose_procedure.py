"""Choosing a dossier's procedure over HTTP: what follows, and what is refused."""

import numpy as np
import pytest
from fastapi.testclient import TestClient

from services.classify.learn_procedure import learn_weights
from services.classify.procedure import probabilities
from services.cli.train_clues import chosen_cases
from services.storage.chosen import all_chosen
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


def test_what_an_officer_confirms_needs_no_reason_and_moves_nothing(
    client: TestClient, connection: Connection, code: str
) -> None:
    connection.execute("UPDATE dossier SET received_at = now(), due_at = now() - interval '1 day'")
    assert choose(client, code, "1.001193") == (200, "")
    assert connection.execute("SELECT count(*) FROM stage_run WHERE finished_at IS NULL").fetchone() == (0,)
    assert connection.execute("SELECT due_at < now() FROM dossier").fetchone() == (True,)


def test_a_choice_is_an_example_with_what_the_machine_had_guessed(
    client: TestClient, connection: Connection, code: str
) -> None:
    """What was declared alone is none; the newest choice holds; the declared procedure is no guess of the machine."""
    assert list(all_chosen(connection)) == []
    guess = """{"code": "%s", "confidence": 0.6, "reasons": ["%s"], "alternatives": [["1.001193", 0.6]]}"""
    connection.execute("UPDATE dossier SET guess = %s", (guess % ("1.001193", "declared 1.001193"),))
    assert choose(client, code, "1.004873") == (200, "")
    (first,) = all_chosen(connection)
    assert (first.procedure, first.before, first.guess, first.confidence) == ("1.004873", "1.001193", None, None)
    connection.execute("UPDATE dossier SET guess = %s", (guess % ("1.001193", "birth_certificate"),))
    assert choose(client, code, "1.000894") == (200, "")
    (kept,) = all_chosen(connection)
    assert (kept.procedure, kept.before, kept.guess, kept.confidence) == ("1.000894", "1.004873", "1.001193", 0.6)
    assert kept.by


def test_training_learns_from_what_officers_chose(client: TestClient, connection: Connection, code: str) -> None:
    """A dossier whose words name a procedure: the chosen one is likelier by weights that learned from it."""
    connection.execute("UPDATE dossier SET words = 'tôi xin giấy xác nhận tình trạng hôn nhân'")
    assert list(chosen_cases(connection)) == []
    assert choose(client, code, "1.004873") == (200, "")
    (case,) = chosen_cases(connection)
    before = probabilities(case.clues, np.ones(case.clues.shape[1]))[case.answer]
    assert probabilities(case.clues, learn_weights([case]))[case.answer] > before
