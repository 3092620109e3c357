"""Dates are written the reader's way."""

from datetime import UTC, date, datetime

from services.wording import Language
from services.wording.dates import write_date, write_moment, write_slot


def test_a_day_is_written_the_readers_way() -> None:
    """In English nobody takes the day for the month."""
    assert write_date(date(2026, 2, 9)) == "09/2/2026"
    assert write_date(date(2026, 2, 9), Language.EN) == "9 Feb 2026"
    assert {write_date(date(2026, month, 1), Language.EN)[2:5] for month in range(1, 13)} == {
        f"{date(2026, month, 1):%b}" for month in range(1, 13)
    }


def test_days_and_months_of_a_chart() -> None:
    """Whole in a table, brief on an axis."""
    vi = [write_slot(slot, brief=brief) for slot in ("2026-02-09", "2026-02") for brief in (False, True)]
    en = [write_slot(slot, Language.EN, brief=brief) for slot in ("2026-02-09", "2026-02") for brief in (False, True)]
    assert vi == ["09/2/2026", "09/02", "02/2026", "02/26"]
    assert en == ["9 Feb 2026", "9 Feb", "Feb 2026", "Feb 26"]


def test_a_moment_has_its_hour_before_its_day() -> None:
    """As clocks are read here."""
    at = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)
    assert write_moment(at) == "07:05, 25/11/2026"
    assert write_moment(at, Language.EN) == "07:05, 25 Nov 2026"
