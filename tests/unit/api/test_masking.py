"""Identity numbers are shown by their last three digits, wherever they stand."""

import pytest

from services.api.masking import mask_field, mask_numbers


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("citizen_id", "020190001234", "•••••••••234"), ("father_citizen_id", "123456789", "••••••789"),
        ("tax_code", "4900123456", "•••••••456"), ("name", "Nông Thị Hoa", "Nông Thị Hoa"),
        ("note", "CCCD 020190001234 cấp", "CCCD •••••••••234 cấp"), ("phone", "0912345678", "0912345678"),
        ("citizen_id", "12", "12"),
    ],
)  # fmt: skip
def test_fields(name: str, value: str, shown: str) -> None:
    assert mask_field(name, value) == shown


def test_only_whole_numbers_of_nine_or_twelve_digits() -> None:
    assert mask_numbers("0201900012345 và 12345678") == "0201900012345 và 12345678"
