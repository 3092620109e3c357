"""Index 766 over HTTP: figures as the formulas give them dossier by dossier, and every figure opens its rows."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from fastapi.testclient import TestClient

from services import clock
from services.deadline.calendar import build_calendar
from services.deadline.index766.facts import DossierFacts, Period
from services.deadline.index766.indicators import SET_2022
from services.deadline.index766.score import score_one
from services.deadline.verdict import draw_lines, judge
from services.dossier.history import EventKind
from services.stack.postgres import EmbeddedPostgres
from services.storage.database import Connection, connect
from services.storage.desk import look
from services.storage.procedures import store_procedures
from tests.builders.postgres import drop_database
from tests.integration.storage.test_desk import LEADS, PROCEDURES, live

SEEDS = range(30)
CALENDAR = build_calendar()
PERIOD = {"from": "2026-01-01", "to": "2027-12-31"}
DOSSIERS = [one.id for one in SET_2022.indicators if one.rows(Period((DossierFacts("1", "20", None),)))]


@pytest.fixture(scope="module")
def database_template(postgres: EmbeddedPostgres) -> Iterator[str]:
    """Random lives in two units, two officers: lived once, copied for each test."""
    name = "template_lives"
    with connect(postgres.copy_database("template_motcua", name)) as connection:
        store_procedures(connection, list(PROCEDURES.values()))
        for seed in SEEDS:
            live(connection, seed)
        connection.execute("UPDATE dossier SET unit = '05977' WHERE id % 3 = 0")
        connection.execute("UPDATE dossier SET officer = 'hoa' WHERE officer <> '' AND id % 2 = 0")
        connection.execute(
            """INSERT INTO feedback (dossier_id, unit, kind, stars, words, at)
               SELECT id, unit, CASE id % 5 WHEN 1 THEN 'praise' WHEN 2 THEN 'complaint' ELSE 'rating' END,
                      CASE WHEN id % 5 NOT IN (1, 2) THEN id % 5 + 1 END, 'chậm', submitted_at FROM dossier"""
        )
    yield name
    drop_database(postgres, name)


@pytest.fixture
def lives(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The lives, at a moment after all of them."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, tzinfo=UTC))
    return client


def one_by_one(connection: Connection) -> tuple[DossierFacts, ...]:
    """Each received dossier judged alone, by the rules of the clock."""
    found = []
    complained = {
        code for code, kind, stars in connection.execute(
            "SELECT d.code, f.kind, f.stars FROM feedback f JOIN dossier d ON d.id = f.dossier_id"
        ).fetchall() if kind == "complaint" or (stars or 5) <= 2
    }  # fmt: skip
    assert 5 < len(complained) < len(SEEDS)
    rows = connection.execute("SELECT code, unit, officer, procedure FROM dossier WHERE received_at IS NOT NULL")
    for code, unit, officer, procedure in rows.fetchall():
        case = look(connection, code)
        assert case is not None
        standing, reading = case.standing, case.read_clock(clock.now())
        assert reading is not None
        lines = draw_lines(reading.due_at, LEADS[procedure], CALENDAR)
        paused = case.ledger.rows[-1].start if case.ledger.paused else None
        # whoever waits for the citizen is judged by the moment of asking
        verdict = judge(
            lines, clock.now(), ended_at=standing.ended_at, paused=bool(paused and paused < lines.late_from)
        )
        told = {"synchronised": True, "failed": False}.get(str(standing.synchronisation))
        found.append(
            DossierFacts(
                code, unit, verdict, officer, standing.supplements, online=True, synchronised=told,
                papers_digitised=False, complained=code in complained,
            )
        )  # fmt: skip
    return tuple(found)


def test_figures_are_those_of_the_formulas_dossier_by_dossier(lives: TestClient, connection: Connection) -> None:
    body = lives.get("/v1/index-766", params={**PERIOD, "by": "unit"}).json()
    everything = Period(one_by_one(connection))
    wanted = {"": everything} | {unit: everything.of_unit(unit) for unit in everything.units()}
    groups = {group["group"]: group for group in (body["total"], *body["groups"])}
    assert set(wanted) == set(groups)
    assert len(wanted) == 3
    for name, period in wanted.items():
        told = {one["indicator"]: one for one in groups[name]["indicators"]}
        for indicator in SET_2022.indicators:
            if indicator.id in DOSSIERS:
                score = score_one(indicator, period)
                shown = told[indicator.id]
                assert (shown["numerator"], shown["denominator"], shown["unknown"], shown["points"]) == (
                    score.numerator, score.denominator, score.unknown, score.points,
                ), indicator.id  # fmt: skip
    in_time = next(one for one in body["total"]["indicators"] if one["indicator"] == "in_time")
    assert 0 < in_time["numerator"] < in_time["denominator"]
    satisfied = next(one for one in body["total"]["indicators"] if one["indicator"] == "dossiers_satisfied")
    assert 0 < satisfied["numerator"] < in_time["numerator"]
    assert body["total"]["points"] <= body["total"]["reachable"] < 100


def test_every_figure_opens_its_rows(lives: TestClient) -> None:
    """The links lead to as many rows as the figure says; pages of a list neither repeat nor lose one."""
    body = lives.get("/v1/index-766", params={**PERIOD, "by": "officer"}).json()
    assert {"hoa", "officer"} <= {group["group"] for group in body["groups"]}
    for group in (body["total"], *body["groups"]):
        for shown in group["indicators"]:
            for side, link in shown["lists"].items():
                listed = lives.get(f"{link}&limit=5000").json()
                assert listed["total"] == shown[side], link
                assert len(listed["items"]) == (shown[side] if shown["held"] else 0)
    link = next(one for one in body["total"]["indicators"] if one["indicator"] == "in_time")["lists"]["denominator"]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = lives.get(f"{link}&limit=4" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [row["code"] for row in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == page["total"]


def test_a_period_holds_what_was_received_by_its_end_and_not_finished_before_it(
    lives: TestClient, connection: Connection
) -> None:
    """A month judges as its last day did: what ended later was in progress then."""
    (total,) = connection.execute(
        "SELECT count(*) FROM dossier WHERE received_at < '2026-04-01+07' "
        "AND (result_at IS NULL OR result_at >= '2026-03-01+07')"
    ).fetchone() or (0,)
    body = lives.get("/v1/index-766", params={"from": "2026-03-01", "to": "2026-03-31"}).json()
    in_time = next(one for one in body["total"]["indicators"] if one["indicator"] == "in_time")
    assert in_time["denominator"] + in_time["unknown"] == total > 0


def test_procedures_are_counted_where_they_are_offered(lives: TestClient) -> None:
    query = {**PERIOD, "indicator": "complete", "side": "denominator"}
    whole = lives.get("/v1/index-766/rows", params=query).json()
    commune = lives.get("/v1/index-766/rows", params={**query, "unit": "05977"}).json()
    assert 0 < commune["total"] < whole["total"]
    assert lives.get(commune["items"][0]["url"]).status_code == 200
    of_officer = lives.get("/v1/index-766/rows", params={**query, "officer": "hoa"}).json()
    assert of_officer == {"total": 0, "items": [], "next": None}


def test_a_file_holds_every_figure_of_every_unit(lives: TestClient) -> None:
    answer = lives.get("/v1/index-766/export.csv", params=PERIOD)
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3 * len(SET_2022.indicators)
    body = lives.get("/v1/index-766", params=PERIOD).json()
    last = {row["indicator"]: row for row in rows if row["unit"] == ""}
    for shown in body["total"]["indicators"]:
        assert int(last[shown["indicator"]]["numerator"]) == shown["numerator"]
    assert lives.get("/v1/index-766/export.xlsx", params=PERIOD).content[:2] == b"PK"


def test_versions_exclusions_and_wrong_questions(lives: TestClient) -> None:
    (shown,) = lives.get("/v1/index-766/sets").json()["items"]
    assert (shown["id"], len(shown["indicators"])) == ("766-2022", 20)
    less = lives.get("/v1/index-766", params={**PERIOD, "exclude": "complete"}).json()
    assert len(less["total"]["indicators"]) == 19
    for wrong in (
        {"from": "2026-02-01", "to": "2026-01-01"}, {"set": "766-1999"}, {"exclude": "nothing"}, {"to": "2020-01-01"},
    ):  # fmt: skip
        assert lives.get("/v1/index-766", params=wrong).status_code == 422, wrong
    assert lives.get("/v1/index-766/rows", params={"indicator": "nothing"}).status_code == 422
    assert lives.get("/v1/index-766/rows", params={"indicator": "in_time", "cursor": "x"}).status_code == 422


def test_the_officer_is_who_works_on_it_not_who_decides(connection: Connection) -> None:
    """Replayed from the facts, as everything beside a dossier is."""
    case = look(connection, "L-3")
    assert case is not None
    events = [replace(event, actor=f"{event.kind}") for event in case.events]
    worked = [event.actor for event in events if event.kind not in {
        EventKind.SUBMITTED, EventKind.EXTENDED, EventKind.STOPPED, EventKind.REFUSED, EventKind.WITHDRAWN,
        EventKind.RESULT_SIGNED, EventKind.RESULT_ANNOUNCED, EventKind.RESULT_SENT, EventKind.RESULT_RETURNED,
        EventKind.SYNCHRONISED, EventKind.SYNCHRONISATION_FAILED, EventKind.PAYMENT_MADE,
    }]  # fmt: skip
    case = replace(case, events=tuple(events))
    assert case.standing.officer == worked[-1]
    assert timedelta(0) < clock.now() - events[-1].at
