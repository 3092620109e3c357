"""A cursor comes back as it was given, and nothing else is taken for one."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.api.cursor import Cursor, decode_cursor

MOMENTS = some.datetimes(timezones=some.just(UTC))


@given(some.builds(Cursor, MOMENTS, some.integers(0, 2**63 - 1), some.integers(0, 2**40)))
def test_comes_back(cursor: Cursor) -> None:
    assert decode_cursor(cursor.encode()) == cursor
    assert "+" not in cursor.encode()


@given(some.text())
def test_nonsense_is_no_cursor(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it, this is how it is told
        decode_cursor(base64.urlsafe_b64encode(text.encode(errors="replace")).decode())


@pytest.mark.parametrize("text", ["nonsense", "é", "2026-01-01T00:00:00|1|1"])
def test_what_is_no_base64_either(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the same
        decode_cursor(text)


def test_a_moment_without_a_zone_is_none_of_ours() -> None:
    with pytest.raises(ValueError, match="zone"):
        decode_cursor(base64.urlsafe_b64encode(f"{datetime(2026, 1, 1).isoformat()}|1|1".encode()).decode())  # noqa: DTZ001 - that is the point
