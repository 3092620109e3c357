"""How values are said and printed on sample papers."""

import pytest

from samples.values import print_date, say_date, say_money, say_number


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm lẻ năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (10_000_000, "mười triệu"),
    ],
)
def test_numbers_are_said_as_people_say_them(number: int, said: str) -> None:
    assert say_number(number) == said


def test_dates_and_amounts_in_words() -> None:
    assert say_date("2026-04-05") == "Ngày mồng năm, tháng tư, năm hai nghìn không trăm hai mươi sáu"
    assert say_money("1500000") == "Một triệu năm trăm nghìn đồng"


@pytest.mark.parametrize(("iso", "printed"), [("1950", "1950"), ("1950-03", "03/1950"), ("1950-03-02", "02/03/1950")])
def test_a_partial_date_prints_what_is_known(iso: str, printed: str) -> None:
    assert print_date(iso, "{d:02d}/{m:02d}/{y}") == printed
