"""Importing procedures into a real database, and the real crawl where the evaluation data are at hand."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import services.cli.due  # noqa: F401 - registers the command
from services.catalogue.shipped import load_shipped
from services.cli import app
from services.cli.catalogue import read_source
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import find_procedure, procedures_in_force

DATA = os.environ.get("MOTCUA_EVAL_DATA", "")


@pytest.fixture
def motcua(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for command in ("catalogue", "due"):
        monkeypatch.setattr(f"services.cli.{command}.settings_here", lambda: settings)
    return CliRunner()


def run(motcua: CliRunner, *words: str) -> Result:
    result = motcua.invoke(app, words)
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.real
def test_what_ships_is_stored_and_read_back_as_it_was(motcua: CliRunner, connection: Connection) -> None:
    run(motcua, "catalogue", "import")
    assert tuple(procedures_in_force(connection, date(2026, 11, 24))) == load_shipped()


@pytest.mark.real
def test_a_renewed_procedure_changes_due_dates_from_today_on(
    motcua: CliRunner, connection: Connection, tmp_path: Path
) -> None:
    run(motcua, "catalogue", "import")
    path = tmp_path / "province.json"
    shorter = {"code": "1.004873", "name_vi": "Giấy xác nhận", "processing_days": 2, "day_kind": "working"}
    path.write_text(json.dumps([shorter]), "utf-8")
    run(motcua, "catalogue", "import", str(path), "--renew")
    old = find_procedure(connection, "1.004873", version=1)
    new = find_procedure(connection, "1.004873", version=2)
    assert old is not None
    assert new is not None
    assert old.effective_to is not None
    assert old.effective_to < new.effective_from
    received = f"{new.effective_from.isoformat()}T09:00"
    found = run(motcua, "due", "--procedure", "1.004873", "--received", received, "--json", "-")
    assert json.loads(found.stdout)["budget"] == {"amount": 2, "unit": "working_days"}
    found = run(motcua, "due", "--procedure", "1.004873", "--received", "2026-06-05T09:00", "--json", "-")
    assert json.loads(found.stdout)["budget"] == {"amount": 3, "unit": "working_days"}


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="MOTCUA_EVAL_DATA names no folder of evaluation data")
def test_the_portal_crawl_is_read_whole() -> None:
    found = read_source(Path(DATA) / "procedures" / "procedures.jsonl.gz")
    by_code = {procedure.code: procedure for procedure in found.procedures}
    assert len(by_code) == 2642
    assert sum(bool(procedure.papers) for procedure in by_code.values()) > 2500
    # cases written as channels, a fee of 40 dong, foreign text under ten codes: none may become a fact
    assert by_code["1.013978"].times == ()
    assert 40 not in {fee.amount_vnd for fee in by_code["1.003133"].fees}
    assert by_code["3.000224"].times == ()
    assert all(code.startswith("KQ.") for procedure in by_code.values() for code in procedure.result_codes)
