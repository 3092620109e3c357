"""Every endpoint × role × own and other unit, drawn from the routes themselves: a new one without a rule fails."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from services.access.roles import ACTION_PERMITS, GRANTS, Permit, Role
from services.api.guard import OF_DOSSIER
from services.api.rules import Rule, Sight
from services.dossier.commands import Action
from tests.integration.access.conftest import CODES, KEY, OTHER, OWN, Somebody

BODIES: dict[str, object] = {
    "/v1/dossiers/{code}/actions/{action}": {"version": 99},
    "/v1/units/{unit}/calendar": {"reason": "x"},
    "/v1/units/{unit}/calendar/preview": {"reason": "x"},
    "/v1/session/password": {"old": "x", "new": "y"},
    "/v1/session/second-factor/confirm": {"code": "000000"},
    "/v1/dossiers/{code}/reveal": {"name": "name", "reason": "xem"},
    "/v1/accounts": {},
    "/v1/dossiers/{code}/feedback": {"stars": 5},
    "/v1/audit/verify": {},
    "/v1/catalogue/{code}/versions": {},
    "/v1/catalogue/{code}/versions/preview": {},
    "/v1/catalogue/{code}/end": {},
    "/v1/catalogue/imports/{digest}": {},
    "/v1/models/kinds/use": {"number": 0},
    "/v1/tokens": {},
    "/v1/webhooks": {},
    "/v1/dossiers/{code}/contact": {"consent": False},
    "/v1/session": {"name": "nobody", "password": "x"},
}
REFUSE_BY_THEMSELVES = {
    "/v1/dossiers/{code}/feedback", "/ho-so/{code}/danh-gia",
    "/v1/session", "/v1/session/password", "/tra-cuu", "/tai-khoan/xac-thuc", "/tai-khoan/mat-khau", "/dang-nhap",
    "/dang-nhap/lien-ket/ve",
    "/can-bo/ho-so/{code}/mau/{form}/ky", "/v1/dossiers/{code}/forms/{form}/sign-off",
}  # fmt: skip
NO_RUN = "00000000-0000-0000-0000-000000000000"


def routes(among: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Every method and path that answers, those of included routers too."""
    for route in among:
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in route.methods or ())
        elif inner := getattr(route, "original_router", None):
            yield from routes(inner.routes)


def address(path: str, unit: str, action: Action = Action.HAND_OVER) -> str:
    """The path for the dossier of a unit."""
    filled = path.replace("/thu-tuc/{code}", "/thu-tuc/1.004222").replace("/procedures/{code}", "/procedures/1.004222")
    values = {"code": CODES[unit], "unit": unit, "action": str(action), "run_id": NO_RUN, "name": "x", "paper": "1",
              "token_id": "x", "webhook_id": "x", "message_id": "0",
              "kind": "pdf" if "form" in path or "register" in path else "csv", "form": "01",
              "turn": "1", "entry": "1", "id_": "x", "number": "1", "page": "1", "deed": "khoa",
              "digest": "0" * 64, "upload": "x"}  # fmt: skip
    for name, value in values.items():
        filled = filled.replace(f"{{{name}}}", value)
    return filled


def test_every_route_has_a_rule_and_every_rule_a_route(closed: TestClient) -> None:
    app = closed.app
    assert isinstance(app, FastAPI)
    assert set(routes(app.routes)) == set(app.state.rules), (
        "write its row into services/api/rules.py or services/portal/rules.py"
    )


def wanted(rule: Rule, action: Action) -> Permit:
    return rule.permit or ACTION_PERMITS[action]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CITIZEN])
def test_staff(role: Role, closed: TestClient, signed_in: Callable[[Role], Somebody]) -> None:
    """What the role may not is 403; what it may is done for its own unit and unknown for another."""
    somebody = signed_in(role)
    assert isinstance(closed.app, FastAPI)
    for (method, path), rule in closed.app.state.rules.items():
        if path.endswith("/events") or (method, path) in {("DELETE", "/v1/session"), ("POST", "/dang-xuat")}:
            continue
        allowed = wanted(rule, Action.PAUSE) in GRANTS[role]
        for unit in (OWN, OTHER):
            sent = {"json": BODIES[path]} if path in BODIES and method != "GET" else {}
            status, body = somebody.ask(method, address(path, unit, Action.PAUSE), **sent)
            where = (role, method, path, unit, status, body[:200])
            if not allowed:
                assert status == 403, where
            elif (
                unit == OTHER
                and rule.sight is Sight.OWN
                and rule.permit is not Permit.PUBLIC
                and OF_DOSSIER.search(path)
            ):
                assert status == 404, where
            elif rule.of_province or (unit == OTHER and rule.of_unit):
                # whoever is signed in here acts for one commune
                assert status == 403, where
            else:
                assert status not in {401, 403} or path in REFUSE_BY_THEMSELVES, where
                if method == "GET" and OF_DOSSIER.search(path) and not path.endswith((".webp", ".pdf", "/original")):
                    assert status == 200 or path.startswith("/ho-so"), where
            if unit == OWN:
                assert CODES[OTHER] not in body, where


def test_nobody(closed: TestClient) -> None:
    """Somebody on the street reads what is published, hands in online, and is asked to sign in for all else."""
    nobody = Somebody(closed)
    assert isinstance(closed.app, FastAPI)
    for (method, path), rule in closed.app.state.rules.items():
        public = wanted(rule, Action.PAUSE) in {Permit.PUBLIC, Permit.HAND_IN, Permit.FIGURES}
        sent = {"json": BODIES[path]} if path in BODIES and method != "GET" else {}
        status, body = nobody.ask(method, address(path, OWN), **sent)
        where = (method, path, status, body[:200])
        assert status >= 300 or not any(code in body for code in CODES.values()), where
        if not public:
            assert status == 401, where
        elif path not in REFUSE_BY_THEMSELVES:
            assert status not in {401, 403}, where


def test_the_holder_of_a_receipt(closed: TestClient) -> None:
    """The code with its key opens that dossier alone, and nothing but following and withdrawing it."""
    holder = Somebody(closed, {"x-receipt-key": KEY})
    own = f"/v1/dossiers/{CODES[OWN]}"
    assert holder.ask("GET", own)[0] == 200
    assert holder.ask("GET", f"{own}/history")[0] == 403
    assert holder.ask("POST", f"{own}/actions/sign_result", json={"version": 2})[0] == 403
    assert holder.ask("GET", "/v1/dossiers")[0] == 401
    assert holder.ask("POST", f"{own}/actions/withdraw", json={"version": 2})[0] == 200
    wrong = Somebody(closed, {"x-receipt-key": "AAAAAAAA"})
    assert wrong.ask("GET", own)[0] == 401
    assert holder.ask("GET", "/v1/dossiers/H37.00-260101-0009")[0] == 401


def test_lists_and_figures_show_the_own_unit(closed: TestClient, signed_in: Callable[[Role], Somebody]) -> None:
    """A head sees one of two dossiers, in lists, counts and figures split any way; the public figures show both."""
    head = signed_in(Role.HEAD)
    assert '"total":1' in head.ask("GET", "/v1/dossiers")[1]
    for by in ("", "?by=unit", "?by=procedure", "?by=field", "?by=month", "?by=officer", "?by=channel",
               "?by=channel&procedure=1.004222"):  # fmt: skip
        assert '"received":1' in head.ask("GET", f"/v1/on-time{by}")[1]
    assert head.ask("GET", f"/v1/dossiers?unit={OTHER}")[0] == 403
    for by in ("", "?by=channel", "?by=channel&procedure=1.004222"):
        assert '"received":2' in Somebody(closed).ask("GET", f"/v1/on-time{by}")[1]


def test_figures_of_officers_are_for_those_who_lead_them(
    closed: TestClient, signed_in: Callable[[Role], Somebody]
) -> None:
    """Nobody on the street, no colleague; each officer asks of himself, and never beyond his units."""
    nobody, handler, head = Somebody(closed), signed_in(Role.HANDLER), signed_in(Role.HEAD)
    for path in ("/v1/on-time?by=officer", "/v1/on-time?officer=", "/v1/on-time?officer=head.own"):
        assert nobody.ask("GET", path)[0] == 401, path
        assert handler.ask("GET", path)[0] == 403, path
        assert head.ask("GET", path)[0] == 200, path
    status, body = handler.ask("GET", "/v1/on-time?officer=handler.own")
    assert (status, '"received":0' in body) == (200, True)
    assert '"/v1/dossiers?officer=&received=true"' in head.ask("GET", "/v1/on-time?by=officer")[1]
    assert '"total":1' in head.ask("GET", "/v1/dossiers?officer=&received=true")[1]
    assert nobody.ask("GET", "/so-lieu?by=officer")[0] == 422


def test_the_counter_is_for_its_unit(closed: TestClient, signed_in: Callable[[Role], Somebody]) -> None:
    """By hand or post a dossier is taken in by officers of that unit; online by anybody."""
    files = [("files", ("a.pdf", b"%PDF-1.4", "application/pdf"))]
    officer, handler, nobody = signed_in(Role.ONE_STOP), signed_in(Role.HANDLER), Somebody(closed)
    for who, unit, channel, status in [
        (officer, OWN, 1, 201), (officer, OTHER, 1, 403), (handler, OWN, 1, 403), (nobody, OWN, 1, 401),
        (nobody, OWN, 2, 201),
    ]:  # fmt: skip
        data = {"unit": unit, "channel": str(channel)}
        assert who.ask("POST", "/v1/dossiers", files=files, data=data)[0] == status, (unit, channel)
