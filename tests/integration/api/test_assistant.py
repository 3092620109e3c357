"""The assistant over HTTP: replies, streams, tickets, knowledge, figures, limits, and what is kept of a question."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from services.api.app import create_app
from services.clock import now
from services.settings import Settings
from services.stack.ask import ask_server
from services.storage.assistant_log import TurnRow, count_weeks, forget_old, store_turn
from services.storage.assistant_rate import take_turn
from services.storage.database import Connection
from tests.integration.api.test_api import FILES

MESSAGES = "/v1/assistant/messages"


def ask(client: TestClient, text: str, talk: str = "") -> dict[str, object]:
    answered = client.post(MESSAGES, json={"text": text, "talk": talk})
    assert answered.status_code == 200, answered.text
    found: dict[str, object] = answered.json()
    return found


def test_a_talk_goes_on_where_it_was(client: TestClient) -> None:
    first = ask(client, "Thủ tục đăng ký kết hôn lệ phí bao nhiêu")
    second = ask(client, "thế mất bao lâu", str(first["talk"]))
    assert first["talk"] == second["talk"]
    assert second["codes"] == first["codes"]
    assert second["machine"] is True


def test_the_terminal_gets_the_ticket_of_a_question_handed_over(client: TestClient) -> None:
    first, second = ask_server(client, ["Thủ tục đăng ký kết hôn lệ phí bao nhiêu", "cho tôi gặp cán bộ"])
    assert first["behaviour"] == "answer"
    assert first["ticket"] is None
    assert second["behaviour"] == "handover"
    assert second["ticket"].startswith("TL-")
    assert second["ticket"] in second["text"]


def test_a_reply_can_be_streamed(client: TestClient) -> None:
    streamed = client.post(MESSAGES, json={"text": "thời tiết hôm nay"}, headers={"Accept": "text/event-stream"})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert streamed.text.startswith("event: text\ndata: ")
    assert "event: done" in streamed.text
    assert '"behaviour":"out_of_scope"' in streamed.text


def test_what_identifies_a_person_is_never_stored(client: TestClient, connection: Connection) -> None:
    ask(client, "Tôi là Nông Thị Hoa, số căn cước 012345678901, sđt 0912345678, cần làm lại căn cước")
    stored = connection.execute("SELECT question FROM assistant_turn").fetchall()
    stored += connection.execute("SELECT state::text FROM assistant_talk").fetchall()
    stored += connection.execute("SELECT question FROM assistant_ticket").fetchall()
    whole = " ".join(row[0] for row in stored)
    assert not any(secret in whole for secret in ("012345678901", "0912345678", "Hoa"))


def test_a_hand_over_has_a_clock_and_its_approved_answer_becomes_knowledge(client: TestClient) -> None:
    asked = ask(client, "tôi muốn gặp cán bộ để hỏi về việc gửi xe ở trung tâm")
    assert asked["behaviour"] == "handover"
    code = str(asked["ticket"])
    assert code in str(asked["text"])
    waiting = client.get("/v1/assistant/work-list").json()["tickets"]
    assert [ticket["code"] for ticket in waiting] == [code]
    assert client.get(f"/v1/assistant/tickets/{code}").json()["answer"] is None

    told = {
        "text": "Gửi xe miễn phí.",
        "by": "Trung tâm tỉnh",
        "approve": True,
        "question": "đăng ký chỗ gửi xe trung tâm",
    }
    assert client.post(f"/v1/assistant/tickets/{code}/answer", json=told).json()["knowledge"] == 1
    assert client.post(f"/v1/assistant/tickets/{code}/answer", json=told).status_code == 404
    assert client.get(f"/v1/assistant/tickets/{code}").json()["answer"] == "Gửi xe miễn phí."
    again = ask(client, "đăng ký chỗ gửi xe ở trung tâm thế nào")
    assert str(again["text"]).startswith("Gửi xe miễn phí.")
    assert code in str(again["text"])
    assert client.delete("/v1/assistant/knowledge/1").status_code == 204
    assert not str(ask(client, "đăng ký chỗ gửi xe ở trung tâm thế nào")["text"]).startswith("Gửi xe")


def test_an_answer_written_without_a_ticket_is_used_once_it_is_approved(client: TestClient) -> None:
    draft = {
        "question": "nhà văn hoá thôn cho mượn loa đài không",
        "answer": "Có, hỏi trưởng thôn trước 3 ngày.",
        "source": "Quy chế nhà văn hoá",
    }
    wrong = client.post("/v1/assistant/knowledge", json={**draft, "procedure": "9.999999"})
    assert wrong.status_code == 422
    entry = client.post("/v1/assistant/knowledge", json=draft).json()["entry"]
    asked = "nhà văn hoá thôn có cho mượn loa đài không ạ"
    assert "trưởng thôn" not in str(ask(client, asked)["text"])
    approval = f"/v1/assistant/knowledge/{entry}/approval"
    assert client.post(approval, json={"by": "UBND xã"}).status_code == 204
    assert client.post(approval, json={"by": "UBND xã"}).status_code == 404
    told = str(ask(client, asked)["text"])
    assert told.startswith("Có, hỏi trưởng thôn")
    assert "UBND xã" in told
    assert "Quy chế nhà văn hoá" in told
    (kept,) = client.get("/v1/assistant/knowledge").json()["entries"]
    assert (kept["drafted_by"], kept["approver"]) == ("local", "local")
    assert client.delete(f"/v1/assistant/knowledge/{entry}").status_code == 204
    assert client.get("/v1/assistant/knowledge").json()["entries"] == []


def test_a_status_is_told_to_whoever_holds_the_receipt(client: TestClient, connection: Connection) -> None:
    made = client.post("/v1/dossiers", files=FILES).json()
    first = ask(client, f"hồ sơ {made['code']} đến đâu rồi")
    assert first["behaviour"] == "status_lookup"
    assert "Mới đăng ký" not in str(first["text"])
    talk = str(first["talk"])
    assert "không khớp" in str(ask(client, "ABCDEFG2", talk)["text"])
    assert "Mới đăng ký" in str(ask(client, made["receipt_key"], talk)["text"])
    stored = connection.execute("SELECT question FROM assistant_turn").fetchall()
    assert not any(made["receipt_key"] in row[0] for row in stored)


def test_figures_count_ratings_and_judgements(client: TestClient) -> None:
    answered = ask(client, "thời tiết hôm nay")
    turn, talk = answered["turn"], answered["talk"]
    assert client.post(f"{MESSAGES}/{turn}/rating", json={"talk": talk, "helpful": False}).status_code == 204
    assert client.post(f"{MESSAGES}/{turn}/rating", json={"talk": "other", "helpful": True}).status_code == 404
    assert [row["turn"] for row in client.get("/v1/assistant/work-list").json()["unhelpful"]] == [turn]
    reported = client.put(f"/v1/assistant/turns/{turn}/judgement", json={"right": False, "by": "Trung tâm tỉnh"})
    assert reported.status_code == 204
    assert client.get("/v1/assistant/work-list").json()["unhelpful"] == []
    drawn = ask(client, "đăng ký kết hôn cần giấy tờ gì")["turn"]
    judged = {"right": True, "by": "Trung tâm tỉnh", "sample": True}
    assert client.put(f"/v1/assistant/turns/{drawn}/judgement", json=judged).status_code == 204
    (week,) = client.get("/v1/assistant/figures").json()["weeks"]
    # what a citizen complained of was not drawn by chance, and counts in no share
    assert (week["asked"], week["out_of_scope"], week["unhelpful"], week["judged"]) == (2, 1, 1, 1)
    assert week["right_share"]["value"] == 1.0
    assert week["right_share"]["interval"][0] == pytest.approx(0.2065, abs=1e-3)


def test_old_questions_go_and_their_sums_stay(connection: Connection) -> None:
    for age in (400, 1):
        at = now() - timedelta(days=age)
        store_turn(connection, TurnRow("t", 1, at, "?", "answer", "procedure", "vi", [], [], 0.9, 0.01))
    assert forget_old(connection, now(), days=180) == 1
    weeks = count_weeks(connection, (now() - timedelta(days=500)).date())
    assert [figures["asked"] for figures in weeks.values()] == [1, 1]
    assert connection.execute("SELECT count(*) FROM assistant_turn").fetchone() == (1,)


def test_a_caller_who_waits_may_send_again_and_is_forgotten(connection: Connection) -> None:
    start = now()
    assert [take_turn(connection, "10.0.0.9", 2, start) for _ in range(3)] == [0, 0, 30]
    assert take_turn(connection, "10.0.0.9", 2, start + timedelta(seconds=31)) == 0
    kept = connection.execute("SELECT caller FROM assistant_rate").fetchall()
    assert "10.0.0.9" not in str(kept)
    take_turn(connection, "10.0.0.10", 2, start + timedelta(minutes=3))
    assert connection.execute("SELECT count(*) FROM assistant_rate").fetchone() == (1,)


def test_too_many_messages_and_the_off_switch(settings: Settings) -> None:
    slow = settings.model_copy(update={"assistant_rate": 2})
    with TestClient(create_app(slow), client=("10.0.0.9", 1)) as client:
        codes = [client.post(MESSAGES, json={"text": "hi"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    # another process of the API counts on
    with TestClient(create_app(slow), client=("10.0.0.9", 1)) as client:
        assert client.post(MESSAGES, json={"text": "hi"}).status_code == 429
    with TestClient(create_app(slow), client=("10.0.0.10", 1)) as client:
        assert client.post(MESSAGES, json={"text": "hi"}).status_code == 200
    off = settings.model_copy(update={"assistant_on": False})
    with TestClient(create_app(off)) as client:
        assert client.post(MESSAGES, json={"text": "hi"}).status_code == 503
