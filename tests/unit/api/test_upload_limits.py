"""A body is let pass up to the limits of a dossier, to the byte."""

import pytest

from services.api.problems import Problem
from services.api.upload import FORM_BYTES, check_length, check_size
from services.settings import MEBIBYTE, Settings

SETTINGS = Settings(max_files=2, max_file_mb=3)
MOST = 2 * 3 * MEBIBYTE + FORM_BYTES


def test_to_the_byte() -> None:
    check_size(MOST, SETTINGS)
    check_length(str(MOST), SETTINGS)
    with pytest.raises(Problem) as error:
        check_size(MOST + 1, SETTINGS)
    assert (error.value.status, error.value.said.params["limit_mb"]) == (413, 6)
    with pytest.raises(Problem):
        check_length(str(MOST + 1), SETTINGS)


@pytest.mark.parametrize("length", ["", "chunked", "-1", "1e99", "²"])
def test_a_length_that_says_nothing_is_measured_later(length: str) -> None:
    check_length(length, SETTINGS)
