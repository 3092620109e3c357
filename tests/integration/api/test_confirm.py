"""Confirming and correcting fields over HTTP: what holds, what is kept, what is refused."""

import pytest
from fastapi.testclient import TestClient

from services.storage.confirmations import all_confirmations
from services.storage.database import Connection
from services.storage.papers import read_papers
from tests.builders.read_dossier import leave_read
from tests.integration.api.test_api import FILES


@pytest.fixture
def code(client: TestClient, connection: Connection) -> str:
    """A dossier with one paper and three fields, as the stages leave it."""
    made: str = client.post("/v1/dossiers", files=FILES).json()["code"]
    leave_read(connection, made)
    return made


def field_of(client: TestClient, code: str, name: str) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/v1/dossiers/{code}").json()["papers"][0]["fields"][name]
    return found


def test_a_correction_holds_and_keeps_what_the_machine_read(
    client: TestClient, connection: Connection, code: str
) -> None:
    """A date typed as printed is normalised; the example keeps place, source and confidence of the machine's value."""
    assert field_of(client, code, "date_of_birth")["confirmed_at"] is None
    said = client.put(f"/v1/dossiers/{code}/papers/1/fields/date_of_birth", json={"value": "03/01/2026"})
    assert said.status_code == 200
    assert (said.json()["value"], said.json()["corrected"]) == ("2026-01-03", True)
    shown = field_of(client, code, "date_of_birth")
    assert (shown["value"], shown["machine_value"], shown["source"], shown["confidence"]) == (
        "2026-01-03", "2026-01-02", "officer", 1,
    )  # fmt: skip
    kept = list(all_confirmations(connection))
    assert [(row.value, row.was, row.was_source, row.kind) for row in kept] == [
        ("2026-01-03", "2026-01-02", "ocr", "birth_certificate")
    ]


def test_a_correction_has_the_dossier_checked_anew(client: TestClient, connection: Connection, code: str) -> None:
    """The check reads what the officer said; a value confirmed as read changes nothing and opens nothing."""
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done'")
    opened = "SELECT stage, round FROM stage_run WHERE finished_at IS NULL"
    assert client.put(f"/v1/dossiers/{code}/papers/1/fields/full_name", json={}).status_code == 200
    assert connection.execute(opened).fetchall() == []
    client.put(f"/v1/dossiers/{code}/papers/1/fields/full_name", json={"value": "Nông Thị Hòa"})
    assert [row[0] for row in connection.execute(opened).fetchall()] == ["check"]
    found = connection.execute("SELECT id FROM dossier WHERE code = %s", (code,)).fetchone()
    assert found is not None
    fields = {field.name: field for field in read_papers(connection, found[0])[0].fields}
    assert (fields["full_name"].value, fields["full_name"].confidence) == ("Nông Thị Hòa", 1)
    # taken back: the check of the first word is no longer true either
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done'")
    client.put(f"/v1/dossiers/{code}/papers/1/fields/full_name", json={})
    assert [row[0] for row in connection.execute(opened).fetchall()] == ["check"]


def test_the_newest_word_holds(client: TestClient, connection: Connection, code: str) -> None:
    """A second thought replaces the first, and both stay as rows."""
    for value in ("Nông Thị Hòa", None):
        assert client.put(f"/v1/dossiers/{code}/papers/1/fields/full_name", json={"value": value}).status_code == 200
    assert field_of(client, code, "full_name")["value"] == "Nông Thị Hoa"
    assert connection.execute("SELECT count(*) FROM confirmation").fetchone() == (2,)
    assert len(list(all_confirmations(connection))) == 1


def test_a_masked_number_is_confirmed_without_being_sent(client: TestClient, code: str) -> None:
    """Confirming needs no value, so the number travels in neither direction."""
    said = client.put(f"/v1/dossiers/{code}/papers/1/fields/citizen_id", json={})
    assert (said.json()["value"], said.json()["corrected"]) == ("•••••••••234", False)


@pytest.mark.parametrize(("name", "value", "status"), [("date_of_birth", "31/2/2026", 422), ("nothing", "x", 404)])
def test_refused(client: TestClient, code: str, name: str, value: str, status: int) -> None:
    """A day that does not exist, a field that is not there."""
    answer = client.put(f"/v1/dossiers/{code}/papers/1/fields/{name}", json={"value": value})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
