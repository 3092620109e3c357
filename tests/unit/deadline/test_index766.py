"""Index 766: points by formula, rows behind every figure, and what is unknown stays out."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deadline.index766.facts import DossierFacts, Period, PetitionFacts, ProcedureFacts
from services.deadline.index766.indicators import SET_2022, Group, find_set, set_in_force
from services.deadline.index766.score import Side, export_rows, rows_behind, score_one, score_period
from services.deadline.verdict import FINISHED, Verdict, tally
from services.wording import Language

MOST = {
    Group.TRANSPARENCY: 18,
    Group.PROGRESS: 20,
    Group.ONLINE: 12,
    Group.DIGITISATION: 22,
    Group.PAYMENT: 10,
    Group.SATISFACTION: 18,
}


def dossier(number: int, verdict: Verdict | None = Verdict.ON_TIME, **more: str | int | bool) -> DossierFacts:
    return replace(DossierFacts(f"H37-{number}", "a", verdict), **more)  # type: ignore[arg-type]


def points(indicator: str, period: Period) -> float | None:
    (found,) = [one for one in SET_2022.indicators if one.id == indicator]
    return score_one(found, period).points


def test_the_groups_add_up_to_a_hundred() -> None:
    assert {group: sum(one.most for one in SET_2022.indicators if one.group is group) for group in Group} == MOST
    assert sum(MOST.values()) == 100


def test_progress_is_twenty_times_the_share_in_time() -> None:
    verdicts = [Verdict.EARLY, Verdict.ON_TIME, Verdict.LATE, Verdict.IN_TIME, Verdict.OVERDUE, Verdict.PAUSED]
    rows = tuple(dossier(number, verdict) for number, verdict in enumerate(verdicts))
    score = score_one(SET_2022.indicators[4], Period(rows))
    assert (score.numerator, score.denominator, score.points) == (4, 6, 13.33)
    counted = rows_behind(SET_2022.indicators[4], Period(rows), Side.NUMERATOR)
    assert [row.id for row in counted] == ["H37-0", "H37-1", "H37-3", "H37-5"]
    assert score.formula.say(Language.EN) == "20 × min(1, (4 / 6) / 1)"


def test_papers_asked_for_twice_count_as_overdue() -> None:
    rows = (dossier(1, Verdict.EARLY, supplements=2), dossier(2, Verdict.EARLY, supplements=1))
    assert points("in_time", Period(rows)) == 10


@pytest.mark.parametrize(
    ("online", "all_", "expected"), [(0, 4, 0.0), (1, 4, 3.0), (2, 4, 6.0), (4, 4, 6.0)]
)  # full at 50 %
def test_a_target_below_one_hundred_percent_gives_full_points(online: int, all_: int, expected: float) -> None:
    rows = tuple(dossier(number, online=number < online) for number in range(all_))
    assert points("dossiers_online", Period(rows)) == expected


def test_unknown_facts_are_in_neither_number_and_alone_give_no_points() -> None:
    rows = (dossier(1, online=True), dossier(2))
    assert points("dossiers_online", Period(rows)) == 6
    assert points("dossiers_online", Period(rows[1:])) is None
    assert points("dossiers_online", Period()) is None
    undated = (dossier(3, None), dossier(4, None, supplements=2))
    assert points("in_time", Period(undated)) == 0
    assert points("in_time", Period(undated[:1])) is None


def test_without_petitions_their_points_are_full_and_with_unknown_ones_none() -> None:
    assert points("petitions_in_time", Period()) == 6
    assert points("petitions_in_time", Period(petitions=(PetitionFacts("p", "a"),))) is None
    late = PetitionFacts("p", "a", answered_in_time=False)
    assert points("petitions_in_time", Period(petitions=(late,))) == 0


def test_only_what_costs_something_can_be_paid_online() -> None:
    rows = (dossier(1, has_fee=False, paid_online=False), dossier(2, has_fee=True, paid_online=True))
    assert points("dossiers_paid", Period(rows)) == 2
    procedures = (ProcedureFacts("1", "a", has_fee=True, payable_online=False), ProcedureFacts("2", "a", has_fee=False))
    assert points("procedures_payable", Period(procedures=procedures)) == 0


def test_by_unit_and_officer() -> None:
    rows = (dossier(1, unit="a", officer="x"), dossier(2, Verdict.LATE, unit="b", officer="y"))
    period = Period(rows)
    assert period.units() == ("a", "b")
    assert points("in_time", period.of_unit("a")) == 20
    assert points("in_time", period.of_officer("y")) == 0


def test_excluded_indicators_and_unknown_ones_lower_what_is_reachable() -> None:
    period = Period((dossier(1),))
    result = score_period(period, SET_2022, frozenset({"petitions_in_time"}))
    assert result.reachable == 20 + 6 + 6
    assert result.points == result.reachable
    assert result.by_group()[Group.TRANSPARENCY] is None
    assert result.by_group()[Group.PROGRESS] == 20


def test_what_the_system_does_not_hold_gives_no_points() -> None:
    result = score_period(Period((dossier(1),)), SET_2022, not_held=frozenset({"petitions_in_time"}))
    assert result.reachable == 20 + 6 + 6


def test_the_set_in_force_is_found_by_day_and_name() -> None:
    assert set_in_force(date(2026, 11, 24)) is SET_2022
    assert find_set("766-2022") is SET_2022
    with pytest.raises(LookupError):
        find_set("766-2021")
    with pytest.raises(LookupError):
        set_in_force(date(2022, 6, 22))


def test_every_indicator_has_its_name_in_both_languages() -> None:
    for score in score_period(Period(), SET_2022).scores:
        assert score.name.say(Language.VI) != score.name.say(Language.EN)


known = st.none() | st.booleans()
periods = st.builds(
    Period,
    st.lists(
        st.builds(
            DossierFacts,
            id=st.uuids().map(str),
            unit=st.sampled_from("abc"),
            verdict=st.sampled_from(list(Verdict)),
            supplements=st.integers(0, 3),
            online=known,
            has_fee=known,
            paid_online=known,
            complained=known,
        ),
        max_size=30,
    ).map(tuple),
)


@given(periods)
def test_dossiers_with_the_same_facts_may_be_counted_together(period: Period) -> None:
    kinds = Counter(replace(row, id="") for row in period.dossiers)
    together = Period(tuple(replace(row, count=count) for row, count in kinds.items()))
    assert score_period(together, SET_2022) == score_period(period, SET_2022)


@given(periods)
def test_totals_reconcile(period: Period) -> None:
    """Every numerator is part of its denominator; units add up to the whole; no score leaves its bounds."""
    whole = score_period(period, SET_2022)
    units = [score_period(period.of_unit(unit), SET_2022) for unit in period.units()]
    for number, score in enumerate(whole.scores):
        assert score.numerator <= score.denominator
        assert score.points is None or 0 <= score.points <= score.indicator.most
        assert score.denominator == sum(one.scores[number].denominator for one in units)
        assert score.numerator == sum(one.scores[number].numerator for one in units)
        for side in Side:
            behind = rows_behind(score.indicator, period, side)
            assert len(behind) == getattr(score, side)
    counted = tally(row.verdict for row in period.dossiers if row.verdict)
    assert counted.good >= whole.scores[4].numerator
    assert sum(counted.counts[verdict] for verdict in FINISHED) <= counted.received
    assert len(export_rows("all", whole)) == len(SET_2022.indicators)
