"""What is too much, too little or wrongly asked is refused early, with a sentence."""

import json
import socket

import pytest
from fastapi.testclient import TestClient

from services.settings import MEBIBYTE, Settings
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


def test_method_not_allowed_says_which_is(client: TestClient) -> None:
    """RFC 9110 §15.5.6: a 405 comes with `Allow`."""
    answer = client.delete("/healthz")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.headers["content-type"] == "application/problem+json"
