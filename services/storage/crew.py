"""Who works on the road, and how much waits for whom: asked of the runs themselves."""

from datetime import datetime, timedelta
from typing import Any

Query = tuple[bytes, dict[str, Any]]

LOOKED_BACK = timedelta(hours=1)

# what is open and what ended within the hour: both are read from an index
_WORKERS = b"""
SELECT worker, array_agg(DISTINCT stage ORDER BY stage), count(*) FILTER (WHERE finished_at IS NULL),
       count(*) FILTER (WHERE outcome = 'done'), count(*) FILTER (WHERE outcome IN ('try_again', 'lost')),
       max(coalesce(finished_at, started_at)),
       avg(extract(epoch FROM finished_at - started_at)) FILTER (WHERE outcome = 'done')
FROM (SELECT * FROM stage_run WHERE finished_at >= %(since)s
      UNION ALL SELECT * FROM stage_run WHERE started_at IS NOT NULL AND finished_at IS NULL) run
WHERE worker IS NOT NULL GROUP BY worker ORDER BY worker
"""

_DEPTH = b"""
SELECT stage, lane, count(*) FILTER (WHERE started_at IS NULL), count(*) FILTER (WHERE started_at IS NOT NULL),
       coalesce(extract(epoch FROM %(now)s - min(opened_at) FILTER (WHERE started_at IS NULL)), 0)
FROM stage_run WHERE finished_at IS NULL GROUP BY stage, lane
"""


def workers_query(now: datetime) -> Query:
    """Rows of (worker, its stages, runs it works at, done, failed within the hour, last seen, seconds a run)."""
    return _WORKERS, {"since": now - LOOKED_BACK}


def depth_query(now: datetime) -> Query:
    """Rows of (stage, lane, waiting, working, seconds that the oldest one waits)."""
    return _DEPTH, {"now": now}
