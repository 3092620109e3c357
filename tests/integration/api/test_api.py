"""The API on a real database and store; the road is not needed to take a dossier in."""

import random
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from services.storage.database import Connection
from services.storage.on_time import Verdict, compact

FILES = [("files", ("giấy.pdf", b"%PDF-1.4 first", "application/pdf"))]


def test_receipt_and_status(client: TestClient) -> None:
    """A dossier is answered with its code, its due date with every line of why, and where its status is."""
    answer = client.post(
        "/v1/dossiers", files=FILES, data={"procedure": "1.001193", "applicant_citizen_id": "020190001234"}
    )
    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt["code"].endswith("-0001")
    assert receipt["due_at"]
    assert len(receipt["due_lines"]) >= 2
    status = client.get(answer.headers["Location"]).json()
    assert status["lane"] == "express"
    assert status["applicant"]["citizen_id"] == "•••••••••234"
    assert status["documents"][0]["name"] == "giấy.pdf"


def test_same_file_twice_is_kept_once(client: TestClient) -> None:
    """The second copy is pointed out by its name."""
    twice = [*FILES, ("files", ("bản sao.pdf", FILES[0][1][1], "application/pdf"))]
    assert client.post("/v1/dossiers", files=twice).json()["duplicates"] == ["bản sao.pdf"]


def test_idempotency_key(client: TestClient) -> None:
    """The same request twice is one dossier; another request under the key is refused."""
    headers = {"Idempotency-Key": "one"}
    first = client.post("/v1/dossiers", files=FILES, headers=headers)
    again = client.post("/v1/dossiers", files=FILES, headers=headers)
    assert first.json() == again.json()
    other = client.post("/v1/dossiers", files=FILES, data={"words": "khác"}, headers=headers)
    assert (other.status_code, other.headers["content-type"]) == (409, "application/problem+json")
    assert client.get("/v1/dossiers").json()["total"] == 1


def test_codes_neither_repeat_nor_skip_when_many_come_at_once(client: TestClient) -> None:
    """Sixteen at once, one of them refused in between: 0001 to 0016."""
    codes: list[str] = []

    def one(number: int) -> None:
        if number == 3:
            client.post("/v1/dossiers", files=FILES, data={"procedure": "9.999999"})
        answer = client.post("/v1/dossiers", files=[("files", (f"{number}.pdf", f"{number}".encode(), "x/y"))])
        codes.append(answer.json()["code"])

    threads = [threading.Thread(target=one, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(code[-4:] for code in codes) == [f"{n:04d}" for n in range(1, 17)]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/dossiers/H37.00-990101-0001", 404), ("/nowhere", 404), ("/v1/dossiers?limit=0", 422),
        ("/v1/dossiers?cursor=nonsense", 422), ("/v1/procedures/9.999999", 404),
    ],
)  # fmt: skip
def test_errors_are_problem_documents(client: TestClient, path: str, status: int) -> None:
    """RFC 9457, Vietnamese by default and English when asked for."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    english = client.get(path, headers={"Accept-Language": "en"}).json()
    assert english["detail"] == english["details"]["en"] != answer.json()["detail"]


def test_unknown_procedure_takes_nothing_in(client: TestClient) -> None:
    """Refused with a sentence; no dossier, no number used."""
    answer = client.post("/v1/dossiers", files=FILES, data={"procedure": "9.999999"})
    assert answer.status_code == 422
    assert "9.999999" in answer.json()["detail"]
    assert client.get("/v1/dossiers").json()["total"] == 0


def random_dossier(number: int, rng: random.Random, start: datetime) -> dict[str, Any]:
    """A dossier somewhere in its life."""
    received = start + timedelta(hours=rng.uniform(0, 24 * 40))
    due = received + timedelta(days=rng.choice([0, 1, 3, 10]), hours=rng.uniform(0, 5))
    done = rng.random() < 0.6
    return {
        "code": f"T-{number}",
        "unit": rng.choice(["a", "b", "c"]),
        "procedure": rng.choice(["1.1", "1.2", None]),
        "field": rng.choice(["x", "y"]),
        "received": received if rng.random() < 0.95 else None,
        "due": due if rng.random() < 0.9 else None,
        "result": received + timedelta(days=rng.uniform(0, 12)) if done else None,
        "paused": received + timedelta(hours=1) if not done and rng.random() < 0.2 else None,
    }


def add(connection: Connection, dossier: dict[str, Any]) -> None:
    """Write the dossier as if it had lived."""
    connection.execute(
        """INSERT INTO dossier (code, unit, channel, lane, status, submitted_at, receipt_key, procedure, field,
                                received_at, due_at, result_at, paused_at)
           VALUES (%(code)s, %(unit)s, 1, 'normal', 2, coalesce(%(received)s, now()), 'k', %(procedure)s, %(field)s,
                   %(received)s, %(due)s, %(result)s, %(paused)s)""",
        dossier,
    )


def test_every_figure_is_the_count_of_its_list(client: TestClient, connection: Connection) -> None:
    """Random histories, figures split every way, asked for at several moments, merged or not: all reconcile."""
    rng = random.Random(7)
    start = datetime(2026, 9, 1, 3, tzinfo=UTC)
    for number in range(400):
        add(connection, random_dossier(number, rng, start))
        if number % 150 == 0:
            compact(connection)
    connection.execute("UPDATE dossier SET result_at = received_at + interval '2 days' WHERE id % 7 = 0")
    connection.execute("UPDATE dossier SET unit = 'c', paused_at = NULL WHERE id % 11 = 0")
    for by in ("unit", "procedure", "field", "month", "day"):
        for at in (start + timedelta(days=20), start + timedelta(days=60)):
            for filters in ({}, {"unit": "a"}, {"procedure": "1.1"}, {"unit": "b", "field": "x", "from": "2026-09-10"}):
                asked = {"by": by, "at": at.isoformat(), **filters}
                figures = client.get("/v1/on-time", params=asked).json()
                check_figures(client, figures["total"], at)
                sums: Counter[str] = Counter()
                for group in figures["groups"]:
                    sums.update({verdict: group[verdict] for verdict in (*Verdict, "received")})
                    assert group["received"] == sum(group[verdict] for verdict in Verdict)
                assert all(sums[verdict] == figures["total"][verdict] for verdict in (*Verdict, "received"))
        check_figures(client, rng.choice(figures["groups"]), at)


def check_figures(client: TestClient, figures: dict[str, Any], at: datetime) -> None:
    """Each figure against the list it names."""
    for what, where in figures["lists"].items():
        shown = client.get(f"{where}&at={quote(at.isoformat())}&limit=1").json()
        assert shown["total"] == figures[what], (what, where)


def test_pages_of_a_list_hold_each_dossier_once(client: TestClient, connection: Connection) -> None:
    """Following the cursor shows every dossier, in order, once."""
    rng = random.Random(3)
    for number in range(60):
        add(connection, random_dossier(number, rng, datetime(2026, 9, 1, tzinfo=UTC)))
    seen: list[str] = []
    following: str | None = ""
    while following is not None:
        page = client.get("/v1/dossiers", params={"limit": 7, **({"cursor": following} if following else {})}).json()
        seen += [item["code"] for item in page["items"]]
        following = page["next"]
    assert len(seen) == len(set(seen)) == 60


def test_a_list_is_counted_once(client: TestClient, connection: Connection) -> None:
    """The total of the first page goes with the cursor: later pages do not count again."""
    rng = random.Random(4)
    for number in range(6):
        add(connection, random_dossier(number, rng, datetime(2026, 9, 1, tzinfo=UTC)))
    first = client.get("/v1/dossiers?limit=2").json()
    connection.execute("UPDATE dossier SET unit = 'z'")  # whatever happens meanwhile
    add(connection, random_dossier(99, rng, datetime(2027, 9, 1, tzinfo=UTC)))
    later = client.get("/v1/dossiers", params={"limit": 2, "cursor": first["next"]}).json()
    assert (first["total"], later["total"]) == (6, 6)
    assert client.get("/v1/dossiers?limit=2").json()["total"] == 7


def test_a_dossier_that_did_not_change_is_not_sent_again(client: TestClient, connection: Connection) -> None:
    """304 while it is as it was; every change, and time alone, makes it another answer."""
    code = client.post("/v1/dossiers", files=FILES, data={"procedure": "1.001193"}).json()["code"]
    connection.execute("UPDATE stage_run SET finished_at = opened_at, outcome = 'done'")
    connection.execute("UPDATE dossier SET road = 'finished'")
    path, known = f"/v1/dossiers/{code}", ""
    changes = [
        "UPDATE dossier SET unit = 'b'",
        "INSERT INTO event (dossier_id, at, kind, data) SELECT id, now(), 'x', '{}' FROM dossier",
        "UPDATE dossier SET received_at = submitted_at, due_at = now() - interval '3 days'",
    ]
    for change in ("SELECT 1", *changes):
        connection.execute(change.encode())
        answer = client.get(path, headers={"If-None-Match": known})
        if change.startswith("INSERT"):
            assert answer.status_code == 304  # told of, but nothing in the answer is another
            continue
        assert answer.status_code == 200, change
        known = answer.headers["ETag"]
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", known)
    assert answer.json()["verdict"] == "in_progress_overdue"


def test_every_moment_has_the_zone_of_viet_nam(client: TestClient, connection: Connection) -> None:
    """Runs as well as the dossier, whatever zone the database's session has."""
    code = client.post("/v1/dossiers", files=FILES, data={"procedure": "1.001193"}).json()["code"]
    connection.execute("UPDATE stage_run SET started_at = opened_at, finished_at = opened_at, outcome = 'done'")
    told = client.get(f"/v1/dossiers/{code}").json()
    moments = [run[name] for run in told["runs"] for name in ("opened_at", "started_at", "finished_at")]
    assert len(moments) == 3
    assert all(at.endswith("+07:00") for at in (*moments, told["submitted_at"], told["due_at"]))


def test_health_metrics_and_openapi(client: TestClient) -> None:
    """Ready when database and store answer; figures for Prometheus; every endpoint described."""
    client.post("/v1/dossiers", files=FILES)
    assert client.get("/readyz").json() == {"database": "ok", "store": "ok"}
    assert 'motcua_queue_depth{lane="normal",stage="intake"} 1.0' in client.get("/metrics").text
    paths = client.get("/openapi.json").json()["paths"]
    assert all(call["summary"] for path in paths.values() for call in path.values())


def test_a_method_an_address_does_not_take_is_told_with_those_it_takes(client: TestClient) -> None:
    """Every method of the address, whatever route it belongs to."""
    answer = client.delete("/v1/dossiers")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def test_days_are_written_as_days(client: TestClient) -> None:
    """A number is no day of 1970, and what no column holds is refused, not an error of the server."""
    assert client.get("/v1/on-time", params={"to": "0"}).status_code == 422
    assert client.get("/v1/on-time", params={"at": "0"}).status_code == 422
    assert client.get("/v1/on-time", params={"at": "0612-07-04T22:07:56Z"}).status_code == 422
    assert client.get("/v1/on-time", params={"at": "2026-07-04T22:07:56Z", "to": "2026-07-04"}).status_code == 200
    far = client.put("/v1/assistant/turns/1/judgement", json={"right": True, "by": "x\0"})
    assert (far.status_code, far.json()["type"]) == (422, "urn:motcua:problem:api.unstorable")
    nowhere = {"id": "06999", "name": "Xã Thử", "parent": "", "kind": "commune"}
    assert client.post("/v1/units", json=nowhere).status_code == 422
