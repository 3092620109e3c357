"""Lead times in words."""

import pytest

from services.deadline.lead import LeadTime, LeadUnit
from services.deadline.phrase import parse_lead
from services.dossier.errors import Refused


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3 working days", 3, LeadUnit.WORKING_DAYS),
        ("3 ngày làm việc", 3, LeadUnit.WORKING_DAYS),
        ("03 Ngày làm việc.", 3, LeadUnit.WORKING_DAYS),
        ("15 calendar days", 15, LeadUnit.CALENDAR_DAYS),
        ("15 ngày", 15, LeadUnit.CALENDAR_DAYS),
        ("8 working hours", 8, LeadUnit.WORKING_HOURS),
        ("8 Giờ làm việc", 8, LeadUnit.WORKING_HOURS),
        ("same day", 0, LeadUnit.SAME_DAY),
        ("Trong ngày", 0, LeadUnit.SAME_DAY),
    ],
)
def test_both_languages_are_read(text: str, amount: int, unit: LeadUnit) -> None:
    assert parse_lead(text) == LeadTime(amount, unit)


@pytest.mark.parametrize("text", ["", "3", "three days", "-3 working days", "0 working days", "3 weeks", "40 Việt Nam"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="working days"):
        parse_lead(text)
