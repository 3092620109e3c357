"""What leaders look at beside the on-time figures: what will be late, what is missing most, how the road flows."""

from datetime import datetime
from typing import Any

Query = tuple[bytes, dict[str, Any]]

MOST = 20
NOTES = ("synchronised", "synchronisation_failed", "moved")
"""Facts that end nobody's turn: told to the portal, or brought to another unit, a dossier still lies where it lay."""

_DUE_SOON = b"""
SELECT unit, count(*) FILTER (WHERE late_after < %(now)s), count(*) FILTER (WHERE late_after >= %(now)s AND
       late_after < %(until)s)
FROM dossier WHERE result_at IS NULL AND paused_at IS NULL AND late_after < %(until)s AND status = ANY(%(open)s)
GROUP BY unit ORDER BY 2 DESC, 3 DESC, 1
"""

_MISSING = b"""
SELECT d.procedure, p.name, f.sentence -> 'params' ->> 'name', count(DISTINCT d.id)
FROM finding f JOIN dossier d ON d.id = f.dossier_id
LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
WHERE f.rule = 'missing_paper' AND d.submitted_at >= %(since)s
GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3 LIMIT %(most)s
"""

# what a number counts, one row a dossier
_ROWS = """
SELECT d.code, p.name, d.unit, d.received_at, d.due_at, d.result_at FROM dossier d
LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version WHERE {where}
ORDER BY d.due_at NULLS LAST, d.id LIMIT %(most)s
"""

# the days between asking a citizen for something and his answer are his; the rest until the result is the office's
_SPENT = b"""
WITH ended AS (
    SELECT id, unit, received_at, result_at FROM dossier
    WHERE received_at IS NOT NULL AND result_at >= %(since)s AND result_at < %(until)s
), his AS (
    SELECT e.id, sum(extract(epoch FROM least(coalesce(h.following, e.result_at), e.result_at)
                                        - greatest(h.at, e.received_at))) AS seconds
    FROM ended e JOIN LATERAL (SELECT kind, at, lead(at) OVER (ORDER BY number) AS following FROM history
                               WHERE dossier_id = e.id AND kind <> ALL(%(notes)s)) h ON h.kind = ANY(%(waits)s)
    WHERE h.at < e.result_at GROUP BY e.id
)
SELECT e.unit, count(*),
       (sum(extract(epoch FROM e.result_at - e.received_at) - coalesce(his.seconds, 0)) / count(*) / 86400)::float8,
       (sum(coalesce(his.seconds, 0)) / count(*) / 86400)::float8
FROM ended e LEFT JOIN his ON his.id = e.id GROUP BY e.unit ORDER BY 3 DESC, 1
"""

_ROAD = b"""
SELECT stage, count(*) FILTER (WHERE finished_at IS NULL AND started_at IS NULL),
       count(*) FILTER (WHERE finished_at IS NULL AND started_at IS NOT NULL),
       count(*) FILTER (WHERE outcome = 'waits_for_person' AND NOT replayed),
       extract(epoch FROM %(now)s - min(opened_at) FILTER (WHERE finished_at IS NULL AND started_at IS NULL))
FROM stage_run WHERE finished_at IS NULL OR (outcome = 'waits_for_person' AND NOT replayed) GROUP BY stage
"""


def due_soon_query(now: datetime, until: datetime, open_: tuple[int, ...]) -> Query:
    """Rows of (unit, overdue, due before `until`) of open dossiers whose clock runs, the worst unit first."""
    return _DUE_SOON, {"now": now, "until": until, "open": list(open_)}


def missing_papers_query(since: datetime) -> Query:
    """Rows of (procedure, its name, paper, dossiers it was missing in), most often first."""
    return _MISSING, {"since": since, "most": MOST}


def road_query(now: datetime) -> Query:
    """Rows of (stage, waiting runs, working runs, runs that wait for a person, seconds the oldest one waits)."""
    return _ROAD, {"now": now}


def spent_query(since: datetime, until: datetime, waits: tuple[str, ...]) -> Query:
    """Rows of (unit, dossiers ended, mean days with the office, mean days with the citizen), the slowest office first.

    `waits`: kinds of events after which the dossier lies with its citizen until the next event.
    """
    return _SPENT, {"since": since, "until": until, "waits": list(waits), "notes": list(NOTES)}


def due_soon_rows(now: datetime, until: datetime, open_: tuple[int, ...], unit: str | None, limit: int) -> Query:
    """The dossiers behind `due_soon_query`: (code, procedure, unit, received, due, result), the first due first."""
    where = """d.result_at IS NULL AND d.paused_at IS NULL AND d.late_after >= %(now)s AND d.late_after < %(until)s
               AND d.status = ANY(%(open)s) AND (%(unit)s::text IS NULL OR d.unit = %(unit)s)"""
    wanted = {"now": now, "until": until, "open": list(open_), "unit": unit, "most": limit}
    return _ROWS.format(where=where).encode(), wanted


def missing_rows(since: datetime, procedure: str | None, paper: str, limit: int) -> Query:
    """The dossiers behind a row of `missing_papers_query`, as `due_soon_rows`."""
    where = """d.submitted_at >= %(since)s AND d.procedure IS NOT DISTINCT FROM %(procedure)s AND EXISTS (
               SELECT 1 FROM finding f WHERE f.dossier_id = d.id AND f.rule = 'missing_paper'
               AND f.sentence -> 'params' ->> 'name' = %(paper)s)"""
    return _ROWS.format(where=where).encode(), {"since": since, "procedure": procedure, "paper": paper, "most": limit}


def ended_rows(since: datetime, until: datetime, unit: str, limit: int) -> Query:
    """The dossiers of a unit behind `spent_query`, as `due_soon_rows`."""
    where = "d.received_at IS NOT NULL AND d.result_at >= %(since)s AND d.result_at < %(until)s AND d.unit = %(unit)s"
    return _ROWS.format(where=where).encode(), {"since": since, "until": until, "unit": unit, "most": limit}
