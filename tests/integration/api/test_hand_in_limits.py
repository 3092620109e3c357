"""What is too much, too little or wrongly asked is refused early, with a sentence."""

import json
import select
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from services.api.database import Resources
from services.settings import MEBIBYTE, Settings
from services.storage.database import Connection
from services.storage.objects import ObjectStore
from tests.integration.api.conftest import Served

FORM = "multipart/form-data; boundary=b"


@pytest.mark.parametrize("form", [{}, {"data": {"unit": "tinh"}}, {"files": [("other", ("a.pdf", b"%PDF-"))]}])
def test_no_files_is_said_in_a_sentence(client: TestClient, form: dict[str, object]) -> None:
    """Not a list of fields of the form: what to do."""
    answer = client.post("/v1/dossiers", **form)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:motcua:problem:api.no_files")


def test_length_beyond_every_limit_is_refused(client: TestClient, settings: Settings) -> None:
    """One byte more than the limits and the room of the form; one less is read."""
    most = settings.max_files * settings.max_file_mb * MEBIBYTE + MEBIBYTE
    answers = [
        client.post("/v1/dossiers", content=b"", headers={"Content-Length": str(length), "Content-Type": FORM})
        for length in (most + 1, most)
    ]
    assert [answer.json()["type"].rpartition(".")[2] for answer in answers] == ["dossier_too_large", "no_files"]
    assert answers[0].status_code == 413
    assert str(settings.max_files * settings.max_file_mb) in answers[0].json()["detail"]


def test_refused_before_the_body_is_sent(served: Served) -> None:
    """A server answers 413 to the head of a request alone."""
    head = f"POST /v1/dossiers HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: {4 * MEBIBYTE}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(head.encode())
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    first, _, body = answer.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 413 ")
    assert json.loads(body)["type"] == "urn:motcua:problem:api.dossier_too_large"


PART = b'--b\r\nContent-Disposition: form-data; name="%s"; filename="a.pdf"\r\n\r\n'


BODIES = [
    ("file_too_large", [PART % b"files", *[b"x" * 65536] * 256]),
    ("too_many_files", [PART % b"files" + b"x\r\n"] * 3),
    ("malformed", [b"--b\r\nContent-Disposition: form-data\r\n\r\n", *[b"x" * 65536] * 256]),
    ("malformed", [b"x" * 65536] * 256),
]


def test_a_body_of_unknown_length_is_refused_as_soon_as_a_limit_is_passed(served: Served) -> None:
    """16 MiB in chunks, where a file may have 1 MiB: the answer comes before they were sent, and the line ends."""
    for problem, parts in BODIES:
        head, body = send_chunks(served.port, parts)
        assert json.loads(body)["type"] == f"urn:motcua:problem:api.{problem}"
        assert (b"connection: close" in head) == head.startswith(b"http/1.1 413 ")


def send_chunks(port: int, parts: list[bytes]) -> tuple[bytes, bytes]:
    """Send until there is an answer; its head in lower case, and its body."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(
            f"POST /v1/dossiers HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        with suppress(OSError):  # the server may end the line while we still write
            for part in parts:
                line.sendall(b"%x\r\n%s\r\n" % (len(part), part))
                if select.select([line], [], [], 0)[0]:
                    break
        with line.makefile("rb") as answer:
            head = b"".join(iter(answer.readline, b"\r\n")).lower()
            length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
            return head, answer.read(int(length))


class WatchedStore:
    """A real store that looks, in the middle of a put, for transactions of this database that wait for it."""

    def __init__(self, store: ObjectStore, connection: Connection) -> None:
        self._store, self._connection, self.waiting = store, connection, 0

    def put(self, key: str, path: Path, media_type: str = "application/octet-stream") -> None:
        """Look, then store."""
        row = self._connection.execute(
            """SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND state LIKE 'idle in transaction%'"""
        ).fetchone()
        self.waiting += row[0] if row else 0
        self._store.put(key, path, media_type)


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "one"}])
def test_no_transaction_waits_for_the_store(
    client: TestClient, connection: Connection, headers: dict[str, str]
) -> None:
    """With a key or without, and the same request twice is still one dossier."""
    resources: Resources = client.app.state.resources  # type: ignore[attr-defined] # an ASGI application has a state
    store = WatchedStore(resources.objects, connection)
    client.app.state.resources = replace(resources, objects=store)  # type: ignore[attr-defined, arg-type] # put alone
    files = [("files", ("a.pdf", b"%PDF-1.4 first"))]
    codes = {client.post("/v1/dossiers", files=files, headers=headers).json()["code"] for _ in range(2)}
    assert store.waiting == 0
    assert len(codes) == (1 if headers else 2)


def test_one_key_from_many_at_once_is_one_dossier(client: TestClient) -> None:
    """Eight send the same request under one key: one number is used, and all are told the same."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: client.post(
                    "/v1/dossiers", files=[("files", ("a.pdf", b"%PDF-1.4"))], headers={"Idempotency-Key": "k"}
                ).json(),
                range(8),
            )
        )
    assert {answer["code"][-4:] for answer in answers} == {"0001"}
    assert all(answer == answers[0] for answer in answers)
    assert client.get("/v1/dossiers").json()["total"] == 1


def test_method_not_allowed_says_which_is(client: TestClient) -> None:
    """RFC 9110 §15.5.6: a 405 comes with `Allow`."""
    answer = client.delete("/healthz")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.headers["content-type"] == "application/problem+json"
