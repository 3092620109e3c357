"""What an administrator may give: nothing beyond his own units, nothing to himself; units move without moving dates."""

import json
from collections.abc import Callable
from datetime import date

from fastapi.testclient import TestClient

from services import clock
from services.access.roles import Role
from services.deadline.edits import close_day
from services.storage.accounts import add_account
from services.storage.audit import verify_audit
from services.storage.calendars import add_change
from services.storage.database import Connection
from services.storage.units import find_unit
from tests.integration.access.conftest import OTHER, OWN, PASSWORD, Somebody

TOP = "20"


def test_an_administrator_of_a_commune_gives_nothing_beyond_it(
    connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """Not to an account, not to a token, not by changing or resetting an account of another unit."""
    chief = signed_in(Role.ADMINISTRATOR)
    add_account(connection, "ai.do", PASSWORD, [Role.HEAD], [OTHER], at=clock.now())
    for units in ([OTHER], [TOP], [OWN, OTHER]):
        asked = {"name": "lan", "roles": ["administrator"], "units": units}
        assert chief.ask("POST", "/v1/accounts", json=asked)[0] == 403
        assert chief.ask("POST", "/v1/tokens", json={"name": "t", "permits": ["read"], "units": units})[0] == 403
    assert chief.ask("POST", "/v1/tokens", json={"name": "t", "permits": ["read"]})[0] == 403
    for deed in ("reset", "disable", "unlock", "reset-second-factor"):
        assert chief.ask("POST", f"/v1/accounts/ai.do/{deed}")[0] == 404
    assert "ai.do" not in chief.ask("GET", "/v1/accounts")[1]
    assert chief.ask("POST", "/v1/accounts", json={"name": "lan", "roles": ["head"], "units": [OWN]})[0] == 201
    rights = {"roles": ["head"], "units": [TOP]}
    assert chief.ask("PUT", "/v1/accounts/lan", json=rights)[0] == 403


def test_nobody_changes_his_own_rights(signed_in: Callable[[Role], Somebody]) -> None:
    chief = signed_in(Role.ADMINISTRATOR)
    rights = {"roles": ["administrator", "head"], "units": [OWN]}
    assert chief.ask("PUT", "/v1/accounts/administrator.own", json=rights)[0] == 409
    assert chief.ask("POST", "/v1/accounts/administrator.own/disable")[0] == 409


def test_rights_taken_away_are_gone_at_once(signed_in: Callable[[Role], Somebody]) -> None:
    """The sessions of an account end with its roles."""
    chief, head = signed_in(Role.ADMINISTRATOR), signed_in(Role.HEAD)
    assert head.ask("GET", "/v1/dossiers")[0] == 200
    assert chief.ask("PUT", "/v1/accounts/head.own", json={"roles": ["handler"], "units": [OWN]})[0] == 200
    assert head.ask("GET", "/v1/dossiers")[0] == 401


def test_accounts_are_found_without_diacritics(connection: Connection, signed_in: Callable[[Role], Somebody]) -> None:
    chief = signed_in(Role.ADMINISTRATOR)
    add_account(connection, "nth", PASSWORD, [Role.HANDLER], [OWN], display="Nông Thị Hòa", at=clock.now())
    for words in ("nong thi hoa", "Hòa", "nth"):
        found = json.loads(chief.ask("GET", f"/v1/accounts?q={words}&role=handler")[1])
        assert [one["name"] for one in found["items"]] == ["nth"]
    assert json.loads(chief.ask("GET", "/v1/accounts?q=nth&role=head")[1])["total"] == 0


def test_a_locked_account_is_unlocked(closed: TestClient, signed_in: Callable[[Role], Somebody]) -> None:
    """After five wrong passwords it need not wait."""
    chief, _ = signed_in(Role.ADMINISTRATOR), signed_in(Role.HEAD)
    for _ in range(5):
        Somebody(closed).ask("POST", "/v1/session", json={"name": "head.own", "password": "x"})
    assert json.loads(chief.ask("GET", "/v1/accounts/head.own")[1])["state"] == "locked"
    assert json.loads(chief.ask("POST", "/v1/accounts/head.own/unlock")[1])["state"] == "active"


def test_a_closed_unit_takes_nothing_in(
    closed: TestClient, connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """What comes is refused with a sentence; open again it is taken in, its code headed by the unit's own agency."""
    chief, nobody = signed_in(Role.ADMINISTRATOR), Somebody(closed)
    files = [("files", ("a.pdf", b"%PDF-1.4", "application/pdf"))]
    today = clock.in_vietnam(clock.now()).date().isoformat()
    assert chief.ask("POST", f"/v1/units/{OTHER}/close", json={"on": today, "reason": "x"})[0] == 403
    assert chief.ask("POST", f"/v1/units/{OWN}/close", json={"on": today, "reason": "Sáp nhập"})[0] == 200
    status, body = nobody.ask("POST", "/v1/dossiers", files=files, data={"unit": OWN})
    assert (status, "api.unit_closed" in body) == (422, True)
    assert chief.ask("POST", f"/v1/units/{OWN}/open")[0] == 200
    unit = find_unit(connection, OWN)
    assert unit is not None
    asked = {"name": unit.name, "parent": unit.parent, "agency": "H37.77"}
    assert chief.ask("PUT", f"/v1/units/{OWN}", json=asked)[0] == 200
    status, body = nobody.ask("POST", "/v1/dossiers", files=files, data={"unit": OWN})
    assert (status, json.loads(body)["code"].startswith("H37.77-")) == (201, True)


def test_a_closed_unit_hands_its_dossiers_to_its_successor(
    connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """Of both units, out of a closed one, into an open one, with a reason; the successor's people see them then."""
    chief, head = signed_in(Role.ADMINISTRATOR), signed_in(Role.HEAD)
    why = "Sáp nhập từ 1/7/2025"
    asked = {"to": OWN, "reason": why}
    path, today = f"/v1/units/{OTHER}/move-dossiers", clock.in_vietnam(clock.now()).date().isoformat()
    assert chief.ask("POST", path, json=asked)[0] == 403
    connection.execute("UPDATE account SET units = %s WHERE name = 'administrator.own'", ([OWN, OTHER],))
    assert "unit_still_open" in chief.ask("POST", path, json=asked)[1]
    assert chief.ask("POST", f"/v1/units/{OTHER}/close", json={"on": today, "reason": why})[0] == 200
    for wrong in ({"to": OTHER, "reason": why}, {"to": "none", "reason": why}, {"to": OWN, "reason": " "}):
        assert chief.ask("POST", path, json=wrong)[0] == 422, wrong
    assert chief.ask("POST", path, json={"to": "20", "reason": why})[0] == 403
    assert '"total":1' in head.ask("GET", "/v1/dossiers")[1]
    status, body = chief.ask("POST", f"{path}/preview", json={"to": OWN})
    told = json.loads(body)
    assert (status, told["dossiers"], told["ended"], told["same_calendar"]) == (200, 1, 0, True)
    assert told["accounts_staying"] == ["administrator.own"]
    status, body = chief.ask("POST", path, json=asked)
    assert (status, '"moved":1' in body) == (200, True)
    assert '"total":2' in head.ask("GET", "/v1/dossiers")[1]
    assert '"received":2' in head.ask("GET", "/v1/on-time?by=unit")[1]
    found = connection.execute("SELECT actor, data FROM audit WHERE action = 'dossiers_moved'").fetchone()
    assert found is not None
    assert (found[0], found[1]["reason"], found[1]["to"]) == ("administrator.own", why, OWN)
    assert verify_audit(connection).broken is None


def test_accounts_of_a_closed_unit_act_for_its_successor(
    connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """Their sessions end, each change is in the log; whoever does it, and who acts beyond his units, stays."""
    chief, head = signed_in(Role.ADMINISTRATOR), signed_in(Role.HEAD)
    connection.execute("UPDATE account SET units = %s WHERE name = 'administrator.own'", ([OWN, OTHER],))
    connection.execute("UPDATE account SET units = %s WHERE name = 'head.own'", ([OTHER, OWN],))
    connection.execute("UPDATE account SET units = %s WHERE name = 'leader.own'", ([OTHER, "20"],))
    signed_in(Role.LEADER)
    path, asked = f"/v1/units/{OTHER}/move-accounts", {"to": OWN, "reason": "Sáp nhập"}
    assert "unit_still_open" in chief.ask("POST", path, json=asked)[1]
    today = clock.in_vietnam(clock.now()).date().isoformat()
    assert chief.ask("POST", f"/v1/units/{OTHER}/close", json={"on": today, "reason": "Sáp nhập"})[0] == 200
    status, body = chief.ask("POST", path, json=asked)
    assert (status, json.loads(body)["accounts"]) == (200, ["head.own"])
    assert head.ask("GET", "/v1/dossiers")[0] == 401
    units: dict[str, list[str]] = dict(connection.execute("SELECT name, units FROM account").fetchall())
    assert (units["head.own"], units["administrator.own"]) == ([OWN], [OWN, OTHER])
    log = connection.execute(
        "SELECT subject, data ->> 'reason' FROM audit WHERE action IN ('account_changed', 'accounts_moved') ORDER BY id"
    ).fetchall()
    assert log == [("head.own", "Sáp nhập"), (OTHER, "Sáp nhập")]
    assert verify_audit(connection).broken is None


def test_a_unit_moves_only_where_the_same_calendar_holds(
    connection: Connection, signed_in: Callable[[Role], Somebody]
) -> None:
    """A move never shifts a date without a reason; nothing hangs below itself; a unit beyond one's own is no place."""
    chief = signed_in(Role.ADMINISTRATOR)
    connection.execute("UPDATE account SET units = %s WHERE name = 'administrator.own'", ([TOP],))
    connection.execute(
        "INSERT INTO unit (id, name, parent, kind, agency) VALUES ('cum', 'Cụm', %s, 'centre', '')", (TOP,)
    )
    unit = find_unit(connection, OWN)
    assert unit is not None
    moved = {"name": unit.name, "parent": "cum"}
    change = close_day(date(2027, 3, 3), "nghỉ", "off")
    add_change(connection, "cum", change, reason="x", actor="x", at=clock.now())
    status, body = chief.ask("PUT", f"/v1/units/{OWN}", json=moved)
    assert (status, "unit_other_calendar" in body) == (422, True)
    add_change(connection, OWN, change, reason="x", actor="x", at=clock.now())
    assert chief.ask("PUT", f"/v1/units/{OWN}", json=moved)[0] == 200
    assert "unit_below_itself" in chief.ask("PUT", "/v1/units/cum", json={"name": "Cụm", "parent": OWN})[1]
    assert chief.ask("PUT", f"/v1/units/{TOP}", json={"name": "Tỉnh", "parent": "cum"})[0] == 422


def test_a_page_of_another_site_gives_nothing(signed_in: Callable[[Role], Somebody]) -> None:
    """A form without the token of its session changes nothing; with it the same form does. No page is kept."""
    chief = signed_in(Role.ADMINISTRATOR)
    form = {"name": "lan", "roles": "head", "units": OWN}
    stranger = Somebody(chief.client, {}, chief.cookies)
    assert stranger.ask("POST", "/quan-tri/tai-khoan-moi", data=form)[0] == 403
    assert '"total":1' in chief.ask("GET", "/v1/accounts")[1]
    status, body = stranger.ask("POST", "/quan-tri/tai-khoan-moi", data=form | {"csrf": chief.headers["x-csrf-token"]})
    assert status == 200
    assert "lan" in body
    assert chief.client.get("/quan-tri").headers["cache-control"] == "no-store"


def test_an_administrator_of_a_commune_changes_nothing_of_the_province(signed_in: Callable[[Role], Somebody]) -> None:
    """He reads the catalogue and the models; the doors that change them are closed, and their buttons not shown."""
    chief = signed_in(Role.ADMINISTRATOR)
    page = "/quan-tri/thu-tuc/1.004873"
    status, body = chief.ask("GET", page)
    assert (status, "phien-ban" in body or "/sua" in body) == (200, False)
    assert chief.ask("GET", f"{page}/sua")[0] == 403
    assert chief.ask("POST", "/v1/catalogue/1.004873/end", json={"on": "2027-01-01", "reason": "x"})[0] == 403
    assert chief.ask("POST", "/v1/models/kinds/use", json={"number": 0})[0] == 403
    assert chief.ask("POST", "/v1/catalogue/imports", files={"file": ("a.json", b"[]")})[0] == 403
