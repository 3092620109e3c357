"""The trend's line: in pieces where there is nothing to judge, never through nought."""

from hypothesis import given
from hypothesis import strategies as st

from services import clock
from services.portal.chart import HIGH, LEFT, RIGHT, trend_of
from services.portal.leader_trend import DAYS, MONTHS, Step, slots_of

RATES = st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=40)


@given(RATES)
def test_the_line_breaks_where_nothing_was_judged(rates: list[float | None]) -> None:
    """A day without a rate has no point; days side by side with one are joined, others are not."""
    slots = [f"day {at}" for at in range(len(rates))]
    # a day with nothing received is no group at all, one with nothing judged a group without a rate
    groups = [{"group": slot, "on_time_rate": rate} for slot, rate in zip(slots, rates, strict=True)
              if rate is not None or slot[-1] in "02468"]  # fmt: skip
    trend = trend_of(groups, slots)
    drawn = [point.group for piece in trend.pieces for point in piece]
    assert drawn == [slot for slot, rate in zip(slots, rates, strict=True) if rate is not None]
    for piece in trend.pieces:
        places = [slots.index(point.group) for point in piece]
        assert places == list(range(places[0], places[-1] + 1))
    assert len(trend.pieces) == sum(
        rate is not None and (at == 0 or rates[at - 1] is None) for at, rate in enumerate(rates)
    )
    for piece in trend.pieces:
        for point in piece:
            assert LEFT <= point.x <= RIGHT
            assert 0 <= point.y <= HIGH


def test_the_axis_names_the_newest_day() -> None:
    """Every day and month has its place, and today is the last."""
    now = clock.now()
    for step, many in ((Step.DAY, DAYS), (Step.MONTH, MONTHS)):
        slots = slots_of(step, now)
        assert len(slots) == len(set(slots)) == many
        assert slots == sorted(slots)
        assert trend_of([], slots).marks[-1] == (RIGHT, slots[-1])
    assert slots_of(Step.DAY, now)[-1] == str(clock.in_vietnam(now).date())
