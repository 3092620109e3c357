"""What can be a Vietnamese syllable."""

import pytest

from services.language.syllable import is_syllable

GOOD = "Nguyễn nghiêng quyết giếng gì khuỷu ƯỚC oan Đắk hòa hoà thuý thúy quốc rượu yết uống xoong Ê a huyện"
BAD = "LuËt Töï vieäc QH bcd têc tac nghx hoaàng ngh internet Ñoäc wá"


@pytest.mark.parametrize("word", GOOD.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", BAD.split())
def test_what_none_can_be(word: str) -> None:
    assert not is_syllable(word)
