"""A dossier as the API tells of it: rows in, one JSON document out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.api.masking import mask_field, mask_numbers
from services.api.problems import both
from services.clock import in_vietnam
from services.deadline.promise import Promise, promise_of
from services.dossier.status import Channel, DossierStatus
from services.pipeline.route import ROUTE
from services.storage.on_time import Verdict


def moment(value: datetime | None) -> str | None:
    """A moment in Viet Nam time, ISO 8601."""
    return None if value is None else in_vietnam(value).isoformat()


def verdict_of(state: str | None, late_after: datetime | None, now: datetime) -> str | None:
    """Where the dossier stands against its deadline now."""
    if state != "open" or late_after is None:
        return state
    return Verdict.IN_PROGRESS_IN_TIME if late_after >= now else Verdict.IN_PROGRESS_OVERDUE


def view_row(row: Sequence[Any], now: datetime) -> dict[str, Any]:
    """A dossier in a list."""
    (_, code, unit, channel, procedure, name, field, lane, status, road, submitted, received, due, result, near,
     step_late, state, late_after) = row  # fmt: skip
    return {
        "code": code,
        "unit": unit,
        "channel": Channel(channel).name.lower(),
        "procedure": procedure,
        "procedure_name": name,
        "field": field,
        "lane": lane,
        "status": {"code": status, "name": DossierStatus(status).name.lower()},
        "road": road,
        "submitted_at": moment(submitted),
        "received_at": moment(received),
        "due_at": moment(due),
        "due_is": _promise(status, received, due, state),
        "result_at": moment(result),
        "verdict": verdict_of(state, late_after, now),
        "near_due": near,
        "step_late": step_late,
    }


def view_dossier(row: Sequence[Any], now: datetime) -> dict[str, Any]:
    """A dossier whole."""
    (_, code, unit, channel, applicant, declared, procedure, version, field, guess, lane, status, road, submitted,
     received, due_at, due, late_after, paused, result, state, seen, name, documents, pages, papers, fields, findings,
     runs) = row  # fmt: skip
    names = {document["number"]: document["name"] for document in documents}
    return {
        "code": code,
        "unit": unit,
        "channel": Channel(channel).name.lower(),
        "applicant": {key: mask_field(key, value) for key, value in applicant.items()},
        "procedure": {"code": procedure, "version": version, "name": name, "field": field, "declared": declared,
                      "guess": guess},
        "lane": lane,
        "status": {"code": status, "name": DossierStatus(status).name.lower()},
        "road": road,
        "version": seen,
        "submitted_at": moment(submitted),
        "received_at": moment(received),
        "due_at": moment(due_at),
        "due_is": _promise(status, received, due_at, state),
        "due": _due(due),
        "verdict": verdict_of(state, late_after, now),
        "paused_at": moment(paused),
        "result_at": moment(result),
        "stages": _stages(runs),
        "runs": [_run(run) for run in runs],
        "documents": [document | {"page_list": _pages(document["number"], pages)} for document in documents],
        "papers": [_paper(paper, fields, names) for paper in papers],
        "findings": [_finding(finding, names) for finding in findings],
    }  # fmt: skip


def _promise(status: int, received: datetime | None, due_at: datetime | None, state: str | None) -> Promise:
    dated, paused = due_at is not None, state == Verdict.PAUSED
    return promise_of(DossierStatus(status), received=received is not None, dated=dated, paused=paused)


def _due(due: dict[str, Any] | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {
        "lead": {"amount": due["amount"], "unit": due["unit"], "case": due["case"]},
        "lines": [both(line) for line in due["lines"]],
    }


def _stages(runs: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    stages = []
    for step in ROUTE:
        ours = [run for run in runs if run[1] == step.stage]
        stages.append(
            {
                "stage": step.stage,
                "waiting_s": round(sum(float(run[11] or 0) for run in ours), 3),
                "working_s": round(sum(float(run[12] or 0) for run in ours), 3),
                "runs": len(ours),
                "attempts": max((run[4] for run in ours), default=0),
                "open": sum(run[5] is None for run in ours),
                "done": sum(run[5] == "done" for run in ours),
                "waits_for_person": sum(run[5] == "waits_for_person" and not run[7] for run in ours),
            }
        )
    return stages


def _run(run: Sequence[Any]) -> dict[str, Any]:
    id_, stage, subject, round_, attempt, outcome, reason, replayed, opened, started, finished = run[:11]
    return {
        "id": id_, "stage": stage, "subject": subject, "round": round_, "attempt": attempt, "outcome": outcome,
        "reason": both(reason), "replayed": replayed, "opened_at": _row_moment(opened),
        "started_at": _row_moment(started), "finished_at": _row_moment(finished),
    }  # fmt: skip


def _row_moment(text: str | None) -> str | None:
    """A moment inside JSON of the database, whatever zone its session writes."""
    return None if text is None else moment(datetime.fromisoformat(text))


def _pages(number: int, pages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: _page_value(key, value) for key, value in page.items() if key != "document"}
        for page in pages
        if page["document"] == number
    ]


def _page_value(key: str, value: Any) -> Any:  # noqa: ANN401 - JSON
    if key == "marks":
        return [{"kind": kind, "box": box} for kind, *box in value]
    return both(value) if key == "unreadable" else value


def _paper(paper: dict[str, Any], fields: Sequence[Sequence[Any]], names: dict[int, str]) -> dict[str, Any]:
    found = {}
    for number, name, value, raw, confidence, document, page, box, source, confirmed, read in fields:
        if number == paper["number"]:
            found[name] = {
                "value": mask_field(name, value), "raw": mask_field(name, raw), "confidence": confidence,
                "file": names.get(document), "page": page, "box": box, "source": source,
                "confirmed_at": _row_moment(confirmed),
                "machine_value": mask_field(name, read),
            }  # fmt: skip
    pages = [{"file": names.get(document), "page": page} for document, page in paper["pages"]]
    return paper | {"title": mask_numbers(paper["title"]), "pages": pages, "fields": found}


def _finding(finding: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    said = both(finding["sentence"]) or {}
    return {
        "rule": finding["rule"],
        "severity": finding["severity"],
        "stage": finding["stage"],
        "text": {language: mask_numbers(text) for language, text in said.items()},
        "places": [{"file": names.get(d), "page": page, "box": box} for d, page, box in finding["places"]],
    }
