"""The desk offers what the roles of an account and the state of a dossier allow, and says whose the rest is."""

import json
import re
from collections.abc import Callable

import pytest

from services import clock
from services.access.roles import GRANTS, Role, lets_do, staff_for
from services.dossier.commands import Action
from services.dossier.field import Field
from services.dossier.finding import Finding, Severity
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.kinds import PaperKind
from services.dossier.page import TextSource
from services.dossier.paper import Paper
from services.storage.database import Connection
from services.storage.history import append_history
from services.storage.papers import store_fields, store_findings, store_papers
from services.storage.projection import project
from services.wording import sentence
from tests.integration.access.conftest import CODES, OWN, Somebody

PAGE = f"/can-bo/ho-so/{CODES[OWN]}"
HTML = {"accept": "text/html"}


def offered(officer: Somebody) -> set[str]:
    return set(re.findall(rf'action="{PAGE}/viec/(\w+)"', officer.ask("GET", PAGE)[1]))


@pytest.mark.parametrize("role", [Role.ONE_STOP, Role.HANDLER, Role.HEAD, Role.LEADER])
def test_nobody_is_offered_what_the_api_refuses_him(signed_in: Callable[[Role], Somebody], role: Role) -> None:
    """What is offered passes the guard, and what is not offered is refused by it."""
    officer = signed_in(role)
    seen = offered(officer)
    assert seen == {action for action in seen if lets_do(GRANTS[role], Action(action))}
    for action in ("hand_over", "sign_result", "pause", "withdraw", "choose_time_case"):
        status, _ = officer.ask("POST", f"/v1/dossiers/{CODES[OWN]}/actions/{action}", json={"version": 99})
        allowed = lets_do(GRANTS[role], Action(action))
        assert status == (409 if allowed else 403)
        assert action == "choose_time_case" or (action in seen) is allowed


def test_the_desk_says_who_may_sign(signed_in: Callable[[Role], Somebody]) -> None:
    assert staff_for(Action.SIGN_RESULT) == (Role.HEAD,)
    _, page = signed_in(Role.ONE_STOP).ask("GET", PAGE)
    assert "Ký kết quả: Trưởng bộ phận" in page
    _, page = signed_in(Role.HEAD).ask("GET", PAGE)
    assert "Ký kết quả: " not in page


def test_a_refusal_leads_back_to_the_dossier(signed_in: Callable[[Role], Somebody]) -> None:
    officer = signed_in(Role.ONE_STOP)
    officer.headers |= HTML
    status, page = officer.ask("POST", f"{PAGE}/viec/sign_result", data={"version": "2"})
    assert (status, f'href="{PAGE}"' in page) == (403, True)


def test_only_what_the_clock_admits_is_offered(signed_in: Callable[[Role], Somebody]) -> None:
    """A running clock may be paused, a paused one resumed, and nothing is paid that is not due."""
    officer = signed_in(Role.HEAD)
    assert {"pause", "extend"} <= (running := offered(officer))
    assert not {"resume", "record_payment"} & running
    asked = {"version": "2", "reason": "Niêm yết công khai", "csrf": officer.headers["x-csrf-token"]}
    assert officer.ask("POST", f"{PAGE}/viec/pause", data=asked)[0] == 303
    paused = offered(officer)
    assert "resume" in paused
    assert not {"pause", "extend", "request_supplement"} & paused


def test_a_confirmation_is_asked_for_where_it_lifts_the_refusal(signed_in: Callable[[Role], Somebody]) -> None:
    """A missing reason is no matter of meaning it; a second request for papers is, and what was typed stays."""
    officer = signed_in(Role.HEAD)
    form = {"version": "2", "items": "Giấy chứng sinh", "csrf": officer.headers["x-csrf-token"]}
    path = f"{PAGE}/viec/request_supplement"
    status, page = officer.ask("POST", path, data=form)
    assert (status, 'name="deliberate"' in page) == (422, False)
    form["reason"] = "Thiếu giấy"
    assert officer.ask("POST", path, data=form)[0] == 303
    act = f"/v1/dossiers/{CODES[OWN]}/actions/complete_supplement"
    counter = signed_in(Role.ONE_STOP)
    assert counter.ask("POST", act, json={"version": 3, "deliberate": True, "reason": "Đã xem"})[0] == 200
    status, page = officer.ask("POST", path, data=form | {"version": "4"})
    assert (status, page.count('name="deliberate"')) == (422, 1)
    assert ">Thiếu giấy</textarea>" in page


def lack(connection: Connection) -> None:
    """The check has missed a required paper."""
    row = connection.execute("SELECT id FROM dossier WHERE code = %s", (CODES[OWN],)).fetchone()
    store_findings(
        connection, row[0] if row else 0, "check", "dossier",
        [Finding("missing_paper", Severity.BLOCKING, sentence("check.missing_paper", name="Giấy chứng sinh"))],
    )  # fmt: skip


def test_what_lacks_papers_is_complete_only_when_meant(
    signed_in: Callable[[Role], Somebody], connection: Connection
) -> None:
    """Nobody takes it as complete with one click: warned with what is missing, meant, with a reason that is kept."""
    counter = signed_in(Role.ONE_STOP)
    csrf = {"csrf": counter.headers["x-csrf-token"]}
    asked = {"version": "2", "items": "Giấy chứng sinh", "reason": "Thiếu", **csrf}
    assert counter.ask("POST", f"{PAGE}/viec/request_supplement", data=asked)[0] == 303
    lack(connection)
    api = f"/v1/dossiers/{CODES[OWN]}/actions/complete_supplement"
    for sent in ({}, {"deliberate": True}, {"reason": "Bổ sung sau"}):
        status, told = counter.ask("POST", api, json={"version": 3, **sent})
        assert (status, json.loads(told)["confirm"], "Giấy chứng sinh" in told) == (422, "deliberate", True)
    path = f"{PAGE}/viec/complete_supplement"
    status, page = counter.ask("POST", path, data={"version": "3", **csrf})
    assert (status, "Còn thiếu giấy tờ: Giấy chứng sinh" in page) == (422, True)
    meant = {"version": "3", "deliberate": "true", "reason": "Đã xem bản chính", **csrf}
    assert counter.ask("POST", path, data=meant)[0] == 303
    last = json.loads(counter.ask("GET", f"/v1/dossiers/{CODES[OWN]}/history")[1])["events"][-1]
    assert (last["kind"], last["reason"], last["lacks"]) == (
        "supplement_completed", "Đã xem bản chính", ["Giấy chứng sinh"],
    )  # fmt: skip
    page = counter.ask("GET", PAGE)[1]
    assert "Đã ghi nhận bổ sung khi còn thiếu giấy tờ" in page
    assert "Đã bổ sung đủ giấy tờ" not in page


def test_what_is_whole_is_taken_in_one_click(signed_in: Callable[[Role], Somebody]) -> None:
    counter = signed_in(Role.ONE_STOP)
    act = f"/v1/dossiers/{CODES[OWN]}/actions"
    asked = {"version": 2, "items": ["Giấy chứng sinh"], "reason": "Thiếu"}
    assert counter.ask("POST", f"{act}/request_supplement", json=asked)[0] == 200
    status, told = counter.ask("POST", f"{act}/complete_supplement", json={"version": 3})
    assert (status, json.loads(told)["event"]["name"]["vi"]) == (200, "Đã bổ sung đủ giấy tờ")


def test_the_fields_of_a_closed_dossier_are_only_read(
    signed_in: Callable[[Role], Somebody], connection: Connection
) -> None:
    """While it is open its officer confirms; a leader only reads, and once it is over so does everybody."""
    place = connection.execute("SELECT id FROM dossier WHERE code = %s", (CODES[OWN],)).fetchone()
    field = Field("full_name", "Nông Thị Hoa", "Nông Thị Hoa", 0.9, 1, None, TextSource.OCR)
    officer, leader = signed_in(Role.ONE_STOP), signed_in(Role.LEADER)
    store_papers(connection, place[0] if place else 0, [Paper(1, (), PaperKind.BIRTH_CERTIFICATE, 0.9, ())])
    store_fields(connection, place[0] if place else 0, 1, [field])
    button = 'aria-label="Xác nhận'
    assert button in officer.ask("GET", PAGE)[1]
    assert button not in leader.ask("GET", PAGE)[1]
    done = officer.ask("POST", f"/v1/dossiers/{CODES[OWN]}/actions/withdraw", json={"version": 2})
    assert done[0] == 200
    page = officer.ask("GET", PAGE)[1]
    assert ("Nông Thị Hoa" in page, button in page, " readonly" in page) == (True, False, True)


def test_a_result_is_signed_knowing_what_is_missing(
    signed_in: Callable[[Role], Somebody], connection: Connection
) -> None:
    """The form of signing names the papers that nobody found; it is signed when meant, and the reason is kept."""
    head = signed_in(Role.HEAD)
    csrf = {"csrf": head.headers["x-csrf-token"]}
    warned, path = sentence("portal.lacking_signed").say(), f"{PAGE}/viec/sign_result"
    assert warned not in head.ask("GET", PAGE)[1]
    lack(connection)
    page = head.ask("GET", PAGE)[1]
    assert (warned in page, page.count('name="deliberate"')) == (True, 1)
    for sent in ({}, {"deliberate": "true"}, {"reason": "Đã xem bản chính"}):
        status, page = head.ask("POST", path, data={"version": "2", **csrf, **sent})
        assert (status, "Còn thiếu giấy tờ: Giấy chứng sinh" in page) == (422, True)
    meant = {"version": "2", "deliberate": "true", "reason": "Đã xem bản chính", **csrf}
    assert head.ask("POST", path, data=meant)[0] == 303
    last = json.loads(head.ask("GET", f"/v1/dossiers/{CODES[OWN]}/history")[1])["events"][-1]
    assert (last["kind"], last["reason"], last["lacks"], last["name"]["vi"]) == (
        "result_signed", "Đã xem bản chính", ["Giấy chứng sinh"], "Đã ký kết quả khi còn thiếu giấy tờ",
    )  # fmt: skip


def test_no_result_is_handed_over_before_its_fee_is_paid(
    signed_in: Callable[[Role], Somebody], connection: Connection
) -> None:
    """A fee that nobody recorded is told beside the hand-out; one that is due takes the hand-out from the page."""
    head, desk = signed_in(Role.HEAD), signed_in(Role.ONE_STOP)
    told, owed = (sentence(f"portal.{name}").say() for name in ("fees_unrecorded", "actions_owed"))
    version = 2
    head.ask("POST", f"/v1/dossiers/{CODES[OWN]}/actions/sign_result", json={"version": version})
    page = desk.ask("GET", PAGE)[1]
    assert {"return_result", "send_result"} <= offered(desk)
    assert (told in page, owed in page) == (True, False)
    assert "20.000 đồng" in page
    row = connection.execute("SELECT id FROM dossier WHERE code = %s", (CODES[OWN],)).fetchone()
    assert row is not None
    # what another system tells may come in any order
    due = HistoryEvent(EventKind.PAYMENT_REQUESTED, clock.now(), amount_vnd=20_000)
    signed = HistoryEvent(EventKind.RESULT_SIGNED, clock.now())
    append_history(connection, row[0], [due, signed], after=version + 1)
    project(connection, row[0])
    page = desk.ask("GET", PAGE)[1]
    assert not {"return_result", "send_result"} & offered(desk)
    assert "record_payment" in offered(desk)
    assert (told in page, owed in page) == (False, True)
