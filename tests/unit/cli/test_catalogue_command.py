"""`motcua catalogue` without a database."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import services.cli.catalogue  # noqa: F401 - registers the command
from services.cli import app
from services.settings import Settings


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["catalogue", *words])


def test_list_and_show_speak_of_the_shipped_procedures() -> None:
    listed = json.loads(run("list", "--field", "hộ tịch", "--json", "-").stdout)
    assert {"1.001193", "1.000894"} <= {row["code"] for row in listed}
    shown = json.loads(run("show", "1.001193", "--json", "-").stdout)
    assert shown["times"][0]["lead"] == {"amount": 0, "unit": "same_day"}
    assert "Giấy chứng sinh" in run("show", "1.001193").stdout
    assert run("show", "9.999999").exit_code == 1


def test_checking_a_file_reports_what_it_would_change(tmp_path: Path) -> None:
    rows = [
        {"ma_thu_tuc": "1.001193", "ten_thu_tuc": "Đăng ký khai sinh"},
        {"ma_thu_tuc": "1.999999", "ten_thu_tuc": "Thủ tục mới"},
        {"ma_thu_tuc": "rác", "ten_thu_tuc": "?"},
    ]
    path = tmp_path / "portal.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    report = json.loads(run("import", str(path), "--check", "--json", "-").stdout)
    assert (report["read"], report["added"], report["kept"], len(report["notes"])) == (2, 1, 1, 1)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"{", b"[1, 2]", b'[{"a": 1}]', b"\x1f\x8bnot gzip", b"\xff\xfe"):
        path = tmp_path / "x.json"
        path.write_bytes(content)
        result = run("import", str(path), "--check")
        assert (result.exit_code, "Traceback" in result.output) == (2, False), content
    assert run("import", str(tmp_path / "missing.json"), "--check").exit_code == 2


def test_no_database_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Settings(database_url="postgresql://motcua@127.0.0.1:1/motcua")
    monkeypatch.setattr("services.cli.catalogue.settings_here", lambda: nowhere)
    result = run("import")
    assert result.exit_code == 1
    assert "MOTCUA_DATABASE_URL" in result.output
