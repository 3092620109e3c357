"""The audit log: who saw and did what, and that nobody changed it since."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import services.cli.audit  # noqa: F401 - registers the command
from services import clock
from services.access.roles import Role
from services.cli import app
from services.dossier.errors import Refused
from services.settings import Settings, get_settings
from services.storage.audit import Deed, Doer, note_deed, read_audit, verify_audit
from services.storage.audit_retention import holds_file, retire_audit
from services.storage.database import Connection, connect
from tests.integration.access.conftest import CODES, OTHER, OWN, PASSWORD, Somebody


def fill(connection: Connection, count: int) -> None:
    for number in range(count):
        note_deed(connection, Doer("a"), Deed("seen", f"d{number}", {"n": number, "vì": "lý do"}), clock.now())


def test_a_full_number_is_shown_once_its_reader_is_written_down(
    connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """Masked everywhere, in full only for a reason; the log has the reason and never the number."""
    connection.execute('UPDATE dossier SET applicant = \'{"citizen_id": "020190001234"}\'')
    officer = signed_in(Role.ONE_STOP)
    own = f"/v1/dossiers/{CODES[OWN]}"
    assert "020190001234" not in officer.ask("GET", own)[1]
    asked = {"name": "citizen_id", "reason": "Đối chiếu thẻ căn cước"}
    assert officer.ask("POST", f"{own}/reveal", json={"name": "citizen_id", "reason": ""})[0] == 422
    assert officer.ask("POST", f"/v1/dossiers/{CODES[OTHER]}/reveal", json=asked)[0] == 404
    assert read_audit(connection) == []
    status, body = officer.ask("POST", f"{own}/reveal", json=asked)
    assert (status, json.loads(body)["value"]) == (200, "020190001234")
    (entry,) = read_audit(connection)
    assert (entry.actor, entry.action, entry.subject) == ("one_stop.own", "value_revealed", CODES[OWN])
    assert entry.data["reason"] == asked["reason"]
    assert "020190001234" not in str(entry)


def test_sign_in_and_reading_the_log_are_in_the_log(
    closed: TestClient, connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    chief = signed_in(Role.ADMINISTRATOR)
    closed.cookies.clear()
    closed.post("/v1/session", json={"name": "administrator.own", "password": "x"})
    assert chief.ask("POST", "/v1/accounts", json={"name": "lan", "roles": ["head"], "units": [OWN]})[0] == 201
    status, body = chief.ask("GET", "/v1/audit")
    told = [entry["action"] for entry in json.loads(body)["items"]]
    assert (status, told) == (200, ["sign_in_failed", "account_added", "audit_read"])
    assert PASSWORD not in str(read_audit(connection))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET actor = 'b' WHERE id = 7", "UPDATE audit SET data = '{\"n\": 99}' WHERE id = 7",
        "DELETE FROM audit WHERE id = 7", "UPDATE audit SET at = at + interval '1 second' WHERE id = 7",
    ],
)  # fmt: skip
def test_a_change_is_found_where_it_was_made(connection: Connection, change: str) -> None:
    """The triggers refuse it; whoever switches them off is found by the chain."""
    fill(connection, 12)
    assert verify_audit(connection).broken is None
    with pytest.raises(Exception, match="append-only"):
        connection.execute(change.encode())
    connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
    connection.execute(change.encode())
    assert verify_audit(connection).broken == 7


def test_many_writers_make_one_chain(connection: Connection, database_url: str) -> None:
    def write() -> None:
        with connect(database_url) as mine:
            fill(mine, 10)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify_audit(connection)
    assert (found.entries, found.broken) == (80, None)


def test_the_commands(
    connection: Connection, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`verify` tells the head, and finds that rows after it were cut off; `export` is itself a row."""
    fill(connection, 5)
    monkeypatch.setenv("MOTCUA_DATABASE_URL", settings.database_url)
    get_settings.cache_clear()
    runner = CliRunner()
    try:
        told = json.loads(runner.invoke(app, ["audit", "verify", "--json", "-"]).stdout)
        assert (told["whole"], told["entries"]) == (True, 5)
        exported = runner.invoke(app, ["audit", "export", str(tmp_path / "log.jsonl")])
        assert exported.exit_code == 0
        assert f"6 rows written to {tmp_path / 'log.jsonl'}." in exported.stdout.replace("\n", " ")
        assert len((tmp_path / "log.jsonl").read_text("utf-8").splitlines()) == 6
        assert runner.invoke(app, ["audit", "verify", "--head", told["head"]]).exit_code == 0
        young = clock.now().date().isoformat()
        assert runner.invoke(app, ["audit", "retire", str(tmp_path / "old.jsonl"), "--before", young]).exit_code == 2
        note_deed(connection, Doer("a"), Deed("seen"), clock.now())
        assert runner.invoke(app, ["audit", "verify", "--file", str(tmp_path / "log.jsonl")]).exit_code == 1
        connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
        connection.execute("DELETE FROM audit WHERE id > 3")
        assert runner.invoke(app, ["audit", "verify"]).exit_code == 0
        assert runner.invoke(app, ["audit", "verify", "--head", told["head"]]).exit_code == 1
    finally:
        get_settings.cache_clear()


def test_old_rows_go_into_a_file_and_the_chain_goes_on(connection: Connection, tmp_path: Path) -> None:
    """Twice, each file held against the log; never what is younger than a year, never over a file that is there."""
    now = clock.now()
    for days in (900, 800, 500, 400, 3):
        note_deed(connection, Doer("a"), Deed("seen", f"d{days}"), now - timedelta(days=days))
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    with pytest.raises(Refused):
        retire_audit(connection, now - timedelta(days=300), first, Doer("c"), now)
    assert retire_audit(connection, now - timedelta(days=700), first, Doer("c"), now).rows == 2
    with pytest.raises(FileExistsError):
        retire_audit(connection, now - timedelta(days=390), first, Doer("c"), now)
    assert retire_audit(connection, now - timedelta(days=390), second, Doer("c"), now).rows == 2
    with pytest.raises(Refused):
        retire_audit(connection, now - timedelta(days=390), tmp_path / "3.jsonl", Doer("c"), now)
    assert [entry.action for entry in read_audit(connection)] == ["seen", "audit_retired", "audit_retired"]
    found = verify_audit(connection)
    assert (found.broken, found.entries) == (None, 7)
    assert holds_file(connection, first)
    assert holds_file(connection, second)
    second.write_bytes(second.read_bytes().replace(b"d400", b"d401"))
    assert not holds_file(connection, second)
    with pytest.raises(Exception, match="append-only"):
        connection.execute("DELETE FROM audit WHERE id = 5")


def test_an_anchor_that_nobody_told_of_is_found(connection: Connection) -> None:
    """Whoever cuts the beginning off and writes an anchor for it has no row that says so."""
    fill(connection, 6)
    connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
    connection.execute("INSERT INTO audit_anchor SELECT id, sha256, at, 'x' FROM audit WHERE id = 3")
    connection.execute("DELETE FROM audit WHERE id <= 3")
    assert verify_audit(connection).broken == 3


def test_what_was_changed_is_not_taken(connection: Connection, tmp_path: Path) -> None:
    """Nothing is deleted, and no file is left."""
    now = clock.now()
    for days in (900, 800, 3):
        note_deed(connection, Doer("a"), Deed("seen"), now - timedelta(days=days))
    connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
    connection.execute("UPDATE audit SET actor = 'b' WHERE id = 2")
    with pytest.raises(Refused):
        retire_audit(connection, now - timedelta(days=700), tmp_path / "1.jsonl", Doer("c"), now)
    assert (len(read_audit(connection)), list(tmp_path.iterdir())) == (3, [])
