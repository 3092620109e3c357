"""What the API makes of rows: moments, verdicts, figures and the lists behind them."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from services.api.dossier_view import _row_moment, moment, verdict_of
from services.api.figures import VERDICTS, _figures, _group_filter
from services.storage.on_time import GroupBy, Verdict

LINE = datetime(2026, 11, 25, 17, tzinfo=UTC)


def test_every_moment_is_told_in_viet_nam_time() -> None:
    assert moment(datetime(2026, 11, 24, 20, 30, tzinfo=UTC)) == "2026-11-25T03:30:00+07:00"
    for written in ("2026-11-24T20:30:00.5+00:00", "2026-11-25T03:30:00.500000+07:00", "2026-11-24T15:30:00.5-05:00"):
        assert _row_moment(written) == "2026-11-25T03:30:00.500000+07:00"
    assert _row_moment(None) is None


def test_an_open_dossier_is_late_after_its_line_only() -> None:
    assert verdict_of("open", LINE, LINE) == Verdict.IN_PROGRESS_IN_TIME
    assert verdict_of("open", LINE, LINE + timedelta(microseconds=1)) == Verdict.IN_PROGRESS_OVERDUE
    assert verdict_of("early", LINE, LINE + timedelta(days=9)) == "early"
    assert verdict_of(None, None, LINE) is None


@pytest.mark.parametrize("filters", [{}, {"unit": "Lộc Bình & 1", "from": date(2026, 1, 1), "field": None}])
def test_each_figure_names_its_list_with_the_filters_it_was_asked_with(filters: dict[str, object]) -> None:
    figures = _figures("g", {"early": 3, "late": 1, "paused": 2}, filters)
    assert figures["received"] == 6
    assert figures["on_time_rate"] == 0.75
    assert figures["lists"].keys() == {"received", *VERDICTS}
    kept = {name: [str(value)] for name, value in filters.items() if value is not None}
    for name, link in figures["lists"].items():
        asked = parse_qs(urlsplit(link).query, strict_parsing=True)
        assert asked == kept | ({"received": ["true"]} if name == "received" else {"verdict": [name]})


def test_no_rate_of_nothing() -> None:
    assert _figures("", {"paused": 2}, {})["on_time_rate"] is None


def test_a_month_ends_on_its_last_day() -> None:
    assert _group_filter(GroupBy.MONTH, "2026-02") == {"from": date(2026, 2, 1), "to": date(2026, 2, 28)}
    assert _group_filter(GroupBy.MONTH, "2026-12") == {"from": date(2026, 12, 1), "to": date(2026, 12, 31)}
    assert _group_filter(GroupBy.UNIT, "") == {"unit": ""}
