"""Classes of seconds become the cumulative counts a monitor reads."""

from math import inf

from services.storage.run_totals import BOUNDS_S, Times, collect_times


def test_counts_grow_from_bound_to_bound() -> None:
    (found,) = collect_times(
        [("ocr", "working", 0.5, 2, 0.6), ("ocr", "working", 5.0, 1, 4.0), ("ocr", "working", inf, 3, 999.0)]
    )
    assert dict(zip(BOUNDS_S, found.counts, strict=True)) == {
        0.01: 0, 0.05: 0, 0.1: 0, 0.5: 2, 1.0: 2, 2.0: 2, 5.0: 3, 10.0: 3, 30.0: 3, 60.0: 3, 300.0: 3, inf: 6
    }  # fmt: skip
    assert found.seconds == 1003.6


def test_a_bound_no_longer_used_counts_from_the_next() -> None:
    (found,) = collect_times([("ocr", "waiting", 7.0, 4, 24.0)])
    assert found.counts[BOUNDS_S.index(5.0)] == 0
    assert found.counts[BOUNDS_S.index(10.0)] == 4


def test_stages_and_parts_apart() -> None:
    rows = [("ocr", "waiting", 1.0, 1, 1.0), ("check", "waiting", 1.0, 2, 1.0), ("ocr", "working", 1.0, 3, 1.0)]
    assert [(times.stage, times.part, times.counts[-1]) for times in collect_times(rows)] == [
        ("check", "waiting", 2), ("ocr", "waiting", 1), ("ocr", "working", 3)
    ]  # fmt: skip
    assert collect_times([]) == ()
    assert isinstance(collect_times(rows)[0], Times)
