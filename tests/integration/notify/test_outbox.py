"""From a fact to everybody it concerns: written with it or not at all, once a reader, without anything of a person."""

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta

import orjson
from fastapi.testclient import TestClient

from services import clock
from services.access.roles import Role
from services.api.app import create_app
from services.clock import VIETNAM
from services.dossier.commands import Action, Command
from services.dossier.notices import MessageState, NoticeKind
from services.intake.supplement import supplement_dossier
from services.notify.notifier import Notifier
from services.notify.spread import spread_notices
from services.settings import Settings
from services.storage.accounts import add_account
from services.storage.assistant_tickets import Ticket, answer_ticket, open_ticket
from services.storage.database import Connection, connect
from services.storage.desk import act
from services.storage.dossiers import NewDocument
from services.storage.escalations import sweep_escalations
from services.storage.messages import MessageRow, Wanted, claim_messages, forget_messages, list_messages, revive_message
from services.storage.webhooks import add_webhook, send_test
from tests.builders.servers import http_server, mail_server, until
from tests.integration.storage.test_calendars import AT, receive

PERSONAL = ("Nông Thị Hoa", "020199001234", "0912345678", "hoa@example.org")
UNIT = "06463"
LATER = AT + timedelta(hours=1)


def hand_in(settings: Settings, **asked: str) -> dict[str, str]:
    """A dossier over the API, for the applicant of `PERSONAL`."""
    name, number, phone, email = PERSONAL
    told = {"applicant_name": name, "applicant_citizen_id": number, "applicant_phone": phone,
            "applicant_email": email, "contact_consent": "true", "unit": UNIT, "procedure": "9.000001"}  # fmt: skip
    with TestClient(create_app(settings)) as client:
        files = {"files": ("to-khai.pdf", b"%PDF-1.4", "application/pdf")}
        answer = client.post("/v1/dossiers", data=told | asked, files=files)
    assert answer.status_code == 201, answer.text
    receipt: dict[str, str] = answer.json()
    return receipt


def messages(connection: Connection, **wanted: str) -> list[MessageRow]:
    return list_messages(connection, Wanted(**wanted), 1000)  # type: ignore[arg-type] # words of enums


def test_the_whole_life_of_a_dossier_is_told(connection: Connection, reaching: Settings) -> None:
    """The applicant by mail, a subscriber by webhook: nothing of the person, no key of the receipt in either."""
    with mail_server() as box, http_server() as server:
        here = reaching.model_copy(update={"smtp_port": box.port})
        add_webhook(connection, "Trục", server.url, [], ["20"], by="admin", at=clock.now())
        receipt = hand_in(here)
        steps = (
            Command(Action.RECEIVE, clock.now()),
            Command(Action.REQUEST_SUPPLEMENT, clock.now(), items=("Giấy chứng sinh",), reason="Số 020199001234 mờ"),
            Command(Action.COMPLETE_SUPPLEMENT, clock.now()),
            Command(Action.EXTEND, clock.now(), reason="Mưa lũ", new_due_at=clock.now() + timedelta(days=30)),
            Command(Action.SIGN_RESULT, clock.now()),
            Command(Action.ANNOUNCE_RESULT, clock.now()),
        )
        for version, command in enumerate(steps, start=1):
            act(connection, receipt["code"], command, version=version)
        Notifier(here).work_off(connection)
    assert not [(row.way, row.problem) for row in messages(connection) if row.problem]
    kinds = ["handed_in", "received", "supplement_requested", "extended", "result_ready"]
    assert sorted(row.kind for row in messages(connection, reader="applicant")) == sorted(kinds)
    assert {row.state for row in messages(connection)} == {MessageState.SENT}
    assert len(box.letters) == len(kinds)
    assert {orjson.loads(heard.body)["type"] for heard in server.heard} == {*kinds, "processing", "result_signed"}
    for letter in box.letters:
        text = letter.get_content() + letter["Subject"]
        assert receipt["code"] in text
        assert f"https://dichvucong.example.gov.vn/tra-cuu?code={receipt['code']}" in text
        assert "Dossier" in text or "dossier" in text
        assert not any(one in text for one in (*PERSONAL, receipt["receipt_key"]))
    for heard in server.heard:
        assert not any(one.encode() in heard.body for one in (*PERSONAL, receipt["receipt_key"], "Giấy"))
    kept = connection.execute("SELECT string_agg(m::text, '') FROM (SELECT facts FROM message) m").fetchone()
    assert kept
    assert not any(one in kept[0] for one in PERSONAL)


def test_neither_without_the_other(connection: Connection) -> None:
    receive(connection, "A-1", UNIT)
    with connection.transaction(force_rollback=True):
        act(connection, "A-1", Command(Action.HAND_OVER, LATER, step="Tư pháp"), version=2)
    assert connection.execute("SELECT count(*) FROM notice").fetchone() == (0,)
    act(connection, "A-1", Command(Action.HAND_OVER, LATER, step="Tư pháp"), version=2)
    assert connection.execute("SELECT kind FROM notice").fetchall() == [("processing",)]


def test_who_did_not_agree_is_told_nothing(connection: Connection, reaching: Settings) -> None:
    """And who takes his consent back before the letter goes is told nothing either."""
    hand_in(reaching, contact_consent="false")
    assert spread_notices(connection, reaching, clock.now()) == 0
    receipt = hand_in(reaching, words="khác")
    assert spread_notices(connection, reaching, clock.now()) == 1
    with TestClient(create_app(reaching)) as client:
        address = f"/v1/dossiers/{receipt['code']}/contact"
        changed = client.put(address, json={"email": PERSONAL[3], "phone": "", "consent": False})
    assert changed.status_code == 204, changed.text
    Notifier(reaching).work_off(connection)
    assert [row.state for row in messages(connection)] == [MessageState.DROPPED]


def test_what_runs_late_is_one_letter_a_rung_and_unit(connection: Connection, reaching: Settings) -> None:
    add_account(connection, "tho", "Mot-Cua-2026!", [Role.HANDLER], [UNIT], email="tho@example.gov.vn", at=clock.now())
    add_account(connection, "truong", "Mot-Cua-2026!", [Role.HEAD], [UNIT], email="dt@example.gov.vn", at=clock.now())
    add_account(connection, "xa.khac", "Mot-Cua-2026!", [Role.HANDLER], ["05977"], email="k@e.vn", at=clock.now())
    for number in range(3):
        receive(connection, f"A-{number}", UNIT)
    with mail_server() as box:
        here = reaching.model_copy(update={"smtp_port": box.port})
        sweep_escalations(connection, datetime(2026, 12, 11, 7, 30, tzinfo=VIETNAM))
        Notifier(here).work_off(connection)
        assert [letter["To"] for letter in box.letters] == ["tho@example.gov.vn"]
        assert all(f"A-{number}" in box.letters[0].get_content() for number in range(3))
        sweep_escalations(connection, datetime(2026, 12, 15, 0, 0, tzinfo=VIETNAM))
        Notifier(here).work_off(connection)
    assert [letter["To"] for letter in box.letters] == ["tho@example.gov.vn", "dt@example.gov.vn"]
    assert "quá hạn" in box.letters[1]["Subject"]


def test_papers_that_came_later_are_told_to_whoever_works_on_the_dossier(
    connection: Connection, reaching: Settings
) -> None:
    """One letter for those of a unit; what an officer brings himself is told to nobody."""
    add_account(connection, "tho", "Mot-Cua-2026!", [Role.HANDLER], [UNIT], email="tho@example.gov.vn", at=clock.now())
    add_account(connection, "xa.khac", "Mot-Cua-2026!", [Role.HANDLER], ["05977"], email="k@e.vn", at=clock.now())
    code = hand_in(reaching, contact_consent="false")["code"]
    for number, by_officer in enumerate((False, True)):
        paper = NewDocument(f"giấy {number}.pdf", str(number) * 64, 9, f"key{number}")
        assert supplement_dossier(connection, code, [paper], most=50, at=clock.now(), by_officer=by_officer)
    with mail_server() as box:
        Notifier(reaching.model_copy(update={"smtp_port": box.port})).work_off(connection)
    (letter,) = box.letters
    assert letter["To"] == "tho@example.gov.vn"
    assert "1 hồ sơ có giấy tờ mới" in letter["Subject"]
    assert code in letter.get_content()


def test_what_a_notifier_died_with_is_sent_by_the_next(connection: Connection, reaching: Settings) -> None:
    with http_server() as server:
        id_, _ = add_webhook(connection, "x", server.url, [], [], by="a", at=clock.now())
        send_test(connection, id_, clock.now())
        lease = timedelta(seconds=60)
        (lost,) = claim_messages(connection, clock.now(), 10, lease=lease)
        Notifier(reaching).work_off(connection)
        assert not server.heard, "somebody has it in hand"
        connection.execute("UPDATE message SET next_at = %s", (clock.now(),))
        Notifier(reaching).work_off(connection)
        assert [heard.headers["webhook-id"] for heard in server.heard] == [lost.key]


def test_several_notifiers_send_each_message_once(
    connection: Connection, reaching: Settings, database_url: str
) -> None:
    def work() -> None:
        with connect(database_url) as own:
            Notifier(reaching).work_off(own)

    with http_server() as server:
        id_, _ = add_webhook(connection, "x", server.url, [], [], by="a", at=clock.now())
        for number in range(40):
            receive(connection, f"A-{number}", UNIT)
            act(connection, f"A-{number}", Command(Action.HAND_OVER, LATER, step="x"), version=2)
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        Notifier(reaching).work_off(connection)
    assert len(server.heard) == 40
    assert len({heard.headers["webhook-id"] for heard in server.heard}) == 40
    assert len(messages(connection, reader=f"webhook:{id_}", state="sent")) == 40


def test_a_text_message_where_there_is_no_mail(connection: Connection, reaching: Settings) -> None:
    """To the number as gateways want it; a number that is none is dead with a reason, and revived when mended."""
    with http_server() as gateway:
        here = reaching.model_copy(update={"sms_url": gateway.url})
        receipt = hand_in(here, applicant_email="", applicant_phone="0912 345 678")
        hand_in(here, applicant_email="", applicant_phone="0912 345 670", words="khác")
        # as another system may have left it: the door takes no such number
        connection.execute(
            """UPDATE dossier SET applicant = applicant || '{"phone": "12345"}' WHERE code <> %s""", (receipt["code"],)
        )
        Notifier(here).work_off(connection)
        (heard,) = gateway.heard
        body = orjson.loads(heard.body)
        assert (body["to"], body["template"]) == ("84912345678", "handed_in")
        assert receipt["code"] in body["text"]
        assert heard.headers["idempotency-key"] == body["id"]
        (dead,) = messages(connection, state="dead")
        assert dead.problem is not None
        assert dead.problem.id == "notice.no_phone"
        connection.execute("""UPDATE dossier SET applicant = applicant || '{"phone": "+84 912 345 679"}'""")
        assert revive_message(connection, dead.id, clock.now())
        gateway.status = 503
        Notifier(here).work_off(connection)
        gateway.status = 200
        until(lambda: worked_off(connection, here))
    assert orjson.loads(gateway.heard[-1].body)["to"] == "84912345679"


def test_what_ended_long_ago_is_forgotten(connection: Connection, reaching: Settings) -> None:
    with mail_server() as box:
        here = reaching.model_copy(update={"smtp_port": box.port})
        hand_in(here)
        Notifier(here).work_off(connection)
    assert forget_messages(connection, clock.now() - timedelta(days=1)) == 0
    assert forget_messages(connection, clock.now() + timedelta(days=1)) == 1
    assert connection.execute("SELECT count(*) FROM notice").fetchone() == (0,)


def worked_off(connection: Connection, settings: Settings) -> bool:
    Notifier(settings).work_off(connection)
    return not messages(connection, state="waiting")


def test_the_command_runs_beside_the_relay(connection: Connection, database_url: str) -> None:
    """A real process: told by the database that there is something, and ended by TERM."""
    with http_server() as server:
        add_webhook(connection, "x", server.url, [NoticeKind.PROCESSING], [], by="a", at=clock.now())
        environment = os.environ | {
            "MOTCUA_DATABASE_URL": database_url, "MOTCUA_WEBHOOK_HOSTS": "127.0.0.1", "MOTCUA_NOTIFY_INTERVAL_S": "30",
        }  # fmt: skip
        process = subprocess.Popen([sys.executable, "-m", "services.cli", "notify"], env=environment)
        try:
            until(
                lambda: connection.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                ).fetchone(),
                60,
            )
            receive(connection, "A-1", UNIT)
            act(connection, "A-1", Command(Action.HAND_OVER, LATER, step="x"), version=2)
            until(lambda: server.heard, 25)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0  # far less than its interval
        finally:
            process.kill()
    assert orjson.loads(server.heard[0].body)["data"]["code"] == "A-1"
    assert [row.state for row in messages(connection)] == [MessageState.SENT]


def test_who_asked_is_told_of_the_answer(connection: Connection, reaching: Settings) -> None:
    """Where he left an address, once; then it is forgotten."""
    now = clock.now()
    open_ticket(connection, Ticket("HD-7K2M", 1, "other", "hỏi", now, now + timedelta(hours=8)))
    with mail_server() as box:
        here = reaching.model_copy(update={"smtp_port": box.port})
        with TestClient(create_app(here)) as client:
            address = "/v1/assistant/tickets/HD-7K2M/contact"
            assert client.put(address, json={"email": "no address"}).status_code == 422
            assert client.put(address, json={}).status_code == 422
            assert client.put(address, json={"phone": "0912 345 678"}).status_code == 204
            assert client.put(address, json={"email": PERSONAL[3]}).status_code == 204
            assert client.put(address.replace("7K", "8K"), json={"email": PERSONAL[3]}).status_code == 404
        assert answer_ticket(connection, "HD-7K2M", "Cần hai ảnh.", "Một cửa", clock.now())
        until(lambda: worked_off(connection, here))
    (letter,) = box.letters
    assert (letter["To"], "HD-7K2M" in letter.get_content()) == (PERSONAL[3], True)
    assert connection.execute("SELECT count(*) FROM ticket_contact").fetchone() == (0,)
