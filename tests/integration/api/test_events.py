"""Events over a real server and socket, and running again what waits for a person."""

import signal
from collections.abc import Iterator
from itertools import islice
from time import monotonic
from uuid import UUID

import httpx
import orjson
import pytest

from services.pipeline.handover import Failed, settle
from services.settings import Settings
from services.storage.database import Connection
from services.storage.runs import read_run
from services.wording import sentence
from tests.integration.api.conftest import Served

FILES = [("files", ("giấy.pdf", b"%PDF-1.4 first", "application/pdf"))]
Event = tuple[int, str, dict[str, object]]


@pytest.fixture
def api(served: Served) -> Iterator[httpx.Client]:
    """A client of the server; a stream that says nothing for ten seconds fails the test."""
    with httpx.Client(base_url=served.url, timeout=10) as opened:
        yield opened


def hand_in(api: httpx.Client) -> str:
    """A dossier of one file; its code."""
    return str(
        api.post("/v1/dossiers", files=FILES, data={"procedure": "1.001193", "channel": "1"})
        .raise_for_status()
        .json()["code"]
    )


def events_of(stream: httpx.Response) -> Iterator[Event]:
    """The events as they come; comments are passed over."""
    fields: dict[str, str] = {}
    for line in stream.iter_lines():
        if line.startswith(":"):
            continue
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            yield int(fields["id"]), fields["event"], orjson.loads(fields["data"])
            fields = {}


def act(api: httpx.Client, code: str, action: str, version: int) -> None:
    """An officer's action on the version just seen."""
    asked = {"version": version, "reason": "Niêm yết"}
    api.post(f"/v1/dossiers/{code}/actions/{action}", json=asked).raise_for_status()


def test_new_event_comes_within_two_seconds(api: httpx.Client) -> None:
    """The stream begins with what was, then tells what is when it is."""
    code = hand_in(api)
    with api.stream("GET", f"/v1/dossiers/{code}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        events = events_of(stream)
        first = next(events)
        assert first[1] == "dossier_received"
        began = monotonic()
        act(api, code, "pause", 2)
        kinds = [first[1]]
        while kinds[-1] != "clock_paused":
            kinds.append(next(events)[1])
        assert monotonic() - began < 2


def test_resumes_after_the_last_event_seen(api: httpx.Client) -> None:
    """Whoever lost the line after an event hears the following ones, each once, in order."""
    code = hand_in(api)
    for version, action in enumerate(("pause", "resume", "sign_result"), start=2):
        act(api, code, action, version)
    with api.stream("GET", f"/v1/dossiers/{code}/events") as stream:
        told = list(islice(events_of(stream), 4))
    assert [event[0] for event in told] == sorted({event[0] for event in told})
    seen = {"Last-Event-ID": str(told[1][0])}
    with api.stream("GET", f"/v1/dossiers/{code}/events", headers=seen) as stream:
        assert list(islice(events_of(stream), 2)) == told[2:]


def test_another_dossier_is_not_heard(api: httpx.Client) -> None:
    """Only the events of the dossier asked for."""
    code, other = hand_in(api), hand_in(api)
    with api.stream("GET", f"/v1/dossiers/{code}/events") as stream:
        events = events_of(stream)
        next(events)
        act(api, other, "sign_result", 2)
        act(api, code, "pause", 2)
        assert next(events)[1] == "clock_paused"


def test_server_stops_though_somebody_listens(api: httpx.Client, served: Served) -> None:
    """Told to stop, it is gone within seconds."""
    with api.stream("GET", f"/v1/dossiers/{hand_in(api)}/events") as stream:
        next(events_of(stream))
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(timeout=15)


def test_unknown_dossier_has_no_stream(api: httpx.Client) -> None:
    """A problem document, not an empty stream."""
    answer = api.get("/v1/dossiers/H37.00-990101-0001/events")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_replay_runs_again_what_waits(api: httpx.Client, connection: Connection, settings: Settings) -> None:
    """One waiting run is listed with its reason and opened anew, once; so is everything of a dossier."""
    codes = [hand_in(api), hand_in(api)]
    # where one stage fails a later one may go on with what there is, so fail all that opens
    while waiting := api.get("/v1/runs?outcome=open").json()["items"]:
        for item in waiting:
            run = read_run(connection, UUID(item["id"]))
            assert run is not None
            settle(connection, run, Failed("waits_for_person", sentence("api.failed")), settings)
    runs = api.get("/v1/runs").json()["items"]
    assert {run["dossier"] for run in runs} == set(codes)
    assert all(run["reason"]["vi"] for run in runs)
    assert api.get(f"/v1/dossiers/{codes[0]}").json()["road"] == "waits_for_person"

    one, *others = [run for run in runs if run["dossier"] == codes[0]]
    replay = f"/v1/runs/{one['id']}/replay"
    opened = api.post(replay)
    assert (opened.status_code, opened.json()["opened"][0]["stage"]) == (202, one["stage"])
    assert opened.json()["opened"][0]["round"] == one["round"] + 1
    assert api.post(replay).status_code == 404
    assert api.get(f"/v1/dossiers/{codes[0]}").json()["road"] == "moving"

    opened = api.post(f"/v1/dossiers/{codes[1]}/replay")
    waited = sorted(run["stage"] for run in runs if run["dossier"] == codes[1])
    assert sorted(run["stage"] for run in opened.json()["opened"]) == waited
    assert api.post(f"/v1/dossiers/{codes[1]}/replay").json()["opened"] == []
    assert [run["id"] for run in api.get("/v1/runs").json()["items"]] == [run["id"] for run in others]
    assert api.post("/v1/dossiers/H37.00-990101-0001/replay").status_code == 404
