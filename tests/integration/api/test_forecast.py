"""`GET /v1/forecast` on stored dossiers: learned from finished ones, each open one with its reason."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from services import clock
from services.dossier.history import EventKind, HistoryEvent
from services.storage.appointments import appoint
from services.storage.database import Connection
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import store_procedures
from tests.integration.storage.test_desk import PROCEDURES

MONDAY = datetime(2026, 6, 8, 1, tzinfo=UTC)
FIVE_DAYS = "9.000001"


def live(connection: Connection, number: int, days_in_step: float | None, *, began: datetime = MONDAY) -> str:
    """A dossier received and handed over at once; it ends after so many days, or not yet."""
    code = f"F-{number}"
    new = NewDossier(code, "20", 2, {}, "", FIVE_DAYS, "normal", 1, began, "KEY")
    dossier_id = add_dossier(connection, new)
    facts = [HistoryEvent(EventKind.SUBMITTED, began), HistoryEvent(EventKind.RECEIVED, began),
             HistoryEvent(EventKind.HANDED_OVER, began, "lan", step="Thụ lý")]  # fmt: skip
    if days_in_step is not None:
        facts.append(HistoryEvent(EventKind.RESULT_SIGNED, began + timedelta(days=days_in_step)))
    append_history(connection, dossier_id, facts, after=0)
    appoint(connection, dossier_id, PROCEDURES[FIVE_DAYS], "normal")
    return code


def test_who_is_stuck_where_others_went_through_stands_first(
    client: TestClient, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_procedures(connection, list(PROCEDURES.values()))
    for number in range(16):
        live(connection, number, 1 if number % 8 else 18)
    fresh = live(connection, 100, None, began=MONDAY + timedelta(days=28))
    stuck = live(connection, 101, None, began=MONDAY + timedelta(days=23))
    over = live(connection, 102, None)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=28, hours=1))
    told = client.get("/v1/forecast").json()
    assert (told["learned_from"], told["looked_at"], told["more"]) == (16, 3, False)
    assert [item["code"] for item in told["items"]] == [over, stuck, fresh]
    first, second, third = told["items"]
    assert first["probability"] == 1
    assert second["probability"] > 0.5 > third["probability"]
    assert (second["circle"], second["step"], second["officer"]) == ("procedure_step", "Thụ lý", "lan")
    assert "Thụ lý" in second["why"]["vi"]
    assert second["why"]["vi"] != second["why"]["en"]
    assert told["likely_late"] == 2
    assert told["units"] == [{"unit": "20", "open": 3, "expected_late": told["expected_late"]}]
    assert client.get("/v1/forecast", params={"at_least": 0.9, "limit": 5}).json()["items"] == [first]
    assert client.get("/v1/forecast", params={"unit": "06463"}).json()["looked_at"] == 0


def test_without_any_history_it_says_so(client: TestClient) -> None:
    told = client.get("/v1/forecast").json()
    assert (told["learned_from"], told["items"], told["expected_late"]) == (0, [], 0)
