"""Bars: their pieces add up to the bar, the longest fills the drawing."""

from hypothesis import given
from hypothesis import strategies as st

from services.portal.chart import MOST, WIDTH, bars_of
from services.storage.on_time import Verdict

COUNTS = st.fixed_dictionaries({str(verdict): st.integers(0, 10_000) for verdict in Verdict})


@given(st.lists(COUNTS, max_size=30))
def test_pieces_add_up(counts: list[dict[str, int]]) -> None:
    groups = [{"group": str(at), "received": sum(count.values()), **count} for at, count in enumerate(counts)]
    bars = bars_of(groups)
    assert len(bars) <= MOST
    for bar in bars:
        assert sum(piece.count for piece in bar.pieces) == bar.received
        assert bar.pieces[-1].x + bar.pieces[-1].width <= WIDTH + 0.1
    if bars:
        longest = max(bars, key=lambda bar: bar.received)
        assert abs(longest.pieces[-1].x + longest.pieces[-1].width - WIDTH) < 0.1
