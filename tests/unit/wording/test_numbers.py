"""Numbers in words of both languages."""

import pytest

from services.wording import Language, sentence
from services.wording.numbers import write_number, write_share


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (0.0, "0", "0"), (2.5, "2,5", "2.5"), (1234567, "1.234.567", "1,234,567"), (1234.25, "1.234,25", "1,234.25"),
        (60.0, "60", "60"), (-0.00001, "0", "0"), (-3.5, "-3,5", "-3.5"), (1e6, "1.000.000", "1,000,000"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_their_language_writes_them(value: float, vi: str, en: str) -> None:
    """Thousands and decimals have each other's marks."""
    assert (write_number(value, Language.VI), write_number(value, Language.EN)) == (vi, en)


def test_shares_have_one_decimal_and_a_dash_for_nothing() -> None:
    """A rate of nothing is not nought."""
    assert write_share(0.985, Language.VI) == "98,5\N{NO-BREAK SPACE}%"
    assert write_share(0.985, Language.EN) == "98.5%"
    assert write_share(None) == "–"


def test_a_sentence_writes_its_own_numbers() -> None:
    """A reason that travelled with a number in it."""
    said = sentence("deadline.foreseen_unlike", hours=1.5)
    assert "1,5 giờ" in said.say(Language.VI)
    assert "1.5 working hours" in said.say(Language.EN)
