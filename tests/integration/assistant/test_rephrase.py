"""Rephrasing through a real HTTP server that invents, dawdles, drips, babbles, fails, and once behaves."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from services.assistant.behaviour import Behaviour, Reply
from services.assistant.dialogue import build_assistant
from services.assistant.rephrase import Endpoint, rephrase
from services.wording import Language

SECONDS = 0.6
Act = Callable[[BaseHTTPRequestHandler, str], None]


@contextmanager
def model_that(act: Act) -> Iterator[Endpoint]:
    """A server on a free port of this machine that answers every request so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked: Any = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                act(self, asked["messages"][-1]["content"])
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "small", "key", SECONDS)
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def say(text: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def saying(change: Callable[[str], str]) -> Act:
    return lambda handler, text: send(handler, say(change(text)))


def drip(handler: BaseHTTPRequestHandler, text: str) -> None:
    del text
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def dawdle(handler: BaseHTTPRequestHandler, text: str) -> None:
    time.sleep(SECONDS * 2)
    send(handler, say(text))


def flood(handler: BaseHTTPRequestHandler, text: str) -> None:
    del text
    handler.send_response(200)
    handler.end_headers()
    for _ in range(64):
        handler.wfile.write(b"\xff\x00garbage" * 1024)


BAD: dict[str, Act] = {
    "another fee": saying(lambda text: text.replace("8.000", "80.000")),
    "another time": saying(lambda text: text.replace("5 ngày", "15 ngày")),
    "a time in words": saying(lambda text: text + " Làm xong trong hai ngày."),
    "a paper more": saying(lambda text: text + " Mang theo Sổ Hộ Khẩu."),
    "a paper more, in small letters": saying(lambda text: text + " mang theo sổ hộ khẩu"),
    "two values changed about": saying(
        lambda text: text.replace("8.000", "X").replace("5 ngày", "8.000 ngày").replace("X", "5")
    ),
    "free made payable": saying(lambda text: text.replace("không thu", "thu")),
    "a place": saying(lambda text: text + " Nộp tại Sở Ngoại Vụ."),
    "a law": saying(lambda text: text + " Theo Nghị định 99/2099/NĐ-CP."),
    "a number lost": saying(lambda text: text.replace("8.000 đồng", "một ít tiền")),
    "a link": saying(lambda text: text + " Xem tại dichvucong-giare.com"),
    "small talk": saying(lambda _: "Tôi rất vui được giúp bạn, hôm nay trời đẹp quá, chúc bạn luôn mạnh khoẻ!"),
    "nothing": saying(lambda _: "  "),
    "an essay": saying(lambda text: text * 4),
    "late": dawdle,
    "drip by drip": drip,
    "a flood": flood,
    "an error": lambda handler, _: send(handler, b"no", 500),
    "no JSON": lambda handler, _: send(handler, b"<html>"),
    "another JSON": lambda handler, _: send(handler, b'{"choices": []}'),
    "no text": lambda handler, _: send(handler, b'{"choices": [{"message": {"content": 7}}]}'),
    "hung up": lambda handler, _: handler.connection.close(),
}


@pytest.fixture(scope="module")
def answer() -> Reply:
    """A composed answer with a fee, a time and papers."""
    reply, _ = build_assistant().reply("Thủ tục đăng ký kết hôn: giấy tờ, lệ phí, thời hạn")
    assert reply.codes == ("1.000894",)
    assert "8.000 đồng" in reply.text
    return reply


@pytest.mark.parametrize("fault", BAD)
def test_a_model_that_misbehaves_changes_nothing(answer: Reply, fault: str) -> None:
    with model_that(BAD[fault]) as endpoint:
        started = time.monotonic()
        assert rephrase(answer, Language.VI, endpoint) == answer
    assert time.monotonic() - started < SECONDS * 4


def test_a_server_that_is_not_there_changes_nothing(answer: Reply) -> None:
    assert rephrase(answer, Language.VI, Endpoint("http://127.0.0.1:9/v1", "m", "", SECONDS)) == answer


def test_a_faithful_rephrasing_is_taken_and_keeps_its_source(answer: Reply) -> None:
    with model_that(
        saying(lambda text: "Dạ, thưa anh chị: " + text.replace("Giấy tờ cần có", "Cần có các giấy tờ"))
    ) as good:
        told = rephrase(answer, Language.VI, good)
    assert told.text.startswith("Dạ, thưa anh chị")
    assert told.text.splitlines()[-2:] == answer.text.splitlines()[-2:]
    assert told.codes == answer.codes


def test_only_answers_are_rephrased() -> None:
    asked: list[str] = []

    def listen(handler: BaseHTTPRequestHandler, text: str) -> None:
        asked.append(text)
        send(handler, say(text))

    with model_that(listen) as endpoint:
        refused = Reply("Không.", Behaviour.REFUSE)
        assert rephrase(refused, Language.VI, endpoint) == refused
    assert not asked
