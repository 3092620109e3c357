"""More papers over HTTP: read anew, never twice, never into a closed dossier."""

from fastapi.testclient import TestClient

from services.storage.database import Connection
from tests.integration.api.test_api import FILES

MORE = [("files", ("thêm.pdf", b"%PDF-1.4 more", "application/pdf"))]


def test_papers_are_added_once_and_read(client: TestClient, connection: Connection) -> None:
    """A new document has its number and its intake run; what was there already is named."""
    code = client.post("/v1/dossiers", files=FILES).json()["code"]
    answer = client.post(f"/v1/dossiers/{code}/documents", files=[*MORE, *FILES])
    assert answer.status_code == 201
    assert (answer.json()["documents"], answer.json()["duplicates"]) == ([2], [FILES[0][1][0]])
    runs = connection.execute("SELECT document FROM stage_run WHERE stage = 'intake' ORDER BY document").fetchall()
    assert runs == [(1,), (2,)]


def test_two_files_of_one_name_are_told_apart(client: TestClient, connection: Connection) -> None:
    """Findings and the desk name files: the second one of other bytes has a name of its own."""
    code = client.post("/v1/dossiers", files=FILES).json()["code"]
    name = FILES[0][1][0]
    for more in (b"%PDF-1.4 other", b"%PDF-1.4 third"):
        client.post(f"/v1/dossiers/{code}/documents", files=[("files", (name, more, "application/pdf"))])
    stem, _, suffix = name.rpartition(".")
    names = [row[0] for row in connection.execute("SELECT name FROM document ORDER BY number").fetchall()]
    assert names == [name, f"{stem} (2).{suffix}", f"{stem} (3).{suffix}"]


def test_a_closed_or_unknown_dossier_takes_nothing(client: TestClient, connection: Connection) -> None:
    """Refused in a sentence, and no row is written."""
    code = client.post("/v1/dossiers", files=FILES).json()["code"]
    version = client.get(f"/v1/dossiers/{code}/history").json()["version"]
    assert client.post(f"/v1/dossiers/{code}/actions/withdraw", json={"version": version}).status_code == 200
    refused = client.post(f"/v1/dossiers/{code}/documents", files=MORE)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert client.post("/v1/dossiers/H37.00-000000-0000/documents", files=MORE).status_code == 404
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (1,)
