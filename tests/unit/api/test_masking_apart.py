"""Masked numbers that differ look different."""

from services.api.masking import mask_apart, mask_field, mask_numbers


def test_one_number_shows_its_last_figures() -> None:
    assert mask_field("citizen_id", "020098187458") == "•••••••••458"
    assert mask_numbers("số 020098187458") == "số •••••••••458"


def test_numbers_that_differ_in_the_middle_look_different() -> None:
    assert mask_apart("citizen_id", ["020098187458", "020098184458"]) == ["••••••••7458", "••••••••4458"]
    assert mask_numbers("020098187458 / 020098184458") == "••••••••7458 / ••••••••4458"


def test_equal_numbers_look_equal_and_show_no_more() -> None:
    assert mask_apart("citizen_id", ["020098187458", "020098187458"]) == ["•••••••••458", "•••••••••458"]
