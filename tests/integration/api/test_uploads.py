"""Files in pieces: tus 1.0.0 word for word, over a line that breaks, until they are handed in or nobody waits."""

import base64
import hashlib
import socket
from datetime import timedelta
from pathlib import Path
from time import sleep

import httpx
import pytest
from fastapi.testclient import TestClient

from services import clock
from services.settings import Settings
from services.storage.database import Connection
from services.storage.objects import open_store
from services.storage.uploads import clean_uploads
from tests.integration.api.conftest import Served

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = TUS | {"Content-Type": "application/offset+octet-stream"}
PAPER = b"%PDF-1.4 " + bytes(range(256)) * 40


def announce(client: TestClient | httpx.Client, size: int = len(PAPER), name: str = "giấy.pdf") -> str:
    """The address of a new file on its way."""
    told = {"Upload-Length": str(size), "Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()}"}
    answer = client.post("/v1/uploads", headers=TUS | told)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert "Upload-Expires" in answer.headers
    return str(answer.headers["Location"])


def send(client: TestClient | httpx.Client, address: str, offset: int, piece: bytes) -> httpx.Response:
    """One PATCH."""
    answer: httpx.Response = client.patch(address, content=piece, headers=PIECE | {"Upload-Offset": str(offset)})
    return answer


def test_what_is_handed_in_is_what_was_sent(client: TestClient, connection: Connection) -> None:
    """Three pieces, the offset asked for in between, then a dossier whose file has every byte."""
    address = announce(client)
    assert send(client, address, 0, PAPER[:4000]).headers["Upload-Offset"] == "4000"
    head = client.head(address, headers=TUS)
    assert (head.status_code, head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (
        200, "4000", str(len(PAPER)),
    )  # fmt: skip
    assert head.headers["Cache-Control"] == "no-store"
    send(client, address, 4000, PAPER[4000:9000])
    assert send(client, address, 9000, PAPER[9000:]).status_code == 204
    form = {"uploads": [address.rpartition("/")[2]]}
    first = client.post("/v1/dossiers", data=form, headers={"Idempotency-Key": "one"})
    # its answer was lost: the same request again is the same dossier
    again = client.post("/v1/dossiers", data=form, headers={"Idempotency-Key": "one"})
    assert (first.status_code, again.json()) == (201, first.json())
    kept = connection.execute("SELECT name, sha256, size FROM document").fetchall()
    assert kept == [("giấy.pdf", hashlib.sha256(PAPER).hexdigest(), len(PAPER))]


def test_an_offset_that_does_not_follow_changes_nothing(client: TestClient) -> None:
    """409 before and after what is there, the offset as it was."""
    address = announce(client)
    send(client, address, 0, PAPER[:100])
    assert [send(client, address, at, b"x").status_code for at in (0, 99, 101)] == [409, 409, 409]
    assert client.head(address, headers=TUS).headers["Upload-Offset"] == "100"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "1"}, 412),
        ({"Tus-Resumable": "0.2.2", "Upload-Length": "1"}, 412),
        (TUS | {"Upload-Length": "-1"}, 422),
        (TUS, 422),
        (TUS | {"Upload-Length": "1", "Upload-Metadata": "filename %%%"}, 400),
        (TUS | {"Upload-Length": str(10**12)}, 413),
    ],
)
def test_what_is_no_tus_is_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    """Each with the status the protocol gives it."""
    assert client.post("/v1/uploads", headers=headers).status_code == status


def test_limits_are_told(client: TestClient, settings: Settings) -> None:
    """OPTIONS names the version, the extensions and the largest file."""
    told = client.options("/v1/uploads").headers
    assert told["Tus-Version"] == "1.0.0"
    assert told["Tus-Extension"] == "creation,expiration,termination"
    assert int(told["Tus-Max-Size"]) == settings.max_file_mb * 1024 * 1024


def test_more_than_announced_and_the_wrong_type_are_refused(client: TestClient) -> None:
    """Nothing of such a piece counts."""
    address = announce(client, size=10)
    assert send(client, address, 0, b"x" * 11).status_code == 413
    assert client.patch(address, content=b"x", headers=TUS | {"Upload-Offset": "0"}).status_code == 415
    assert client.head(address, headers=TUS).headers["Upload-Offset"] == "0"


def test_an_unfinished_or_unknown_file_is_not_handed_in(client: TestClient, connection: Connection) -> None:
    """The sentence names the file; no dossier is made."""
    address = announce(client)
    send(client, address, 0, PAPER[:100])
    unfinished = client.post("/v1/dossiers", data={"uploads": [address.rpartition("/")[2]]})
    unknown = client.post("/v1/dossiers", data={"uploads": ["x"]})
    assert [answer.json()["type"].rpartition(".")[2] for answer in (unfinished, unknown)] == [
        "upload_unfinished", "upload_gone",
    ]  # fmt: skip
    assert "giấy.pdf" in unfinished.json()["details"]["vi"]
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (0,)


def test_one_address_may_not_fill_the_store(client: TestClient, connection: Connection, settings: Settings) -> None:
    """Beyond eight full dossiers on their way from one address: 429 with what to do."""
    connection.execute(
        "INSERT INTO upload (id, name, size, address, expires_at) "
        "SELECT n::text, 'x', 1, 'testclient', now() + interval '1 hour' FROM generate_series(1, %s) n",
        (settings.max_files * 8,),
    )
    answer = client.post("/v1/uploads", headers=TUS | {"Upload-Length": "1"})
    assert (answer.status_code, answer.json()["type"]) == (429, "urn:motcua:problem:api.uploads_full")


def test_taken_back_and_forgotten_files_leave_nothing(
    client: TestClient, connection: Connection, settings: Settings
) -> None:
    """DELETE ends the waiting, and so does time; cleaning removes bytes and rows, and leaves what is still awaited."""
    store = open_store(settings)
    gone, awaited = announce(client), announce(client)
    for address in (gone, awaited):
        send(client, address, 0, PAPER[:100])
    keys = [key for (key,) in connection.execute("SELECT key FROM upload_piece ORDER BY key").fetchall()]
    assert client.delete(gone, headers=TUS).status_code == 204
    assert client.head(gone, headers=TUS).status_code == 404
    now = clock.now()
    assert clean_uploads(connection, store, now) == 1
    assert client.head(awaited, headers=TUS).status_code == 200
    assert clean_uploads(connection, store, now + timedelta(hours=settings.upload_hours + 1)) == 1
    assert [store.exists(key) for key in keys] == [False, False]
    assert connection.execute("SELECT count(*) FROM upload_piece").fetchone() == (0,)


def test_what_is_kept_for_ever_cannot_be_removed(settings: Settings, tmp_path: Path) -> None:
    """The port removes pieces on their way and nothing else."""
    store = open_store(settings)
    path = tmp_path / "original"
    path.write_bytes(b"x")
    store.put("originals/x", path)
    with pytest.raises(ValueError, match="uploads/"):
        store.remove("originals/x")
    assert store.exists("originals/x")


def test_a_line_that_breaks_keeps_what_came(served: Served) -> None:
    """A real socket closed in the middle of a piece: the bytes before it count, the rest follows, the file is whole."""
    with httpx.Client(base_url=served.url) as client:
        address = announce(client)
        head = (
            f"PATCH {address} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(PAPER)}\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", served.port)) as line:
            line.sendall(head.encode() + PAPER[:3000])
            sleep(0.5)
        arrived = 0
        for _ in range(50):
            arrived = int(client.head(address, headers=TUS).headers["Upload-Offset"])
            if arrived:
                break
            sleep(0.1)
        assert arrived == 3000
        assert send(client, address, arrived, PAPER[arrived:]).headers["Upload-Offset"] == str(len(PAPER))
        made = client.post("/v1/dossiers", data={"uploads": [address.rpartition("/")[2]]})
        assert made.status_code == 201, made.text
