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
FROM dossier WHERE received_at IS NOT NULL AND result_at IS NULL AND paused_at IS NULL AND late_after < %(until)s
      AND status = ANY(%(open)s)
GROUP BY unit ORDER BY 2 DESC, 3 DESC, 1
"""

_MISSING = b"""
SELECT d.procedure, p.name, f.sentence -> 'params' ->> 'name', count(DISTINCT d.id)
FROM finding f JOIN dossier d ON d.id = f.dossier_id
LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
WHERE f.rule = 'missing_paper' AND d.submitted_at >= %(since)s
GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3 LIMIT %(most)s
"""

# the days between asking a citizen for something and his answer are his; the rest until the result is the office's
HIS = b"""
    SELECT e.id, sum(extract(epoch FROM least(coalesce(h.following, e.result_at), e.result_at)
                                        - greatest(h.at, e.received_at))) AS seconds
    FROM ended e JOIN LATERAL (SELECT kind, at, lead(at) OVER (ORDER BY number) AS following FROM history
                               WHERE dossier_id = e.id AND kind <> ALL(%(notes)s)) h ON h.kind = ANY(%(waits)s)
    WHERE h.at < e.result_at GROUP BY e.id"""
"""Seconds that each dossier of `ended` lay with its citizen."""

_SPENT = (
    b"""
WITH ended AS (
    SELECT id, unit, received_at, result_at FROM dossier
    WHERE received_at IS NOT NULL AND result_at >= %(since)s AND result_at < %(until)s
), his AS ("""
    + HIS
    + b""")
SELECT e.unit, count(*),
       (sum(extract(epoch FROM e.result_at - e.received_at) - coalesce(his.seconds, 0)) / count(*) / 86400)::float8,
       (sum(coalesce(his.seconds, 0)) / count(*) / 86400)::float8
FROM ended e LEFT JOIN his ON his.id = e.id GROUP BY e.unit ORDER BY 3 DESC, 1
"""
)

_ROAD = b"""
SELECT stage, count(*) FILTER (WHERE finished_at IS NULL AND started_at IS NULL),
       count(*) FILTER (WHERE finished_at IS NULL AND started_at IS NOT NULL),
       count(*) FILTER (WHERE outcome = 'waits_for_person' AND NOT replayed),
       extract(epoch FROM %(now)s - min(opened_at) FILTER (WHERE finished_at IS NULL AND started_at IS NULL))
FROM stage_run WHERE finished_at IS NULL OR (outcome = 'waits_for_person' AND NOT replayed) GROUP BY stage
"""


def due_soon_query(now: datetime, until: datetime, open_: tuple[int, ...]) -> Query:
    """Rows of (unit, overdue, due before `until`) of open dossiers whose clock runs, the worst unit first.

    Time is counted from reception (Decree 118/2025, art. 17.3): what nobody received yet has no date to miss.
    """
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
