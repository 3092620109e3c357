"""The record of practice: each answer of somebody who is signed in, and how far the people of a unit have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.access.roles import GRANTS, Permit, Role
from services.storage.database import Connection

PRACTISING = tuple(str(role) for role in Role if Permit.CONFIRM in GRANTS[role])
"""Roles of those who work on dossiers, and so should have practised."""


@dataclass(frozen=True, slots=True)
class Practised:
    """One task of one person: how often it was tried, when first done right (at which try), and when last tried."""

    task: str
    tries: int
    passed_at: datetime | None
    passed_with: int | None
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who should practise, with the tasks done right; `unit` is empty for the whole province."""

    unit: str
    account: str
    display: str
    passed: int
    tries: int
    last_at: datetime | None


def note_practice(connection: Connection, account: str, task: str, *, passed: bool, at: datetime) -> None:
    """Keep an answer; one of an account that is not there is kept nowhere."""
    connection.execute(
        "INSERT INTO practice (account_id, task, passed, at) SELECT id, %s, %s, %s FROM account WHERE name = %s",
        (task, passed, at, account),
    )


def practice_of(connection: Connection, account: str) -> dict[str, Practised]:
    """What somebody has practised, by task."""
    rows = connection.execute(
        """SELECT task, count(*), min(at) FILTER (WHERE passed), min(number) FILTER (WHERE passed), max(at)
           FROM (SELECT p.*, row_number() OVER (PARTITION BY p.task ORDER BY p.at, p.id) AS number
                 FROM practice p JOIN account a ON a.id = p.account_id WHERE a.name = %s) AS tried
           GROUP BY task""",
        (account,),
    ).fetchall()
    return {row[0]: Practised(*row) for row in rows}


def list_learners(connection: Connection, tasks: Sequence[str], units: frozenset[str] | None) -> list[Learner]:
    """Everybody who works on dossiers in these units (None: all), once a unit, with the tasks of today done right."""
    rows = connection.execute(
        """SELECT coalesce(u.unit, ''), a.name, a.display,
                  count(DISTINCT p.task) FILTER (WHERE p.passed AND p.task = ANY(%(tasks)s)), count(p.id), max(p.at)
           FROM account a LEFT JOIN LATERAL unnest(a.units) AS u (unit) ON TRUE
           LEFT JOIN practice p ON p.account_id = a.id
           WHERE a.disabled_at IS NULL AND a.roles && %(roles)s::text[]
             AND (%(units)s::text[] IS NULL OR u.unit = ANY(%(units)s))
           GROUP BY 1, 2, 3 ORDER BY 1, 4, 3""",
        {"tasks": list(tasks), "roles": list(PRACTISING), "units": None if units is None else sorted(units)},
    ).fetchall()
    return [Learner(*row) for row in rows]
