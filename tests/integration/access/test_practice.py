"""What somebody practises while signed in is recorded, and his unit's leaders see how far its people are."""

from collections.abc import Callable

import orjson
from fastapi.testclient import TestClient

from services.access.roles import Role
from services.storage.database import Connection
from services.training.tasks import all_tasks
from tests.integration.access.conftest import OTHER, OWN, Somebody


def test_the_record_of_practice(connection: Connection, signed_in: Callable[[Role], Somebody]) -> None:
    """Wrong, then right: both are kept with their own marks; the list shows it, the head's figures count it once."""
    handler, head = signed_in(Role.HANDLER), signed_in(Role.HEAD)
    task = next(task for task in all_tasks() if task.fields)
    right = {field.name: field.printed for field in task.fields}
    for values in (right | {task.fields[0].name: "x"}, right, right):
        assert handler.ask("POST", f"/tap-su/{task.id}", data=values)[0] == 200
    kept = connection.execute("SELECT task, passed FROM practice ORDER BY id").fetchall()
    assert kept == [(task.id, False), (task.id, True), (task.id, True)]
    assert "3 lần thử" in handler.ask("GET", "/tap-su")[1]
    status, body = head.ask("GET", "/v1/practice")
    told = orjson.loads(body)
    assert status == 200
    assert [group["group"] for group in told["groups"]] == [OWN]
    people = {one["account"]: (one["passed"], one["tries"]) for one in told["groups"][0]["people"]}
    assert people == {"handler.own": (1, 3), "head.own": (0, 0)}
    assert (told["total"]["officials"], told["total"]["some"], told["total"]["none"]) == (2, 1, 1)
    assert head.ask("GET", "/v1/practice", params={"unit": OTHER})[0] == 403
    assert "handler.own" in head.ask("GET", "/lanh-dao/tap-su")[1]


def test_whoever_is_not_signed_in_leaves_no_record(closed: TestClient, connection: Connection) -> None:
    """The tasks are open to all; nothing is kept of a visitor."""
    task = all_tasks()[0]
    assert Somebody(closed).ask("POST", f"/tap-su/{task.id}", data={"action": "withdraw"})[0] == 200
    assert connection.execute("SELECT count(*) FROM practice").fetchone() == (0,)


def test_another_site_does_not_practise_in_somebodys_name(
    connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """The browser says where a form comes from."""
    handler = signed_in(Role.HANDLER)
    handler.headers["origin"] = "https://evil.example"
    assert handler.ask("POST", f"/tap-su/{all_tasks()[0].id}", data={"action": "withdraw"})[0] == 403
    assert connection.execute("SELECT count(*) FROM practice").fetchone() == (0,)
