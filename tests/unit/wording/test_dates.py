"""Dates are written the reader's way."""

from datetime import UTC, date, datetime

from services.wording import Language
from services.wording.dates import write_date, write_moment


def test_a_day_is_written_the_readers_way() -> None:
    """In English nobody takes the day for the month."""
    assert write_date(date(2026, 2, 9)) == "09/2/2026"
    assert write_date(date(2026, 2, 9), Language.EN) == "9 Feb 2026"
    assert {write_date(date(2026, month, 1), Language.EN)[2:5] for month in range(1, 13)} == {
        f"{date(2026, month, 1):%b}" for month in range(1, 13)
    }


def test_a_moment_has_its_hour_before_its_day() -> None:
    """As clocks are read here."""
    at = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)
    assert write_moment(at) == "07:05, 25/11/2026"
    assert write_moment(at, Language.EN) == "07:05, 25 Nov 2026"
