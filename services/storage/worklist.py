"""What an officer works through: dossiers that are not done, the one due first on top."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

OPEN = (1, 2, 4, 5, 6)
"""Status codes of dossiers somebody still has to do something for."""


_COUNTS = "d.received_at IS NOT NULL AND d.paused_at IS NULL"
OVERDUE = f"d.late_after < %(now)s AND {_COUNTS}"
NEAR = f"d.near_from <= %(now)s AND d.late_after >= %(now)s AND {_COUNTS}"
FRESH = "EXISTS (SELECT FROM fresh_papers f WHERE f.dossier_id = d.id)"
UNCONFIRMED = "d.road <> 'moving' AND NOT EXISTS (SELECT FROM confirmation c WHERE c.dossier_id = d.id)"


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which of them.

    `words`: the beginning of a code, or words of the procedure or applicant; `near`: due soon, as the rungs
    of escalation count it; `fresh`: papers came that no officer has looked at; `after`: the last one seen.
    """

    unit: str | None = None
    status: int | None = None
    overdue: bool = False
    near: bool = False
    unconfirmed: bool = False
    fresh: bool = False
    words: str = ""
    after: tuple[datetime, int] | None = None


def worklist_query(chosen: WorkFilter, limit: int, now: datetime) -> tuple[bytes, dict[str, Any]]:
    """The query of a page of the list and its parameters; dossiers without a date come last.

    Rows: id, code, unit, procedure, its name, status, road, received, due, late after, paused, how many findings block
    and how many warn, since when papers wait to be looked at.
    """
    where = ["d.result_at IS NULL", "d.status = ANY(%(open)s)"]
    parameters: dict[str, Any] = {"open": list(OPEN), "now": now, "limit": limit}
    for name in ("unit", "status"):
        if (value := getattr(chosen, name)) is not None:
            where.append(f"d.{name} = %({name})s")
            parameters[name] = value
    if chosen.overdue:
        where.append(OVERDUE)
    if chosen.near:
        where.append(NEAR)
    if chosen.unconfirmed:
        where.append(UNCONFIRMED)
    if chosen.fresh:
        where.append(FRESH)
    if chosen.words.strip():
        where.append("(d.code ILIKE %(code)s OR p.name ILIKE %(part)s OR d.applicant ->> 'name' ILIKE %(part)s)")
        words = _escape(chosen.words.strip())
        parameters |= {"code": f"{words}%", "part": f"%{words}%"}
    if chosen.after is not None:
        where.append("(coalesce(d.due_at, 'infinity'), d.id) > (%(after_due)s, %(after_id)s)")
        parameters |= {"after_due": chosen.after[0], "after_id": chosen.after[1]}
    query = f"""SELECT d.id, d.code, d.unit, d.procedure, p.name, d.status, d.road, d.received_at, d.due_at,
                d.late_after, d.paused_at,
                (SELECT count(*) FROM finding f WHERE f.dossier_id = d.id AND f.severity = 'blocking'),
                (SELECT count(*) FROM finding f WHERE f.dossier_id = d.id AND f.severity = 'warning'),
                (SELECT f.at FROM fresh_papers f WHERE f.dossier_id = d.id)
                FROM dossier d LEFT JOIN procedure p ON p.code = d.procedure AND p.version = d.procedure_version
                WHERE {" AND ".join(where)} ORDER BY coalesce(d.due_at, 'infinity'), d.id LIMIT %(limit)s"""
    return query.encode(), parameters


def pressing_query(now: datetime) -> tuple[bytes, dict[str, Any]]:
    """One row: how many open dossiers there are, how many come due soon, are overdue, have no field
    confirmed, have papers that nobody has looked at."""
    counts = ", ".join(f"count(*) FILTER (WHERE {one})" for one in (NEAR, OVERDUE, UNCONFIRMED, FRESH))
    query = f"SELECT count(*), {counts} FROM dossier d WHERE d.result_at IS NULL AND d.status = ANY(%(open)s)"
    return query.encode(), {"open": list(OPEN), "now": now}


def _escape(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
