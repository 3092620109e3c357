"""The main job once, on embedded defaults: submit a folder of dossiers, wait, tell what came out."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from services.settings import Settings
from services.stack.submit import Bundle, submit_bundle
from services.stack.token import bearer

SUBMITTERS = 2
POLL_S = 0.3

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out; `arrived` is False when the wait was over before every dossier was."""

    report: dict[str, Any]
    arrived: bool


def run_demo(url: str, bundles: Sequence[Bundle], settings: Settings, limit_s: float, told: Told) -> Outcome:
    """Hand in every bundle, wait until none moves, and report in the shape of `motcua demo --json`.

    `told(arrived, all)` is called as dossiers arrive.

    Raises:
        Refused, CannotProceed: a dossier was not taken in.
    """
    began = time.monotonic()
    with httpx.Client(base_url=url, timeout=60, headers=bearer(settings)) as client:
        with ThreadPoolExecutor(SUBMITTERS) as pool:
            receipts = list(pool.map(lambda bundle: submit_bundle(client, bundle, settings), bundles))
        arrived = _wait(client, len(bundles), began + limit_s, told)
        seconds = time.monotonic() - began
        dossiers = [
            _dossier(client.get(receipt["status_url"]).json(), bundle.source)
            for receipt, bundle in zip(receipts, bundles, strict=True)
        ]
        on_time = client.get("/v1/on-time").json()
    pages = sum(document["pages"] for dossier in dossiers for document in dossier["documents"])
    report = {
        "dossiers": dossiers,
        "on_time": on_time["total"] | {"at": on_time["at"]},
        "pages": pages,
        "seconds": round(seconds, 3),
        "pages_per_second": round(pages / seconds, 3),
    }
    return Outcome(report, arrived)


def _wait(client: httpx.Client, expected: int, deadline: float, told: Told) -> bool:
    while time.monotonic() < deadline:
        moving = client.get("/v1/dossiers", params={"road": "moving", "limit": 1}).json()["total"]
        told(expected - moving, expected)
        if not moving:
            return True
        time.sleep(POLL_S)
    return False


def _dossier(told: dict[str, Any], source: str) -> dict[str, Any]:
    return {
        "code": told["code"],
        "source": source,
        "procedure": told["procedure"]["code"],
        "procedure_name": told["procedure"]["name"],
        "status": told["road"],
        "documents": [_document(document, told["papers"]) for document in told["documents"]],
        "fields": sum(len(paper["fields"]) for paper in told["papers"]),
        "findings": [finding["text"]["vi"] for finding in told["findings"]] + _reasons(told["runs"]),
        "stages": {
            stage["stage"]: {name: stage[name] for name in ("waiting_s", "working_s", "attempts")}
            for stage in told["stages"]
        },
        "due_at": told["due_at"],
    }


def _document(document: dict[str, Any], papers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    ours = [paper for paper in papers if paper["pages"] and paper["pages"][0]["file"] == document["name"]]
    first = ours[0] if ours else {"kind": None, "confidence": 0.0}
    return {
        "file": document["name"],
        "kind": first["kind"],
        "confidence": first["confidence"],
        "pages": document["pages"] or 0,
    }


def _reasons(runs: Sequence[dict[str, Any]]) -> list[str]:
    return [
        run["reason"]["vi"]
        for run in runs
        if run["outcome"] == "waits_for_person" and run["reason"] and not run["replayed"]
    ]
