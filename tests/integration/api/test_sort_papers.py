"""Sorting papers over HTTP: kinds corrected, split, joined; what stays, what is read again, what is refused."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from services.classify.stage import STAGE
from services.pipeline.route import Stage
from services.pipeline.stage import Desk
from services.settings import Settings
from services.storage.database import Connection
from services.storage.dossiers import find_dossier
from services.storage.objects import open_store
from services.storage.runs import Run, Subject
from tests.builders.read_dossier import leave_read
from tests.integration.api.test_api import FILES


def paper(kind: str, *pages: int) -> dict[str, Any]:
    return {"kind": kind, "pages": [{"document": 1, "page": page} for page in pages]}


@pytest.fixture
def code(client: TestClient, connection: Connection) -> str:
    """A dossier whose file has two pages, of which the machine made one paper each, and nothing at work on it."""
    made: str = client.post("/v1/dossiers", files=FILES).json()["code"]
    dossier = leave_read(connection, made)
    connection.execute(
        """INSERT INTO page (dossier_id, document, number, width, height, source, engine, preparation, confidence,
                             lines)
           VALUES (%s, 1, 2, 1000, 1400, 'ocr', 'pytesseract', '{}', 0.9, '[]')""",
        (dossier,),
    )
    connection.execute(
        """INSERT INTO paper (dossier_id, number, kind, confidence, alternatives, title, pages)
           VALUES (%s, 2, NULL, 0.4, '[]', '', '[[1, 2]]')""",
        (dossier,),
    )
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done' WHERE dossier_id = %s", (dossier,))
    return made


def papers_of(client: TestClient, code: str) -> list[tuple[int, str | None, list[int], int]]:
    found = client.get(f"/v1/dossiers/{code}").json()["papers"]
    return [(p["number"], p["kind"], [page["page"] for page in p["pages"]], len(p["fields"])) for p in found]


def opened(connection: Connection, stage: str) -> list[int | None]:
    rows = connection.execute(
        "SELECT paper FROM stage_run WHERE stage = %s AND finished_at IS NULL ORDER BY paper", (stage,)
    ).fetchall()
    return [row[0] for row in rows]


def test_a_corrected_kind_is_read_again_and_the_others_stay(
    client: TestClient, connection: Connection, code: str
) -> None:
    """What was confirmed on the paper of the same pages stays with it."""
    client.put(f"/v1/dossiers/{code}/papers/1/fields/full_name", json={"value": "Nông Thị Hòa"})
    asked = {"papers": [paper("birth_certificate", 1), paper("citizen_id_front", 2)]}
    said = client.put(f"/v1/dossiers/{code}/papers", json=asked)
    assert (said.status_code, said.json()) == (200, {"code": code, "anew": [2], "gone": []})
    assert papers_of(client, code) == [(1, "birth_certificate", [1], 3), (2, "citizen_id_front", [2], 0)]
    assert opened(connection, "extract") == [2]
    shown = client.get(f"/v1/dossiers/{code}").json()["papers"][0]["fields"]["full_name"]
    assert shown["value"] == "Nông Thị Hòa"


def test_two_papers_are_joined_and_split_again(client: TestClient, connection: Connection, code: str) -> None:
    """A number once given is never given to other pages: what was confirmed cannot land on another paper."""
    joined = client.put(f"/v1/dossiers/{code}/papers", json={"papers": [paper("birth_certificate", 1, 2)]})
    assert joined.json() == {"code": code, "anew": [3], "gone": [1, 2]}
    assert papers_of(client, code) == [(3, "birth_certificate", [1, 2], 0)]
    busy = client.put(f"/v1/dossiers/{code}/papers", json={"papers": [paper("birth_certificate", 1, 2)]})
    assert busy.status_code == 409
    connection.execute("UPDATE stage_run SET finished_at = now(), outcome = 'done'")
    asked = {"papers": [paper("birth_certificate", 1), paper("marriage_certificate", 2)]}
    assert client.put(f"/v1/dossiers/{code}/papers", json=asked).json()["anew"] == [4, 5]
    kept = connection.execute("SELECT data FROM event WHERE kind = 'papers_sorted' ORDER BY id").fetchall()
    assert [facts["gone"] for (facts,) in kept] == [[1, 2], [3]]


def test_the_same_sorting_changes_nothing(client: TestClient, connection: Connection, code: str) -> None:
    connection.execute("UPDATE paper SET kind = 'citizen_id_front' WHERE number = 2")
    asked = {"papers": [paper("birth_certificate", 1), paper("citizen_id_front", 2)]}
    assert client.put(f"/v1/dossiers/{code}/papers", json=asked).json() == {"code": code, "anew": [], "gone": []}
    assert opened(connection, "extract") == opened(connection, "check") == []


@pytest.mark.parametrize("kind", ["diploma", "citizen_id_front"])
def test_classify_run_again_keeps_an_officers_sorting(
    client: TestClient, connection: Connection, settings: Settings, code: str, kind: str
) -> None:
    """What he corrected, and what he left as the machine had it."""
    connection.execute("UPDATE paper SET kind = 'citizen_id_front' WHERE number = 2")
    asked = {"papers": [paper("birth_certificate", 1), paper(kind, 2)]}
    assert client.put(f"/v1/dossiers/{code}/papers", json=asked).status_code == 200
    found = find_dossier(connection, code)
    assert found is not None
    run = Run(uuid4(), found.id, Stage.CLASSIFY, "normal", Subject(), 2, 1)
    todo = STAGE.load(Desk(connection, open_store(settings), settings, settings.data_folder), run)
    STAGE.store(connection, run, STAGE.work(todo))
    assert [(one, two, pages) for one, two, pages, _ in papers_of(client, code)] == [
        (1, "birth_certificate", [1]), (2, kind, [2])
    ]  # fmt: skip


@pytest.mark.parametrize(
    "papers",
    [
        [paper("birth_certificate", 1)],
        [paper("birth_certificate", 1, 2), paper("citizen_id_front", 2)],
        [paper("birth_certificate", 1, 2, 3)],
    ],
)
def test_every_page_comes_exactly_once(client: TestClient, code: str, papers: list[dict[str, Any]]) -> None:
    answer = client.put(f"/v1/dossiers/{code}/papers", json={"papers": papers})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_dossier_that_is_not_there(client: TestClient) -> None:
    asked = {"papers": [paper("birth_certificate", 1)]}
    assert client.put("/v1/dossiers/H37.00-000000-0000/papers", json=asked).status_code == 404
