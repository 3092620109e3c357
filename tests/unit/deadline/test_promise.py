"""What a date is to the citizen, in every state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deadline.promise import Promise, promise_of
from services.dossier.status import DossierStatus as S


@pytest.mark.parametrize(
    ("status", "received", "dated", "paused", "promise"),
    [
        (S.NEW, False, True, False, Promise.EXPECTED),
        (S.NEW, False, False, False, Promise.AT_RECEPTION),
        (S.SUPPLEMENT_REQUESTED, False, True, False, Promise.AT_RECEPTION),
        (S.NOT_RECEIVED, False, True, False, Promise.NONE),
        (S.WITHDRAWN, False, True, False, Promise.NONE),
        (S.RECEIVED, True, True, False, Promise.GIVEN),
        (S.PROCESSING, True, False, False, Promise.UNKNOWN),
        (S.SUPPLEMENT_REQUESTED, True, True, True, Promise.PAUSED),
        (S.RETURNED, True, True, False, Promise.GIVEN),
    ],
)
def test_how_to_read_a_date(status: S, received: bool, dated: bool, paused: bool, promise: Promise) -> None:
    assert promise_of(status, received=received, dated=dated, paused=paused) is promise


@given(st.sampled_from(S), st.booleans(), st.booleans(), st.booleans())
def test_only_a_running_or_ended_clock_gives_a_date(status: S, received: bool, dated: bool, paused: bool) -> None:
    given_date = promise_of(status, received=received, dated=dated, paused=paused) is Promise.GIVEN
    assert given_date == (received and dated and not paused)
