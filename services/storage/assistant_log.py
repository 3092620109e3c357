"""The log of the assistant: one row a turn, masked before it comes here, kept for a while, counted by week for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from services.storage.database import Connection

_HERE = "'Asia/Ho_Chi_Minh'"
_WEEK = f"date_trunc('week', at AT TIME ZONE {_HERE})::date"
_BEHAVIOURS = ("answer", "clarify", "out_of_scope", "handover", "status_lookup", "refuse")
_COUNTED = ", ".join([
    "'asked', count(*)",
    *(f"'{name}', count(*) FILTER (WHERE behaviour = '{name}')" for name in _BEHAVIOURS),
    "'helpful', count(*) FILTER (WHERE helpful)",
    "'unhelpful', count(*) FILTER (WHERE NOT helpful)",
    # only what was drawn by chance says something of the rest
    "'judged', count(judged_right) FILTER (WHERE judged_from = 'sample')",
    "'judged_right', count(*) FILTER (WHERE judged_right AND judged_from = 'sample')",
    "'rephrased', count(*) FILTER (WHERE rephrased)",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class TurnRow:
    """What is kept of a turn; `question` is masked, `seconds` how long the reply took."""

    talk: str
    number: int
    at: datetime
    question: str
    behaviour: str
    route: str
    language: str
    codes: Sequence[str]
    aspects: Sequence[str]
    confidence: float
    seconds: float
    rephrased: bool = False


def load_talk(connection: Connection, key: str) -> tuple[dict[str, Any], int] | None:
    """The state a talk was left in and how many turns it had; None for an unknown key."""
    row = connection.execute("SELECT state, turns FROM assistant_talk WHERE key = %s", (key,)).fetchone()
    return None if row is None else (row[0], int(row[1]))


def store_talk(connection: Connection, key: str, state: Mapping[str, Any], turns: int, at: datetime) -> None:
    """Keep the state of a talk."""
    connection.execute(
        """INSERT INTO assistant_talk (key, state, turns, updated_at) VALUES (%s, %s, %s, %s)
           ON CONFLICT (key) DO UPDATE SET state = excluded.state, turns = excluded.turns,
               updated_at = excluded.updated_at""",
        (key, Jsonb(dict(state)), turns, at),
    )


def store_turn(connection: Connection, turn: TurnRow) -> int:
    """Write a turn and give its number in the log."""
    row = connection.execute(
        """INSERT INTO assistant_turn (talk, number, at, question, behaviour, route, language, codes, aspects,
               confidence, seconds, rephrased)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
        (turn.talk, turn.number, turn.at, turn.question, turn.behaviour, turn.route, turn.language, list(turn.codes),
         list(turn.aspects), turn.confidence, turn.seconds, turn.rephrased),
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else 0


def rate_turn(connection: Connection, turn: int, talk: str, *, helpful: bool) -> bool:
    """Keep whether a turn helped whoever asked; false when the talk has no such turn."""
    done = connection.execute(
        "UPDATE assistant_turn SET helpful = %s WHERE id = %s AND talk = %s", (helpful, turn, talk)
    )
    return done.rowcount == 1


def judge_turn(connection: Connection, turn: int, *, right: bool, by: str, sampled: bool) -> bool:
    """Keep an officer's judgement of a turn; false when there is no such turn.

    `sampled`: it was drawn by chance, and no judgement came before; a citizen's thumbs-down is no chance.
    """
    done = connection.execute(
        """UPDATE assistant_turn SET judged_right = %s, judged_by = %s,
               judged_from = coalesce(judged_from, %s) WHERE id = %s""",
        (right, by, "sample" if sampled else "report", turn),
    )
    return done.rowcount == 1


def list_unhelpful(connection: Connection, limit: int) -> list[dict[str, Any]]:
    """Turns that did not help and nobody has judged yet, newest first."""
    rows = connection.execute(
        """SELECT id, at, question, behaviour, codes FROM assistant_turn
           WHERE helpful = false AND judged_right IS NULL ORDER BY id DESC LIMIT %s""",
        (limit,),
    ).fetchall()
    return [_tell(row) for row in rows]


def draw_sample(connection: Connection, week: date, size: int) -> list[dict[str, Any]]:
    """Answers of a week to be judged: the same draw each time (ordered by a hash of their number)."""
    rows = connection.execute(
        f"""SELECT id, at, question, behaviour, codes, judged_right FROM assistant_turn
            WHERE behaviour = 'answer' AND {_WEEK} = %s AND at >= %s AND at < %s
            ORDER BY hashint8(id) LIMIT %s""",
        (week, week - timedelta(days=1), week + timedelta(days=8), size),
    ).fetchall()
    return [_tell(row) | {"judged_right": row[5]} for row in rows]


def count_weeks(connection: Connection, since: date) -> dict[date, dict[str, int]]:
    """What was asked and done by week (Monday), newest first; weeks already folded away are read from their sums."""
    rows = connection.execute("SELECT week, figures FROM assistant_week WHERE week >= %s", (since,)).fetchall()
    folded = {row[0]: dict(row[1]) for row in rows}
    rows = connection.execute(
        f"SELECT {_WEEK}, jsonb_build_object({_COUNTED}) FROM assistant_turn WHERE at >= %s GROUP BY 1",
        (since - timedelta(days=1),),
    ).fetchall()
    live = {row[0]: dict(row[1]) for row in rows if row[0] >= since and row[0] not in folded}
    return dict(sorted({**folded, **live}.items(), reverse=True))


def forget_old(connection: Connection, now: datetime, days: int) -> int:
    """Fold weeks older than `days` into sums, forget their turns and the talks left alone; how many turns went."""
    with connection.transaction():
        row = connection.execute(
            f"SELECT date_trunc('week', %s::timestamptz AT TIME ZONE {_HERE}) AT TIME ZONE {_HERE}",
            (now - timedelta(days=days),),
        ).fetchone()
        before = row[0] if row else now
        connection.execute(
            f"""INSERT INTO assistant_week (week, figures)
                SELECT {_WEEK}, jsonb_build_object({_COUNTED}) FROM assistant_turn WHERE at < %s GROUP BY 1
                ON CONFLICT (week) DO NOTHING""",
            (before,),
        )
        gone = connection.execute("DELETE FROM assistant_turn WHERE at < %s", (before,)).rowcount
        connection.execute("DELETE FROM assistant_talk WHERE updated_at < %s", (now - timedelta(days=1),))
    return gone


def _tell(row: Sequence[Any]) -> dict[str, Any]:
    return {"turn": row[0], "at": row[1], "question": row[2], "behaviour": row[3], "codes": row[4]}
