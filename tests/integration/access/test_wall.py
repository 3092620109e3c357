"""The second wall: a query that forgot its policy returns nothing."""

import psycopg
import pytest
from fastapi.testclient import TestClient

from services.api.doors import _TELL, TRUSTED, WHOLE, Seen, see_units
from services.storage.database import Connection
from tests.integration.access.conftest import CODES, OTHER, OWN

PUBLIC = {"unit", "procedure", "code_counter", "calendar_change", "alembic_version",
          "assistant_talk", "assistant_turn", "assistant_ticket", "assistant_knowledge", "assistant_week",
          "assistant_rate", "procedure_text"}  # fmt: skip
"""Tables that say nothing of anybody; what is asked of the assistant is masked before it is kept, an address a hash."""
CLOSED = {"account", "session", "api_token", "audit", "audit_anchor", "receipt_try", "webhook", "ticket_contact",
          "upload", "upload_piece", "practice"}  # fmt: skip


def tables(connection: Connection) -> dict[str, bool]:
    """Every table, and whether row-level security holds it."""
    return dict(
        connection.execute(
            "SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    )


@pytest.mark.usefixtures("closed")
def test_every_table_is_behind_the_wall(connection: Connection) -> None:
    """A new table is public on purpose, closed to the API, or walled off: SELECT raise_wall('name')."""
    for name, walled in tables(connection).items():
        assert walled != (name in PUBLIC | CLOSED), (
            f"{name}: raise its wall in a migration, or say here that it is public"
        )


@pytest.mark.usefixtures("closed")
def test_who_says_nothing_sees_nothing(connection: Connection) -> None:
    connection.execute(_TELL, Seen().told)
    for name in tables(connection).keys() - PUBLIC - CLOSED:
        assert connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() == (0,), name
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE dossier SET unit = 'x'; INSERT INTO dossier (code, unit, channel, lane, status, "
                           "submitted_at, receipt_key) VALUES ('x', 'x', 1, 'normal', 1, now(), 'x')")  # fmt: skip
    for name in CLOSED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"SELECT * FROM {name}".encode())


@pytest.mark.usefixtures("closed")
def test_who_says_his_unit_sees_it(connection: Connection) -> None:
    seen = {
        see_units(frozenset({OWN})): {CODES[OWN]}, see_units(frozenset({OWN, OTHER})): set(CODES.values()),
        see_units(frozenset(), CODES[OTHER]): {CODES[OTHER]}, WHOLE: set(CODES.values()),
        TRUSTED: set(CODES.values()),
    }  # fmt: skip
    for who, codes in seen.items():
        connection.execute(_TELL, who.told)
        assert {code for (code,) in connection.execute("SELECT code FROM dossier").fetchall()} == codes, who
        rows = connection.execute("SELECT count(DISTINCT dossier_id) FROM history").fetchone()
        assert rows == (len(codes),), who


def test_the_api_is_held_by_it(closed: TestClient) -> None:
    """The application's own connections work as the walled role."""
    resources = closed.app.state.resources  # type: ignore[attr-defined] # Starlette's state has no types
    with resources.writing.connection() as connection:
        assert connection.execute("SELECT current_user, count(*) FROM dossier").fetchone() == ("motcua_api", 0)
    with resources.trusted.connection() as connection:
        assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (2,)
    with resources.writing.connection() as connection:
        assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (0,)
