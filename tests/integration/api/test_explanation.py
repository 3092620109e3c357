"""A due date has one explanation, line by line in both languages: in the API, on the page, by `motcua due`."""

import html
import json
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import services.cli.due  # noqa: F401 - registers the command
from services.access.units import load_shipped_units
from services.cli import app
from services.clock import VIETNAM
from services.dossier.commands import Action, Command
from services.dossier.history import EventKind, HistoryEvent
from services.portal.app import create_portal
from services.settings import Settings, get_settings
from services.storage.appointments import appoint
from services.storage.database import Connection
from services.storage.desk import act
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import store_procedures
from services.storage.units import add_missing_units
from tests.integration.storage.test_desk import PROCEDURES

# a Friday before the worked Saturday of 22/8/2026
AT = datetime(2026, 8, 21, 10, tzinfo=VIETNAM)


def test_api_page_and_command_say_the_same(
    connection: Connection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five working days; a fee holds the clock for two, which are the applicant's."""
    add_missing_units(connection, load_shipped_units())
    store_procedures(connection, list(PROCEDURES.values()))
    id_ = add_dossier(connection, NewDossier("X-1", "06463", 1, {}, "", None, "normal", 1, AT, "KEY"))
    facts = [HistoryEvent(EventKind.SUBMITTED, AT), HistoryEvent(EventKind.RECEIVED, AT)]
    append_history(connection, id_, facts, after=0)
    appoint(connection, id_, PROCEDURES["9.000001"], "normal")
    asked = Command(Action.REQUEST_PAYMENT, AT + timedelta(days=3), amount_vnd=8000, reason="Lệ phí")
    act(connection, "X-1", asked, version=2)
    act(connection, "X-1", Command(Action.RECORD_PAYMENT, AT + timedelta(days=5)), version=3)
    act(connection, "X-1", Command(Action.SIGN_RESULT, AT + timedelta(days=6)), version=4)
    with TestClient(create_portal(settings)) as client:
        due = client.get("/v1/dossiers/X-1/history").json()["due"]
        pages = {
            language: html.unescape(client.get("/can-bo/ho-so/X-1", params={"lang": language}).text)
            for language in ("vi", "en")
        }
    assert any("22/08/2026" in line["vi"] and "31/08/2026" in line["vi"] for line in due["lines"])
    for language, page in pages.items():
        assert all(line[language] in page for line in due["lines"]), language
    # two days of four hours and three and a half are the applicant's; the office had the worked Saturday and the rest
    assert due["spent_hours"] == {"office": 5 + 7.5 + 2.5 + 5 + 2.5, "citizen": 5 + 7.5 + 2.5, "other": 0}
    assert "15,0 giờ" in pages["vi"]
    monkeypatch.setenv("MOTCUA_DATABASE_URL", settings.database_url)
    get_settings.cache_clear()
    try:
        pause = f"{(AT + timedelta(days=3)).isoformat()}/{(AT + timedelta(days=5)).isoformat()}"
        command = ["due", "--lead", "5 working days", "--received", AT.isoformat(), "--suspend", pause,
                   "--unit", "06463", "--json", "-"]  # fmt: skip
        told = json.loads(CliRunner().invoke(app, command).stdout)
    finally:
        get_settings.cache_clear()
    assert told["due_at"] == due["due_at"]
    plain = [(line["text_vi"], line["text_en"]) for line in told["lines"]]
    assert [(line["vi"], line["en"]) for line in due["lines"]] == plain
