"""Acting on a dossier over HTTP: the state machine, its conflicts and its history."""

from typing import Any

import httpx
from fastapi.testclient import TestClient

FILES = [("files", ("giấy.pdf", b"%PDF-1.4 first", "application/pdf"))]


def hand_in(client: TestClient, channel: int = 2) -> str:
    answer = client.post("/v1/dossiers", files=FILES, data={"procedure": "1.004222", "channel": str(channel)})
    code: str = answer.json()["code"]
    return code


def act(client: TestClient, code: str, action: str, version: int, **asked: object) -> httpx.Response:
    response: httpx.Response = client.post(f"/v1/dossiers/{code}/actions/{action}", json={"version": version, **asked})
    return response


def test_a_life_from_the_portal_to_the_citizen(client: TestClient) -> None:
    """Handed in online, received, handed over, papers asked for and brought, signed and handed out."""
    code = hand_in(client)
    before = client.get(f"/v1/dossiers/{code}/history").json()
    assert (before["version"], before["status"]["name"], before["due"]["expected"]) == (1, "new", True)
    assert client.get("/v1/on-time").json()["total"]["received"] == 0
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("receive", {}, "received"),
        ("hand_over", {"step": "Cán bộ hộ tịch", "step_days": 2}, "processing"),
        ("request_supplement", {"reason": "Thiếu giấy", "items": ["Giấy chứng sinh"]}, "supplement_requested"),
        ("complete_supplement", {}, "processing"),
        ("sign_result", {"result_code": "KQ.G15.000031"}, "done"),
        ("return_result", {}, "returned"),
    ]
    for version, (action, asked, status) in enumerate(steps, start=1):
        answer = act(client, code, action, version, **asked)
        assert answer.status_code == 200, answer.text
        assert answer.json()["dossier"]["status"]["name"] == status
    history = client.get(f"/v1/dossiers/{code}/history").json()
    assert [event["kind"] for event in history["events"]] == [
        "submitted", "received", "handed_over", "supplement_requested", "supplement_completed", "result_signed",
        "result_returned",
    ]  # fmt: skip
    assert history["steps"][0]["due_at"]
    assert history["due"]["lines"][0]["vi"] != history["due"]["lines"][0]["en"]
    assert client.get("/v1/on-time").json()["total"]["early"] == 1
    assert client.get(f"/v1/dossiers/{code}").json()["version"] == history["version"] == 7


def test_who_acts_on_an_old_version_is_told_the_present_state(client: TestClient) -> None:
    code = hand_in(client, channel=1)
    assert act(client, code, "pause", 2, reason="Niêm yết công khai").status_code == 200
    late = act(client, code, "hand_over", 2, step="x")
    assert (late.status_code, late.headers["content-type"]) == (409, "application/problem+json")
    current = late.json()["current"]
    assert (current["version"], current["paused"]) == (3, True)
    wrong = act(client, code, "return_result", 3)
    assert wrong.status_code == 409
    assert "resume" in {action["action"] for action in wrong.json()["current"]["actions"]}


def test_a_guard_says_what_is_missing_and_what_must_be_meant(client: TestClient) -> None:
    code = hand_in(client, channel=1)
    assert act(client, code, "request_supplement", 2, reason="Thiếu").status_code == 422
    asked = {"reason": "Thiếu", "items": ["Sổ hộ khẩu"]}
    assert act(client, code, "request_supplement", 2, **asked).json()["form"] == "02"
    act(client, code, "complete_supplement", 3)
    second = act(client, code, "request_supplement", 4, **asked)
    assert (second.status_code, second.json()["confirm"]) == (422, "deliberate")
    assert act(client, code, "request_supplement", 4, **asked, deliberate=True).status_code == 200


def test_unknown_dossier_action_and_version(client: TestClient) -> None:
    code = hand_in(client)
    assert act(client, "H37.00-990101-0001", "receive", 1).status_code == 404
    assert client.get("/v1/dossiers/H37.00-990101-0001/history").status_code == 404
    assert act(client, code, "burn", 1).status_code == 422
    assert client.post(f"/v1/dossiers/{code}/actions/receive", json={}).status_code == 422


def test_an_officer_chooses_the_lead_time_that_applies(client: TestClient) -> None:
    """At reception or after it, with a reason; the date, its lines and the page follow."""
    answer = client.post("/v1/dossiers", files=FILES, data={"procedure": "1.012784", "channel": "2"})
    code = answer.json()["code"]
    before = client.get(f"/v1/dossiers/{code}/history").json()
    ordinary, hard = before["time_cases"][:2]
    assert ordinary["chosen"]
    assert not hard["chosen"]
    received = act(client, code, "receive", 1, time_case=hard["case"]).json()["dossier"]
    assert received["due"]["budget"]["amount"] == hard["amount"] > ordinary["amount"]
    assert received["due"]["due_at"] > before["due"]["due_at"]
    assert act(client, code, "choose_time_case", 2, time_case="một năm", reason="x").status_code == 422
    back = act(client, code, "choose_time_case", 2, time_case=ordinary["case"], reason="Không thuộc vùng khó khăn")
    assert back.json()["dossier"]["due"]["budget"]["amount"] == ordinary["amount"]
    assert client.get(f"/v1/dossiers/{code}").json()["due"]["lead"]["case"] == ordinary["case"]
    plain = hand_in(client, channel=1)
    offered = {action["action"] for action in client.get(f"/v1/dossiers/{plain}/history").json()["actions"]}
    assert "choose_time_case" not in offered
