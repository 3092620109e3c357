"""What somebody practises while signed in is recorded, and his unit's leaders see how far its people are."""

from collections.abc import Callable

import orjson
import pypdfium2 as pdfium
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


def test_the_record_of_one_is_seen_by_himself_and_his_leaders(
    connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """At which try it was right, on page, by API and on paper; no leader of another unit sees it, no colleague."""
    handler, head, foreign = signed_in(Role.HANDLER), signed_in(Role.HEAD), signed_in(Role.LEADER)
    task = next(task for task in all_tasks() if task.fields)
    right = {field.name: field.printed for field in task.fields}
    for values in (right | {task.fields[0].name: "x"}, right, right):
        handler.ask("POST", f"/tap-su/{task.id}", data=values)
    status, body = head.ask("GET", "/v1/practice/handler.own")
    told = orjson.loads(body)
    lines = {line["task"]: line for line in told["tasks"]}
    assert (status, told["passed"], len(lines)) == (200, 1, len(all_tasks()))
    assert (lines[task.id]["tries"], lines[task.id]["passed_with"]) == (3, 2)
    assert all(line["tries"] == 0 and line["passed_at"] is None for name, line in lines.items() if name != task.id)
    for somebody, address in ((handler, "/tap-su/ket-qua"), (head, "/lanh-dao/tap-su/handler.own")):
        page = somebody.ask("GET", address)[1]
        assert "1/7" in page
        assert page.count("Chưa làm") == len(all_tasks()) - 1
    for somebody, address in ((handler, "/tap-su/ket-qua.pdf"), (head, "/lanh-dao/tap-su/handler.own/tai-ve.pdf")):
        somebody.client.cookies.clear()
        somebody.client.cookies.update(somebody.cookies)
        paper = somebody.client.get(address, headers=somebody.headers)
        text = pdfium.PdfDocument(paper.content)[0].get_textpage().get_text_range()
        assert "Kết quả tập sự" in text
        assert "Làm đúng 1/7 bài" in text
    connection.execute("UPDATE account SET units = %s WHERE name = 'leader.own'", ([OTHER],))
    assert foreign.ask("GET", "/v1/practice/handler.own")[0] == 404
    assert foreign.ask("GET", "/lanh-dao/tap-su/handler.own")[0] == 404
    assert handler.ask("GET", "/v1/practice/head.own")[0] == 403


def test_whoever_has_not_signed_in_is_told_how_to_have_a_record(closed: TestClient) -> None:
    """The page says so; there is no paper of nobody."""
    status, page = Somebody(closed).ask("GET", "/tap-su/ket-qua")
    assert status == 200
    assert "Hãy đăng nhập" in page
    assert Somebody(closed).ask("GET", "/tap-su/ket-qua.pdf")[0] == 401
