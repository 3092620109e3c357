import pytest

from services.dossier.page import Box, Word
from services.ocr.text_layer import is_trusted, lines_of_layer

PROSE = (
    "Căn cứ Luật Cư trú ngày 13 tháng 11 năm 2020; theo đề nghị của Trưởng phòng Tư pháp tại Tờ trình số "
    "12/TTr-TP ngày 02/3/2026, Ủy ban nhân dân xã Mai Pha xác nhận ông Lương Văn Quý thường trú tại thôn Khơ Đa."
)


def words_of(text: str) -> list[Word]:
    return [
        Word(
            token,
            Box(0.1 + 0.1 * (index % 8), 0.1 * (index // 8), 0.19 + 0.1 * (index % 8), 0.1 * (index // 8) + 0.05),
            1,
        )
        for index, token in enumerate(text.split())
    ]


def test_vietnamese_prose_is_trusted() -> None:
    assert is_trusted(words_of(PROSE))


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("a signature's banner", "Người ký: CỔNG THÔNG TIN"),
        ("an empty layer", ""),
        ("glyph numbers without letters", "\x03\x10\x0f \x1d\x05 " * 40),
        (
            "a font read through the wrong table",
            "C¨n cø LuËt C tró ngµy th¸ng n¨m theo ®Ò nghÞ cña Tr­ëng phßng T ph¸p " * 3,
        ),
    ],
)
def test_what_is_no_page_is_not_trusted(why: str, text: str) -> None:
    assert not is_trusted(words_of(text)), why


def test_no_layer_is_not_trusted() -> None:
    assert not is_trusted(None)


def test_words_are_gathered_into_lines() -> None:
    lines = lines_of_layer(words_of("một hai ba bốn năm sáu bảy tám chín mười"))
    assert [line.text for line in lines] == ["một hai ba bốn năm sáu bảy tám", "chín mười"]
