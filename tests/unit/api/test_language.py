"""The language a reader wants, by the weights the reader gives."""

import pytest

from services.api.language import choose_language
from services.wording import Language


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", "vi"), ("en", "en"), ("vi", "vi"), ("EN-us", "en"), ("fr", "vi"), ("fr, en;q=0.1", "en"),
        ("en-GB,en;q=0.9,vi;q=0.8", "en"), ("en;q=0.5, vi", "vi"), ("vi;q=0.2, en;q=0.3", "en"), ("en, vi", "vi"),
        ("en;q=0", "vi"), ("*", "vi"), ("vi;q=0, *", "en"), ("vi;q=0.4, *;q=0.5", "en"), ("en;q=0, *;q=0.5", "vi"),
        ("eng", "vi"), ("en;q=much", "vi"), ("en;q=0.3;x=1", "en"), (",,;q=1,", "vi"),
        ("en ; q=0.7 , vi ; q=0.6", "en"),
    ],
)  # fmt: skip
def test_the_heaviest_wish_wins(header: str, wanted: str) -> None:
    assert choose_language(header) is Language(wanted)
