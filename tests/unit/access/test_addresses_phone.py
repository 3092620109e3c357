"""Telephone numbers as people write them, and what is none."""

import pytest

from services.access.addresses import check_phone
from services.dossier.errors import Refused


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0912345678",
        " 0912 345 678 ",
        "+84 912 345 678",
        "84912345678",
        "(0205) 3812 345",
        "024.3812.3456",
        "0386-123-456",
    ],
)
def test_numbers_of_this_country_are_taken_as_written(written: str) -> None:
    assert check_phone(written) == written.strip()


@pytest.mark.parametrize(
    "written", ["abc", "12345", "0112345678", "091234567", "09123456789", "+1 202 555 0100", "0912 345 67x"]
)
def test_anything_else_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(Refused) as caught:
        check_phone(written)
    assert "0912 345 678" in caught.value.sentence.say()
