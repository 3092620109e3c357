"""Dossiers in the portal's form: checked, each code once, by API with a scoped token and by command from a stand-in."""

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from services import clock
from services.access.roles import Permit
from services.access.units import load_shipped_units
from services.api.app import create_app
from services.catalogue.shipped import load_shipped
from services.cli import app
from services.cli import national as command
from services.settings import Settings
from services.storage.database import Connection
from services.storage.desk import look
from services.storage.procedures import add_missing
from services.storage.sessions import add_token
from services.storage.units import add_missing_units

PDF = b"%PDF-1.4 first"
CODE = "H37.05-260601-0007"


def sent(**more: object) -> dict[str, Any]:
    """A dossier as the portal would send it, one field unknown to this system among them."""
    return {
        "MaHoSo": CODE, "MaTTHC": "1.001193.H37", "ChuHoSo": "Nông Thị Hoa", "LoaiDoiTuong": 1,
        "MaDonViTiepNhan": "05977", "KenhThucHien": 2, "TrangThai": 1, "NgayNop": "20260601083000",
        "TaiLieuNop": [{"TenTepDinhKem": "tờ khai.pdf", "NoiDungTep": base64.b64encode(PDF).decode()},
                       {"TenTepDinhKem": "chỉ tên.pdf"}],
        "MaCSDL": "1", **more,
    }  # fmt: skip


@pytest.fixture
def closed(settings: Settings, connection: Connection) -> Iterator[TestClient]:
    add_missing(connection, load_shipped())
    add_missing_units(connection, load_shipped_units())
    with TestClient(create_app(settings.model_copy(update={"access": "closed"}))) as made:
        yield made


def token(connection: Connection, permit: Permit, unit: str = "05977") -> dict[str, str]:
    now = clock.now()
    made = add_token(connection, "lgsp", [permit], [unit], by="test", at=now, expires_at=now + timedelta(days=1))
    return {"Authorization": f"Bearer {made}"}


def test_a_dossier_is_taken_in_once(closed: TestClient, connection: Connection) -> None:
    """With the portal's code and moments, its file read as any other; sent again it is the same receipt."""
    headers = token(connection, Permit.SYNCHRONISE)
    first = closed.post("/v1/national/dossiers", json=sent(), headers=headers)
    assert (first.status_code, first.json()["MaHoSo"], first.json()["TepDaNhan"]) == (201, CODE, 1)
    again = closed.post("/v1/national/dossiers", json=sent(), headers=headers)
    assert (again.status_code, again.json()) == (200, first.json())
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (1,)
    case = look(connection, CODE)
    assert case is not None
    assert (case.unit, case.standing.status, len(case.events)) == ("05977", 1, 1)
    assert clock.in_vietnam(case.events[0].at).strftime("%Y%m%d%H%M%S") == "20260601083000"
    assert connection.execute("SELECT stage, subject FROM stage_run").fetchall() == [("intake", "document 1")]
    key = {"X-Receipt-Key": first.json()["MaTraCuu"]}
    assert closed.get(f"/v1/dossiers/{CODE}", headers=key).json()["applicant"] == {"name": "Nông Thị Hoa"}
    other = closed.post("/v1/national/dossiers", json=sent(ChuHoSo="Người khác"), headers=headers)
    assert other.status_code == 409


def test_one_that_was_received_there_runs_from_there(closed: TestClient, connection: Connection) -> None:
    headers = token(connection, Permit.SYNCHRONISE)
    body = sent(TrangThai=2, NgayTiepNhan="20260601090000", TaiLieuNop=[], MaTTHC="1.012784")
    assert closed.post("/v1/national/dossiers", json=body, headers=headers).status_code == 201
    row = connection.execute("SELECT status, road, due_at IS NOT NULL FROM dossier").fetchone()
    assert row == (2, "finished", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"MaHoSo": "x"}, {"MaTTHC": "9"}, {"MaTTHC": "1.999999"}, {"MaDonViTiepNhan": "99999"}, {"NgayNop": "hôm qua"},
        {"NgayNop": "20261399000000"}, {"NgayNop": "20990101000000"}, {"TrangThai": 9}, {"TrangThai": 2},
        {"TrangThai": 2, "NgayTiepNhan": "20200101000000"}, {"KenhThucHien": 7}, {"ChuHoSo": ""},
        {"TaiLieuNop": [{"TenTepDinhKem": "a.pdf", "NoiDungTep": "?"}]},
    ],
)  # fmt: skip
def test_what_breaks_the_form_is_refused_whole(
    closed: TestClient, connection: Connection, wrong: dict[str, object]
) -> None:
    answer = closed.post("/v1/national/dossiers", json=sent(**wrong), headers=token(connection, Permit.SYNCHRONISE))
    assert answer.status_code == 422, answer.text
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (0,)


def test_only_a_token_of_that_scope_and_unit_may(closed: TestClient, connection: Connection) -> None:
    for headers, status in (
        ({}, 401), (token(connection, Permit.READ), 403), (token(connection, Permit.SYNCHRONISE, "06463"), 403),
    ):  # fmt: skip
        assert closed.post("/v1/national/dossiers", json=sent(), headers=headers).status_code == status


@pytest.fixture
def stand_in() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A portal that hands out what is in its list, to whoever shows the token."""
    rows: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            knows = self.headers.get("Authorization") == "Bearer portal-token"
            body = json.dumps(rows).encode() if knows else b"[]"
            self.send_response(200 if knows else 401)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", rows
        server.shutdown()


@pytest.mark.usefixtures("closed")
def test_the_command_takes_in_a_file_or_what_the_portal_hands_out(
    settings: Settings,
    connection: Connection,
    stand_in: tuple[str, list[dict[str, Any]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twice in a row is once; one bad row does not stop the others; a portal that is away is said in a sentence."""
    ours = Settings(**{**settings.model_dump(exclude={"national_token"}), "national_token": "portal-token"})
    monkeypatch.setattr(command, "settings_here", lambda: ours)
    address, rows = stand_in
    rows += [sent(), sent(MaHoSo="H37.05-260601-0008"), sent(MaHoSo="no code")]
    runner = CliRunner()
    first = runner.invoke(app, ["national", "take", address])
    assert first.exit_code == 1
    assert "MaHoSo" in first.output
    second = runner.invoke(app, ["national", "take", address])
    assert second.output.count("đã tiếp nhận từ trước") == 2
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (2,)
    file = tmp_path / "sent.jsonl"
    file.write_text("\n".join(json.dumps(sent(MaHoSo=f"H37.05-260601-{n:04d}")) for n in (7, 9)), encoding="utf-8")
    assert runner.invoke(app, ["national", "take", str(file)]).exit_code == 0
    assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (3,)
    file.write_text("no JSON", encoding="utf-8")
    for source in (str(file), str(tmp_path / "none"), "http://127.0.0.1:9/"):
        wrong = runner.invoke(app, ["national", "take", source])
        assert wrong.exit_code in {1, 2}
        assert "Traceback" not in wrong.output
