"""The closed application, a dossier in each of two units, and somebody of every role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient

from services import clock
from services.access.roles import Role
from services.access.totp import new_secret
from services.access.units import load_shipped_units
from services.api.guard import SESSION_COOKIE
from services.catalogue.shipped import load_shipped
from services.dossier.history import EventKind, HistoryEvent
from services.portal.app import create_portal
from services.settings import Settings
from services.storage.accounts import add_account
from services.storage.appointments import appoint
from services.storage.database import Connection
from services.storage.dossiers import NewDossier, add_dossier
from services.storage.history import append_history
from services.storage.procedures import add_missing
from services.storage.sessions import open_session
from services.storage.units import add_missing_units

OWN, OTHER = "06463", "05977"
CODES = {OWN: "H37.00-260101-0001", OTHER: "H37.00-260101-0002"}
KEY = "K7M2P9QX"
PASSWORD = "Mot-Cua-2026!"  # noqa: S105 - of an account that lives as long as a test


@dataclass
class Somebody:
    """A client that carries what says who it is."""

    client: TestClient
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **sent: object) -> tuple[int, str]:
        """Status and body."""
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        answer = self.client.request(method, path, headers=self.headers, follow_redirects=False, **sent)  # type: ignore[arg-type]
        return answer.status_code, answer.text


def add(connection: Connection, unit: str) -> int:
    """A received dossier of a unit."""
    now = clock.now()
    new = NewDossier(CODES[unit], unit, 1, {"name": "Người nộp"}, "", None, "normal", 1, now, KEY)
    dossier_id = add_dossier(connection, new)
    facts = [HistoryEvent(EventKind.SUBMITTED, now), HistoryEvent(EventKind.RECEIVED, now)]
    append_history(connection, dossier_id, facts, after=0)
    procedure = next(one for one in load_shipped() if one.code == "1.004222")
    appoint(connection, dossier_id, procedure, "normal")
    return dossier_id


@pytest.fixture
def closed(settings: Settings, connection: Connection) -> Iterator[TestClient]:
    """The application as it is deployed, with a dossier in each unit."""
    add_missing(connection, load_shipped())
    add_missing_units(connection, load_shipped_units())
    for unit in CODES:
        add(connection, unit)
    with TestClient(create_portal(settings.model_copy(update={"access": "closed"}))) as made:
        yield made


@pytest.fixture
def signed_in(closed: TestClient, connection: Connection) -> Callable[[Role], Somebody]:
    """Somebody of a role in one unit, ready to work."""

    def sign_in(role: Role) -> Somebody:
        account = add_account(connection, f"{role}.own", PASSWORD, [role], [OWN], at=clock.now())
        connection.execute(
            "UPDATE account SET must_change = false, totp_confirmed = true, totp_secret = %s WHERE id = %s",
            (new_secret(), account.id),
        )
        key, csrf = open_session(connection, account.id, clock.now())
        return Somebody(closed, {"x-csrf-token": csrf}, {SESSION_COOKIE: key})

    return sign_in
