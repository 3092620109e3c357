"""Real servers on 127.0.0.1 for messages: mail (aiosmtpd) and HTTP, each with the faults it can be told to have."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from services.stack.ports import free_port

ACCOUNT, ACCOUNT_PASSWORD = b"motcua", b"thu-2026"


@dataclass
class Postbox:
    """What a mail server took; `answer` is what it says to the next letters, `wait_s` how long it thinks first."""

    letters: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK"
    wait_s: float = 0.0
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]  # noqa: ARG002 - its shape
    ) -> str:  # fmt: skip
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - the same
        time.sleep(self.wait_s)  # noqa: ASYNC251 - a server that hangs
        if self.answer.startswith("2"):
            content = cast("bytes", envelope.content)
            self.letters.append(message_from_bytes(content, policy=policy.default))
        return self.answer


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, *, implicit: bool = False, login: bool = False) -> Iterator[Postbox]:
    """A mail server; with a context it offers STARTTLS, or speaks TLS from the first byte."""

    def judge(*told: Any) -> AuthResult:  # noqa: ANN401 - the library's shape
        data = cast("LoginPassword", told[4])
        # left unhandled, the server itself says 535
        return AuthResult(success=(data.login, data.password) == (ACCOUNT, ACCOUNT_PASSWORD), handled=False)

    box = Postbox(port=free_port())
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": box.port}
    if implicit:
        options["ssl_context"] = tls
    elif tls is not None:
        options |= {"tls_context": tls, "require_starttls": True}
    if login:
        options |= {"authenticator": judge, "auth_required": True, "auth_require_tls": False}
    controller = Controller(box, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop(no_assert=True)


@dataclass
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """What an HTTP server heard, and how it answers: a status, after a wait, or letter by letter."""

    heard: list[Heard] = field(default_factory=list)
    status: int = 200
    wait_s: float = 0.0
    drips: bool = False
    location: str = ""
    port: int = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def http_server(tls: ssl.SSLContext | None = None) -> Iterator[Listener]:
    """An HTTP server."""
    state = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.heard.append(Heard(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(state.wait_s)
            if state.drips:
                self._drip()
                return
            self.send_response(state.status)
            if state.location:
                self.send_header("Location", state.location)
            self.end_headers()

        def _drip(self) -> None:
            try:
                for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 600:
                    self.wfile.write(bytes([letter]))
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.daemon_threads = True
        state.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield state
        server.shutdown()


def server_context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """The context of a server whose certificate speaks of these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def until(holds: Callable[[], object], limit_s: float = 20.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + limit_s
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)
