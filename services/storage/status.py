"""The read model behind the status API: one dossier whole in one query, and lists by keyset."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.clock import in_vietnam, moments_of
from services.storage.on_time import VERDICT_CONDITIONS, Verdict
from services.storage.worklist import NEAR

DOSSIER_QUERY = """
SELECT d.id, d.code, d.unit, d.channel, d.applicant, d.declared_procedure, d.procedure, d.procedure_version, d.field,
       d.guess, d.lane, d.status, d.road, d.submitted_at, d.received_at, d.due_at, d.due, d.late_after, d.paused_at,
       d.result_at, on_time_state(d), d.version, p.name,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('number', number, 'name', name, 'sha256', sha256, 'size', size,
      'media_type', media_type, 'pages', page_count, 'added_at', added_at) ORDER BY number), '[]')
   FROM document x WHERE x.dossier_id = d.id),
  (SELECT coalesce(jsonb_agg(jsonb_build_object('document', document, 'page', number, 'width', width,
      'height', height, 'source', source,
      'engine', engine, 'preparation', preparation, 'confidence', round(confidence::numeric, 3),
      'unreadable', unreadable, 'marks', marks) ORDER BY document, number), '[]')
   FROM page x WHERE x.dossier_id = d.id),
  (SELECT coalesce(jsonb_agg(jsonb_build_object('number', number, 'kind', kind,
      'confidence', round(confidence::numeric, 3), 'alternatives', alternatives, 'title', title, 'pages', pages)
      ORDER BY number), '[]')
   FROM paper x WHERE x.dossier_id = d.id),
  (SELECT coalesce(jsonb_agg(jsonb_build_array(x.paper, x.name, coalesce(c.value, x.value), raw,
      CASE WHEN c.id IS NULL THEN round(confidence::numeric, 3) ELSE 1 END, document, page, box,
      CASE WHEN c.id IS NULL THEN source ELSE 'officer' END, c.at, x.value) ORDER BY x.paper, x.name), '[]')
   FROM field x LEFT JOIN LATERAL (SELECT id, value, at FROM confirmation y WHERE y.dossier_id = x.dossier_id
        AND y.paper = x.paper AND y.name = x.name ORDER BY id DESC LIMIT 1) c ON true
   WHERE x.dossier_id = d.id),
  (SELECT coalesce(jsonb_agg(jsonb_build_object('rule', rule, 'severity', severity, 'stage', stage,
      'sentence', sentence, 'places', places) ORDER BY stage, subject, number), '[]')
   FROM finding x WHERE x.dossier_id = d.id),
  (SELECT coalesce(jsonb_agg(jsonb_build_array(id, stage, subject, round, attempt, outcome, reason, replayed,
      opened_at, started_at, finished_at,
      extract(epoch FROM coalesce(started_at, finished_at, clock_timestamp()) - opened_at),
      extract(epoch FROM coalesce(finished_at, clock_timestamp()) - started_at)) ORDER BY opened_at, subject), '[]')
   FROM stage_run x WHERE x.dossier_id = d.id)
FROM dossier d LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
WHERE d.code = %s
"""

STAMP_QUERY = """SELECT d.road, d.late_after, on_time_state(d), d.xmin::text,
                   (SELECT max(e.id) FROM event e WHERE e.dossier_id = d.id),
                   (SELECT max(c.id) FROM confirmation c WHERE c.dossier_id = d.id)
                 FROM dossier d WHERE d.code = %s"""
"""What tells whether a dossier that stands still is as it was: its row's own version, its last event, its last word of
an officer; and when its verdict turns."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which dossiers a list shows; `after` is the cursor: submission time and id of the last one seen."""

    unit: str | None = None
    procedure: str | None = None
    field: str | None = None
    status: int | None = None
    road: str | None = None
    channel: int | None = None
    verdict: Verdict | None = None
    received: bool = False
    first_day: date | None = None
    last_day: date | None = None
    after: tuple[datetime, int] | None = None
    officer: str | None = None
    near_due: bool = False
    step_late: bool = False


# as `services.deadline.verdict` judges a step: late after the day of its date; while paused nobody at a desk is late
STEP_LATE = "coalesce(d.result_at IS NULL AND d.paused_at IS NULL AND d.step_due_at < %(today)s, false)"
NEAR_DUE = f"coalesce(d.result_at IS NULL AND d.received_at IS NOT NULL AND {NEAR}, false)"


def list_query(chosen: ListFilter, limit: int, now: datetime) -> tuple[bytes, dict[str, Any]]:
    """The query of a page of dossiers, newest first, and its parameters."""
    where, parameters = _conditions(chosen, now)
    if chosen.after is not None:
        where.append("(d.submitted_at, d.id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": chosen.after[0], "after_id": chosen.after[1]}
    query = f"""SELECT d.id, d.code, d.unit, d.channel, d.procedure, p.name, d.field, d.lane, d.status, d.road,
                d.submitted_at, d.received_at, d.due_at, d.result_at, {NEAR_DUE}, {STEP_LATE}, on_time_state(d),
                d.late_after
                FROM dossier d LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
                WHERE {" AND ".join(where) or "true"} ORDER BY d.submitted_at DESC, d.id DESC LIMIT %(limit)s"""
    return query.encode(), parameters | {"limit": limit}


def count_query(chosen: ListFilter, now: datetime) -> tuple[bytes, dict[str, Any]]:
    """The query of how many dossiers the same filter shows on all pages together."""
    where, parameters = _conditions(chosen, now)
    return f"SELECT count(*) FROM dossier d WHERE {' AND '.join(where) or 'true'}".encode(), parameters


def _conditions(chosen: ListFilter, now: datetime) -> tuple[list[str], dict[str, Any]]:
    where: list[str] = []
    today, _ = moments_of(in_vietnam(now).date(), None)
    parameters: dict[str, Any] = {"now": now, "today": today}
    for name in ("unit", "procedure", "field", "status", "road", "channel", "officer"):
        value = getattr(chosen, name)
        if value == "":
            where.append(f"coalesce(d.{name}, '') = ''")
        elif value is not None:
            where.append(f"d.{name} = %({name})s")
            parameters[name] = value
    if chosen.verdict is not None:
        where.append(VERDICT_CONDITIONS[chosen.verdict])
    where += [NEAR_DUE] if chosen.near_due else []
    where += [STEP_LATE] if chosen.step_late else []
    if chosen.received or chosen.verdict is not None:
        where.append("d.received_at IS NOT NULL")
    # bounds on the column itself, which its indexes serve; `received_day` of every row would be none
    since, until = moments_of(chosen.first_day, chosen.last_day)
    if since is not None:
        where.append("d.received_at >= %(since)s")
        parameters["since"] = since
    if until is not None:
        where.append("d.received_at < %(until)s")
        parameters["until"] = until
    return where, parameters
