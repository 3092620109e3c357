"""On-time figures split every way reconcile with the dossiers behind them, on random lives, merged or not."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from services.clock import in_vietnam
from services.dossier.errors import Refused
from services.dossier.status import Channel
from services.storage.database import Connection
from services.storage.desk import act, look
from services.storage.on_time import GroupBy, OnTimeFilter, Verdict, compact, on_time_query
from services.storage.procedures import store_procedures
from services.storage.projection import project
from services.storage.status import ListFilter, count_query
from tests.builders.histories import draw_commands
from tests.integration.storage.test_desk import LEADS, PROCEDURES, START, hand_in

OFFICERS = ("an", "binh", "chi")
UNITS = ("20", "06463", "05977")
NOW = START + timedelta(days=200)


def live(connection: Connection, seed: int, unit: str) -> int:
    """A dossier of a unit and channel that several officers work on."""
    chance = random.Random(seed)
    at, code = START + timedelta(minutes=chance.randrange(60 * 24 * 250)), f"L-{seed}"
    id_ = hand_in(connection, code, chance.choice(list(LEADS)), at, chance.choice([1, 2, 3]))
    connection.execute("UPDATE dossier SET unit = %s WHERE id = %s", (unit, id_))
    project(connection, id_)
    for _ in range(8):
        at += timedelta(minutes=chance.choice([1, 30, 300, 2000, 9000]))
        case = look(connection, code)
        assert case is not None
        reading = case.read_clock(at)
        for command in draw_commands(chance, case.events, at, reading.due_at if reading else None):
            try:
                act(connection, code, replace(command, actor=chance.choice(OFFICERS)), version=case.version)
                break
            except Refused:
                continue
    return id_


def counted(connection: Connection, chosen: OnTimeFilter, by: GroupBy | None) -> dict[tuple[str, str], int]:
    rows = connection.execute(*on_time_query(chosen, by, NOW)).fetchall()
    return {(group, verdict): count for group, verdict, count in rows}


@pytest.fixture
def lives(connection: Connection) -> Connection:
    """Forty lives; half of their changes are merged, the other half not yet."""
    store_procedures(connection, list(PROCEDURES.values()))
    for seed in range(40):
        live(connection, seed, UNITS[seed % len(UNITS)])
        if seed % 20 == 10:
            compact(connection)
    return connection


def filters() -> list[OnTimeFilter]:
    """Nothing, each of them alone, pairs of them, whole and broken months."""
    some = [
        {}, {"officer": "an"}, {"channel": 2}, {"unit": "06463"}, {"procedure": "9.000001"}, {"field": "Thử"},
        {"officer": "binh", "unit": "20"}, {"channel": 1, "officer": "chi"}, {"channel": 3, "procedure": "9.000002"},
        {"officer": "an", "field": "Thử"},
    ]  # fmt: skip
    days = [(None, None), (date(2026, 2, 1), date(2026, 4, 30)), (date(2026, 2, 3), date(2026, 5, 9))]
    return [
        OnTimeFilter(**more, first_day=first, last_day=last, scoped=scoped)  # type: ignore[arg-type]
        for more, (first, last), scoped in product(some, days, (False, True))
    ]


def facts(connection: Connection) -> list[dict[str, object]]:
    """Every received dossier with what it may be split by, and its verdict as the lists have it."""
    rows = connection.execute(
        """SELECT unit, coalesce(procedure, ''), coalesce(field, ''), officer, channel, received_at, on_time_state(d),
                  late_after FROM dossier d WHERE received_at IS NOT NULL"""
    ).fetchall()
    return [
        {"unit": unit, "procedure": procedure, "field": field, "officer": officer, "channel": channel,
         "day": in_vietnam(at).date(), "verdict": verdict_at(state, line)}
        for unit, procedure, field, officer, channel, at, state, line in rows
    ]  # fmt: skip


def verdict_at(state: str, line: datetime) -> str:
    if state != "open":
        return state
    return Verdict.IN_PROGRESS_IN_TIME if line >= NOW else Verdict.IN_PROGRESS_OVERDUE


def label(row: dict[str, object], by: GroupBy | None) -> str:
    if by is None:
        return ""
    if by in {GroupBy.MONTH, GroupBy.DAY}:
        return str(row["day"])[: 7 if by is GroupBy.MONTH else 10]
    return str(row[by])


def test_every_split_is_the_sum_of_its_dossiers(lives: Connection) -> None:
    """Ten filters, whole and broken months, eight splits, scoped or not; then everything merged, the same again."""
    known = facts(lives)
    assert {row["officer"] for row in known} >= set(OFFICERS)
    assert {row["channel"] for row in known} == set(Channel)
    for _ in range(2):
        for chosen, by in product(filters(), (None, *GroupBy)):
            within = [
                row for row in known
                if all(getattr(chosen, name) in {None, row[name]} for name in
                       ("unit", "procedure", "field", "officer", "channel"))
                and (chosen.first_day or date.min) <= row["day"] <= (chosen.last_day or date.max)  # type: ignore[operator]
            ]  # fmt: skip
            expected = Counter((label(row, by), str(row["verdict"])) for row in within)
            assert counted(lives, chosen, by) == expected, (chosen, by)
        compact(lives)
    assert lives.execute("SELECT count(*) FROM on_time_desk_delta").fetchone() == (0,)


def test_each_figure_is_the_total_of_its_list(lives: Connection) -> None:
    """By officer and channel, as by all else."""
    for by in (GroupBy.OFFICER, GroupBy.CHANNEL, GroupBy.UNIT):
        for (group, verdict), count in counted(lives, OnTimeFilter(), by).items():
            value = int(group) if by is GroupBy.CHANNEL else group
            chosen = ListFilter(**{str(by): value}, verdict=Verdict(verdict))  # type: ignore[arg-type]
            assert lives.execute(*count_query(chosen, NOW)).fetchone() == (count,), (by, group, verdict)


def test_only_officers_or_channels_with_more_read_the_dossiers() -> None:
    """What is asked often is added up from small tables."""
    desk, paper = {"officer", "channel"}, {"procedure", "field"}
    for chosen, by in product(filters(), (None, *GroupBy)):
        query, _ = on_time_query(chosen, by, NOW)
        asked = {str(by), *(name for name in desk | paper if getattr(chosen, name))}
        direct = desk <= asked or bool(desk & asked and paper & asked)
        assert (b"FROM dossier d" in query) == direct, (chosen, by)
