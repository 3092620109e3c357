"""Many officers at once over HTTP: real sockets, a server of its own, one dossier."""

import threading
from collections import Counter

import httpx
import pytest

from tests.integration.api.conftest import Served

OFFICERS = 64
FILES = [("files", ("giấy.pdf", b"%PDF-1.4 first", "application/pdf"))]


@pytest.mark.real
def test_of_64_officers_over_http_one_wins_and_63_read_the_present_state(served: Served) -> None:
    """Each saw version 2; whoever came too late is told 409 and what the winner made of the dossier."""
    made = httpx.post(f"{served.url}/v1/dossiers", files=FILES, data={"procedure": "1.004222", "channel": "1"})
    code = made.json()["code"]
    barrier = threading.Barrier(OFFICERS)
    answers: list[tuple[int, httpx.Response]] = []

    def hand_over(number: int) -> None:
        with httpx.Client(timeout=60) as client:
            client.get(f"{served.url}/healthz")  # the line is open before anybody begins
            barrier.wait()
            asked = {"version": 2, "step": f"desk {number}", "step_days": 2}
            answers.append((number, client.post(f"{served.url}/v1/dossiers/{code}/actions/hand_over", json=asked)))

    threads = [threading.Thread(target=hand_over, args=(number,)) for number in range(OFFICERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(answer.status_code for _, answer in answers) == {200: 1, 409: OFFICERS - 1}
    for late in [answer for _, answer in answers if answer.status_code == httpx.codes.CONFLICT]:
        assert late.headers["content-type"] == "application/problem+json"
        current = late.json()["current"]
        assert (current["version"], current["status"]["name"]) == (3, "processing")
    (winner,) = [number for number, answer in answers if answer.status_code == 200]
    history = httpx.get(f"{served.url}/v1/dossiers/{code}/history").json()
    assert (history["version"], [step["name"] for step in history["steps"]]) == (3, [f"desk {winner}"])
