"""Stage runs: at once the hand-over, the idempotency key and the evidence.

A run is *open* until it has an outcome. Times are the database's own (`clock_timestamp()`), so that all hosts'
evidence is on one clock. A run is claimed by a session-level advisory lock: PostgreSQL frees it when the worker's
process or host is gone, which is how the relay knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from services.storage.database import Connection
from services.storage.dossiers import set_road
from services.wording import Sentence

# the first of the two keys of every advisory lock on a run; the second is a hash of the run's id
RUN_LOCK = 4_243_001

# how long the relay leaves a freshly opened run to the process that opened it
HEAD_START_S = 3.0

# the relay listens here for runs that are to be published at once
NEW_RUN_CHANNEL = "motcua_run"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a run works on: the dossier, one document, some pages of it, or one paper."""

    document: int | None = None
    first_page: int | None = None
    last_page: int | None = None
    paper: int | None = None

    @property
    def name(self) -> str:
        """A short name, unique within dossier and stage."""
        if self.paper is not None:
            return f"paper {self.paper}"
        if self.first_page is not None:
            return f"document {self.document} pages {self.first_page}-{self.last_page}"
        return "dossier" if self.document is None else f"document {self.document}"


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt of one stage on one subject."""

    id: UUID
    dossier_id: int
    stage: str
    lane: str
    subject: Subject
    round: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A run to be opened: now, by whoever opens it, or by the relay after `wait_s` seconds."""

    stage: str
    subject: Subject
    round: int = 1
    attempt: int = 1
    wait_s: float | None = None


_COLUMNS = "id, dossier_id, stage, lane, document, first_page, last_page, paper, round, attempt"


def _run(row: Sequence[Any]) -> Run:
    return Run(row[0], row[1], row[2], row[3], Subject(*row[4:8]), row[8], row[9])


def open_runs(connection: Connection, dossier_id: int, lane: str, openings: Sequence[Opening]) -> list[Run]:
    """Write the runs; what exists already (same subject, round, attempt) is left alone and not returned."""
    runs: list[Run] = []
    for opening in openings:
        subject = opening.subject
        row = connection.execute(
            """INSERT INTO stage_run (id, dossier_id, stage, lane, subject, document, first_page, last_page, paper,
                                      round, attempt, opened_at, relay_after)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, clock_timestamp(),
                       clock_timestamp() + make_interval(secs => %s))
               ON CONFLICT DO NOTHING RETURNING """
            + _COLUMNS,
            (uuid4(), dossier_id, opening.stage, lane, subject.name, subject.document, subject.first_page,
             subject.last_page, subject.paper, opening.round, opening.attempt,
             HEAD_START_S if opening.wait_s is None else opening.wait_s),
        ).fetchone()  # fmt: skip
        if row is not None:
            runs.append(_run(row))
    return runs


def open_again(connection: Connection, dossier_id: int, lane: str, stage: str, subjects: Sequence[Subject]) -> None:
    """One more round of a stage, as an officer's word calls for it; the caller holds the dossier's row.

    Every such round ends in a check; one that is under way checks what holds no longer, so what it finds is not stored.
    """
    supersede_runs(connection, dossier_id, ["check"])
    round_ = newest_round(connection, dossier_id, stage) + 1
    open_runs(connection, dossier_id, lane, [Opening(stage, subject, round_, wait_s=0) for subject in subjects])
    set_road(connection, dossier_id)
    tell_relay(connection)


def claim_run(connection: Connection, run_id: UUID, worker: str) -> Run | None:
    """Take the run if nobody has; None when it is finished, taken, or unknown: then the message is dropped."""
    row = connection.execute(
        """WITH claim AS MATERIALIZED (SELECT pg_try_advisory_lock(%s, hashtext(%s)) AS held)
           UPDATE stage_run SET started_at = clock_timestamp(), worker = %s,
                  published_at = coalesce(published_at, clock_timestamp())
           FROM claim WHERE held AND id = %s AND started_at IS NULL AND finished_at IS NULL RETURNING held, """
        + _COLUMNS,
        (RUN_LOCK, str(run_id), worker, run_id),
    ).fetchone()
    if row is None:
        release_run(connection, run_id)
        return None
    return _run(row[1:])


def release_run(connection: Connection, run_id: UUID) -> None:
    """Let the claim go; the run must be closed before."""
    connection.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", (RUN_LOCK, str(run_id)))


def close_run(connection: Connection, run: Run, outcome: str, reason: Sentence | None = None) -> bool:
    """Give the run its outcome; False when somebody closed it before, and then nothing may be stored for it."""
    closed = connection.execute(
        """UPDATE stage_run SET finished_at = clock_timestamp(), outcome = %s, reason = %s
           WHERE id = %s AND finished_at IS NULL""",
        (outcome, sentence_json(reason), run.id),
    )
    return closed.rowcount == 1


def sentence_json(sentence: Sentence | None) -> Jsonb | None:
    """A sentence as it rests in a row: its id and parameters, never its words."""
    return None if sentence is None else Jsonb({"id": sentence.id, "params": dict(sentence.params)})


def newest_round(connection: Connection, dossier_id: int, stage: str, *, document: int | None = None) -> int:
    """The highest round of that stage (of one document, if given); 0 when no run was opened."""
    row = connection.execute(
        """SELECT coalesce(max(round), 0) FROM stage_run
           WHERE dossier_id = %s AND stage = %s AND (%s::int IS NULL OR document = %s)""",
        (dossier_id, stage, document, document),
    ).fetchone()
    return int(row[0]) if row else 0


def supersede_runs(connection: Connection, dossier_id: int, stages: Sequence[str]) -> None:
    """Close what is open of these stages: a newer round takes their place, and what they find is not stored."""
    connection.execute(
        """UPDATE stage_run SET finished_at = clock_timestamp(), outcome = 'superseded'
           WHERE dossier_id = %s AND stage = ANY(%s) AND finished_at IS NULL""",
        (dossier_id, list(stages)),
    )


def count_open(connection: Connection, dossier_id: int, stages: Sequence[str]) -> int:
    """How many runs of these stages have no outcome yet: the fan-in."""
    row = connection.execute(
        "SELECT count(*) FROM stage_run WHERE dossier_id = %s AND stage = ANY(%s) AND finished_at IS NULL",
        (dossier_id, list(stages)),
    ).fetchone()
    return int(row[0]) if row else 0


def count_lost(connection: Connection, run: Run) -> int:
    """How many attempts of the same subject and round ended with the worker's death."""
    row = connection.execute(
        """SELECT count(*) FROM stage_run WHERE dossier_id = %s AND stage = %s AND subject = %s AND round = %s
           AND outcome = 'lost'""",
        (run.dossier_id, run.stage, run.subject.name, run.round),
    ).fetchone()
    return int(row[0]) if row else 0


def mark_published(connection: Connection, run_ids: Sequence[UUID]) -> None:
    """Note that the broker has confirmed these runs' messages."""
    connection.execute(
        "UPDATE stage_run SET published_at = clock_timestamp() WHERE id = ANY(%s) AND published_at IS NULL",
        (list(run_ids),),
    )


def tell_relay(connection: Connection) -> None:
    """Wake the relays when this transaction has ended: there is something to publish."""
    connection.execute(f"NOTIFY {NEW_RUN_CHANNEL}")


def read_run(connection: Connection, run_id: UUID) -> Run | None:
    """The run of that id."""
    row = connection.execute("SELECT " + _COLUMNS + " FROM stage_run WHERE id = %s", (run_id,)).fetchone()
    return None if row is None else _run(row)


def waiting_runs(connection: Connection, dossier_id: int) -> list[Run]:
    """The runs of a dossier that wait for a person."""
    rows = connection.execute(
        "SELECT "
        + _COLUMNS
        + """ FROM stage_run
           WHERE dossier_id = %s AND outcome = 'waits_for_person' AND NOT replayed ORDER BY finished_at""",
        (dossier_id,),
    ).fetchall()
    return [_run(row) for row in rows]


def take_unpublished(connection: Connection, limit: int) -> list[Run]:
    """Runs whose message is due and not yet sent, locked for this transaction; two relays get different ones."""
    rows = connection.execute(
        "SELECT "
        + _COLUMNS
        + """ FROM stage_run
           WHERE published_at IS NULL AND finished_at IS NULL AND relay_after <= clock_timestamp()
           ORDER BY relay_after LIMIT %s FOR UPDATE SKIP LOCKED""",
        (limit,),
    ).fetchall()
    return [_run(row) for row in rows]


def take_unheard(connection: Connection, older_than_s: float, stage: str, lane: str) -> list[Run]:
    """Runs of one queue that were published long ago and never started: the broker may have lost them."""
    rows = connection.execute(
        "SELECT "
        + _COLUMNS
        + """ FROM stage_run
           WHERE started_at IS NULL AND finished_at IS NULL AND stage = %s AND lane = %s
                 AND published_at < clock_timestamp() - make_interval(secs => %s)
           ORDER BY published_at LIMIT 500 FOR UPDATE SKIP LOCKED""",
        (stage, lane, older_than_s),
    ).fetchall()
    return [_run(row) for row in rows]


def mark_republished(connection: Connection, run_ids: Sequence[UUID]) -> None:
    """Note that a second message was sent for runs the broker may have lost."""
    connection.execute("UPDATE stage_run SET published_at = clock_timestamp() WHERE id = ANY(%s)", (list(run_ids),))


def abandoned_runs(connection: Connection) -> list[tuple[Run, datetime]]:
    """Started runs whose claim nobody holds any more, with their start."""
    rows = connection.execute(
        "SELECT "
        + _COLUMNS
        + """, started_at FROM stage_run r
           WHERE started_at IS NOT NULL AND finished_at IS NULL AND NOT EXISTS (
               SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = %s
               AND l.objid = (hashtext(r.id::text)::bigint & 4294967295)::oid AND l.granted
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
           ORDER BY started_at LIMIT 500""",
        (RUN_LOCK,),
    ).fetchall()
    return [(_run(row), row[10]) for row in rows]


def overlong_runs(connection: Connection, stage: str, allowance_s: float) -> list[Run]:
    """Started runs of a stage that are far beyond their allowance though their claim is still held."""
    rows = connection.execute(
        "SELECT "
        + _COLUMNS
        + """ FROM stage_run
           WHERE stage = %s AND finished_at IS NULL AND started_at < clock_timestamp() - make_interval(secs => %s)""",
        (stage, allowance_s),
    ).fetchall()
    return [_run(row) for row in rows]
