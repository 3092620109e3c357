"""Webhooks of Facebook and Zalo, with a local server in the place of theirs."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from services.api.app import create_app
from services.assistant.channels import LONGEST_ANSWER
from services.catalogue.shipped import load_shipped
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing

SECRET, APP, STAMP = "bí mật của kênh", "4711", "1795500000000"
FACEBOOK, ZALO = "/v1/assistant/channels/facebook", "/v1/assistant/channels/zalo"
Sent = list[tuple[dict[str, str], dict[str, Any]]]


@pytest.fixture
def theirs() -> Iterator[tuple[str, Sent]]:
    """The address of a server that keeps what it is sent."""
    kept: Sent = []

    class Keeper(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.append(({name.lower(): value for name, value in self.headers.items()}, json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Keeper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/send", kept
    server.shutdown()


@pytest.fixture
def client(settings: Settings, connection: Connection, theirs: tuple[str, Sent]) -> Iterator[TestClient]:
    add_missing(connection, load_shipped())
    open_ = settings.model_copy(update={
        "assistant_facebook_secret": SecretStr(SECRET), "assistant_facebook_token": SecretStr("page"),
        "assistant_facebook_verify": SecretStr("lời hẹn"), "assistant_facebook_url": theirs[0],
        "assistant_zalo_secret": SecretStr(SECRET), "assistant_zalo_token": SecretStr("oa"),
        "assistant_zalo_app": APP, "assistant_zalo_url": theirs[0],
    })  # fmt: skip
    with TestClient(create_app(open_)) as made:
        yield made


def by_facebook(client: TestClient, text: str, sealed: str = SECRET) -> int:
    event = {"object": "page", "entry": [{"messaging": [{"sender": {"id": "77"}, "message": {"text": text}}]}]}
    body = json.dumps(event).encode()
    mark = "sha256=" + hmac.new(sealed.encode(), body, hashlib.sha256).hexdigest()
    status: int = client.post(FACEBOOK, content=body, headers={"X-Hub-Signature-256": mark}).status_code
    return status


def test_a_talk_on_facebook_goes_on_and_says_nothing_of_who_writes(
    client: TestClient, connection: Connection, theirs: tuple[str, Sent]
) -> None:
    assert by_facebook(client, "đăng ký tạm trú cần giấy tờ gì") == 200
    assert by_facebook(client, "thế còn lệ phí") == 200
    assert {body["recipient"]["id"] for _, body in theirs[1]} == {"77"}
    texts = [body["message"]["text"] for _, body in theirs[1]]
    assert sum(text.startswith("Đăng ký tạm trú") for text in texts) == 2
    assert "15.000" in texts[-1]
    assert theirs[1][-1][0]["authorization"] == "Bearer page"
    assert "77" not in {row[0] for row in connection.execute("SELECT talk FROM assistant_turn").fetchall()}


def test_what_facebook_did_not_sign_is_not_read(client: TestClient, theirs: tuple[str, Sent]) -> None:
    assert by_facebook(client, "đăng ký tạm trú", sealed="another") == 404
    assert client.post(FACEBOOK, json={"entry": []}).status_code == 404
    assert theirs[1] == []
    asked = {"hub.mode": "subscribe", "hub.verify_token": "lời hẹn", "hub.challenge": "12345"}
    assert client.get(FACEBOOK, params=asked).text == "12345"
    assert client.get(FACEBOOK, params={**asked, "hub.verify_token": "?"}).status_code == 404


def test_zalo_is_answered_where_it_signed(client: TestClient, theirs: tuple[str, Sent]) -> None:
    event = {
        "app_id": APP, "event_name": "user_send_text", "timestamp": STAMP, "sender": {"id": "88"},
        "message": {"text": "đăng ký kết hôn cần gì"},
    }  # fmt: skip
    body = json.dumps(event, ensure_ascii=False).encode()
    mark = "mac=" + hashlib.sha256(APP.encode() + body + STAMP.encode() + SECRET.encode()).hexdigest()
    assert client.post(ZALO, content=body, headers={"X-ZEvent-Signature": mark}).status_code == 200
    assert client.post(ZALO, content=body + b" ", headers={"X-ZEvent-Signature": mark}).status_code == 404
    headers, sent = theirs[1][0]
    assert (headers["access_token"], sent["recipient"]) == ("oa", {"user_id": "88"})
    assert "1.000894" in sent["message"]["text"]


def test_a_long_answer_arrives_whole_in_parts_that_the_channel_takes(
    client: TestClient, theirs: tuple[str, Sent]
) -> None:
    assert (
        by_facebook(client, "cấp đổi thẻ căn cước cần giấy tờ gì, còn xác nhận tình trạng hôn nhân thì cần giấy tờ gì")
        == 200
    )
    texts = [body["message"]["text"] for _, body in theirs[1]]
    assert len(texts) > 1
    assert max(map(len, texts)) <= LONGEST_ANSWER
    assert "1.014063" in texts[0]
    assert "Nguồn: 1.004873" in texts[-1]
    assert texts[-1].endswith("cán bộ một cửa là người quyết định.")


def test_a_channel_that_is_not_set_up_is_not_there(settings: Settings) -> None:
    with TestClient(create_app(settings)) as client:
        assert client.post(ZALO, json={}).status_code == 404
        assert client.post(FACEBOOK, json={}).status_code == 404
