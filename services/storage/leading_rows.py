"""The dossiers behind each number of the leaders' page: the same conditions, one row for each that was counted.

Every row is (code, procedure, unit, received, due, result, days with the office, days with the citizen, moment since
when it waits in the queue, how many there are in all); what a list does not have is NULL.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.storage.crew import LOOKED_BACK
from services.storage.leading import HIS, NOTES, Query

_ROWS = """
SELECT d.code, p.name, d.unit, d.received_at, d.due_at, d.result_at, NULL, NULL, NULL, count(*) OVER ()
FROM dossier d LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
WHERE {where} ORDER BY d.due_at NULLS LAST, d.id LIMIT %(most)s OFFSET %(skip)s
"""

_ENDED = (
    b"""
WITH ended AS (
    SELECT d.id, d.code, d.unit, d.received_at, d.due_at, d.result_at, p.name,
           extract(epoch FROM d.result_at - d.received_at) AS whole FROM dossier d
    LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
    WHERE d.received_at IS NOT NULL AND d.result_at >= %(since)s AND d.result_at < %(until)s AND d.unit = %(unit)s
), his AS ("""
    + HIS
    + b""")
SELECT code, name, unit, received_at, due_at, result_at, ((whole - coalesce(seconds, 0)) / 86400)::float8,
       (coalesce(seconds, 0) / 86400)::float8, NULL, count(*) OVER ()
FROM ended LEFT JOIN his USING (id) ORDER BY 7 DESC, id LIMIT %(most)s OFFSET %(skip)s
"""
)

_RUNS = """
SELECT d.code, p.name, d.unit, d.received_at, d.due_at, d.result_at, NULL, NULL, r.opened_at, count(*) OVER ()
FROM stage_run r JOIN dossier d ON d.id = r.dossier_id
LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
WHERE {where} ORDER BY r.opened_at, r.id LIMIT %(most)s OFFSET %(skip)s
"""


class Queued(StrEnum):
    """What a piece of work of the road does: the columns of `road_query`."""

    WAITING = "waiting"
    WORKING = "working"
    PEOPLE = "people"


_QUEUED = {
    Queued.WAITING: "r.finished_at IS NULL AND r.started_at IS NULL",
    Queued.WORKING: "r.finished_at IS NULL AND r.started_at IS NOT NULL",
    Queued.PEOPLE: "r.outcome = 'waits_for_person' AND NOT r.replayed",
}


class Worked(StrEnum):
    """What a worker does or did within the hour: columns of `workers_query`."""

    BUSY = "busy"
    DONE = "done"
    FAILED = "failed"


_WORKED = {
    Worked.BUSY: _QUEUED[Queued.WORKING],
    Worked.DONE: "r.finished_at >= %(since)s AND r.outcome = 'done'",
    Worked.FAILED: "r.finished_at >= %(since)s AND r.outcome IN ('try_again', 'lost')",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the rows: `most` of them after `skip`."""

    most: int
    skip: int = 0

    def parameters(self) -> dict[str, Any]:
        """As the queries name them."""
        return {"most": self.most, "skip": self.skip}


def due_soon_rows(now: datetime, until: datetime, open_: tuple[int, ...], unit: str | None, part: Part) -> Query:
    """Behind `due_soon_query`, the first due first."""
    where = """d.received_at IS NOT NULL AND d.result_at IS NULL AND d.paused_at IS NULL
               AND d.late_after >= %(now)s AND d.late_after < %(until)s
               AND d.status = ANY(%(open)s) AND (%(unit)s::text IS NULL OR d.unit = %(unit)s)"""
    wanted = {"now": now, "until": until, "open": list(open_), "unit": unit}
    return _ROWS.format(where=where).encode(), wanted | part.parameters()


def overdue_rows(now: datetime, open_: tuple[int, ...], unit: str | None, part: Part) -> Query:
    """Behind the overdue ones of `due_soon_query`, the longest overdue first."""
    where = """d.received_at IS NOT NULL AND d.result_at IS NULL AND d.paused_at IS NULL
               AND d.late_after < %(now)s
               AND d.status = ANY(%(open)s) AND (%(unit)s::text IS NULL OR d.unit = %(unit)s)"""
    return _ROWS.format(where=where).encode(), {"now": now, "open": list(open_), "unit": unit} | part.parameters()


def missing_rows(since: datetime, procedure: str | None, paper: str, part: Part) -> Query:
    """Behind a row of `missing_papers_query`."""
    where = """d.submitted_at >= %(since)s AND d.procedure IS NOT DISTINCT FROM %(procedure)s AND EXISTS (
               SELECT 1 FROM finding f WHERE f.dossier_id = d.id AND f.rule = 'missing_paper'
               AND f.sentence -> 'params' ->> 'name' = %(paper)s)"""
    wanted = {"since": since, "procedure": procedure, "paper": paper}
    return _ROWS.format(where=where).encode(), wanted | part.parameters()


def ended_rows(since: datetime, until: datetime, unit: str, waits: tuple[str, ...], part: Part) -> Query:
    """Behind a row of `spent_query`, the slowest office first: the means of both columns are its figures."""
    wanted = {"since": since, "until": until, "unit": unit, "waits": list(waits), "notes": list(NOTES)}
    return _ENDED, wanted | part.parameters()


def queued_rows(stage: str, doing: Queued, part: Part) -> Query:
    """Behind a figure of `road_query`: a row for each run, the oldest first."""
    return _RUNS.format(where=f"r.stage = %(stage)s AND {_QUEUED[doing]}").encode(), {
        "stage": stage
    } | part.parameters()


def worker_rows(worker: str, did: Worked, now: datetime, part: Part) -> Query:
    """Behind a figure of `workers_query`: a row for each run of a worker, the oldest first."""
    wanted = {"worker": worker, "since": now - LOOKED_BACK}
    return _RUNS.format(where=f"r.worker = %(worker)s AND {_WORKED[did]}").encode(), wanted | part.parameters()
