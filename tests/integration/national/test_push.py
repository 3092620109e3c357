"""Dossiers are told to a real HTTP server that checks the form, refuses, breaks down and comes back."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from fastapi.testclient import TestClient

from services import clock
from services.api.app import create_app
from services.catalogue.shipped import load_shipped
from services.dossier.commands import Action, Command
from services.national.payload import DossierTold
from services.national.push import Pushed, push_waiting
from services.settings import Settings
from services.storage.database import Connection
from services.storage.desk import act, look
from services.storage.procedures import add_missing


@dataclass
class Portal:
    """What it was told, and how it answers next."""

    told: list[DossierTold] = field(default_factory=list)
    answers: int = 200
    port: int = 0


@pytest.fixture
def portal() -> Iterator[Portal]:
    """A server that takes only what has the form."""
    state = Portal()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if state.answers == 200:
                state.told.append(DossierTold.model_validate(body))
            self.send_response(state.answers)
            self.end_headers()
            self.wfile.write(b"MaTTHC?")

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield state
        server.shutdown()


@pytest.fixture
def code(settings: Settings, connection: Connection) -> str:
    """A dossier received at the counter."""
    add_missing(connection, load_shipped())
    with TestClient(create_app(settings)) as client:
        files = [("files", ("tờ khai.pdf", b"%PDF-1.4", "application/pdf"))]
        data = {"procedure": "1.001193", "channel": "1", "applicant_name": "Nông Thị Hoa"}
        made: str = client.post("/v1/dossiers", files=files, data=data).json()["code"]
        return made


def push(connection: Connection, portal: Portal) -> Pushed:
    with httpx.Client() as client:
        return push_waiting(connection, client, f"http://127.0.0.1:{portal.port}/", clock.now())


def test_each_state_is_told_once(connection: Connection, portal: Portal, code: str) -> None:
    """Told when new, not again, and again when it changed; steps and moments in the portal's form."""
    assert push(connection, portal) == Pushed(told=1)
    assert push(connection, portal) == Pushed()
    case = look(connection, code)
    assert case is not None
    hand_over = Command(Action.HAND_OVER, clock.now(), "an officer", step="Tư pháp", step_days=1)
    act(connection, code, hand_over, version=case.version)
    assert push(connection, portal) == Pushed(told=1)
    first, second = portal.told
    assert (first.status, second.status, first.files[0].name) == (2, 4, "tờ khai.pdf")
    assert second.due is not None
    assert len(second.due) == 14
    assert second.steps[-1].section == "Tư pháp"
    assert second.steps[-1].ends_by_rule is not None


def test_a_portal_that_is_away_loses_nothing(connection: Connection, portal: Portal, code: str) -> None:
    """No answer and an answer of 503 leave the dossier waiting."""
    portal.answers = 503
    assert push(connection, portal) == Pushed(unheard=1)
    with httpx.Client(timeout=1) as client:
        assert push_waiting(connection, client, "http://127.0.0.1:9/", clock.now()) == Pushed(unheard=1)
    portal.answers = 200
    assert push(connection, portal) == Pushed(told=1)
    assert portal.told[0].code == code


def test_a_refusal_is_a_fact_with_the_portals_words(connection: Connection, portal: Portal, code: str) -> None:
    """It waits for a person, not for another round."""
    portal.answers = 422
    assert push(connection, portal) == Pushed(refused=1)
    assert push(connection, portal) == Pushed()
    case = look(connection, code)
    assert case is not None
    assert case.standing.synchronisation == "failed"
    assert case.events[-1].reason == "422: MaTTHC?"
