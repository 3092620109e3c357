import pytest

from services.dossier.page import Box
from services.files.words import RawWord
from services.ocr.text_layer import is_trusted, judge_layer

PROSE = (
    "Căn cứ Luật Cư trú ngày 13 tháng 11 năm 2020; theo đề nghị của Trưởng phòng Tư pháp tại Tờ trình số "
    "12/TTr-TP ngày 02/3/2026, Ủy ban nhân dân xã Mai Pha xác nhận ông Lương Văn Quý thường trú tại thôn Khơ Đa."
)
TYPED = "C¨n cø LuËt C\xad tró ngµy 13 th¸ng 11 n¨m 2020, theo ®Ò nghÞ cña Tr\xadëng phßng T\xad ph¸p " * 2
WHOLE = Box(0, 0, 1, 1)


def words_of(text: str, top: float = 0.05, pitch: float = 0.02, hidden: bool = False) -> list[RawWord]:
    """Eight words a line."""
    words = []
    for index, token in enumerate(text.split(" ")):
        left, high = 0.1 + 0.1 * (index % 8), top + pitch * (index // 8)
        words.append(RawWord(token, Box(left, high, left + 0.09, high + 0.015), index // 8, hidden))
    return words


def test_vietnamese_prose_is_trusted() -> None:
    layer = judge_layer(words_of(PROSE))
    assert layer is not None
    assert (layer.holes, layer.over_picture, layer.converted) == ((), False, False)
    assert " ".join(line.text for line in layer.lines) == PROSE


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("a signature's banner", "Người ký: CỔNG THÔNG TIN"),
        ("an empty layer", ""),
        ("glyph numbers without letters", "\x03\x10\x0f \x1d\x05 " * 40),
        ("letters moved by three places", "Fdq fx Oxdw Fx wux qjdb wkdqj qdp wkhr gh qjkl fxd " * 3),
        ("a font read through an unknown table", "Cæn cþ Luýt Cù trÿ ngæy thæng næm theo ðÿ nghÿ cûa " * 3),
    ],
)
def test_what_is_no_page_is_not_trusted(why: str, text: str) -> None:
    assert not is_trusted(words_of(text)), why


def test_a_page_in_another_language_is_a_page() -> None:
    assert is_trusted(words_of("This is to certify that the person named below was born in the city of Leeds " * 2))


def test_no_layer_is_not_trusted() -> None:
    assert not is_trusted(None)


def test_a_legacy_font_is_converted() -> None:
    layer = judge_layer(words_of(TYPED.strip()))
    assert layer is not None
    assert layer.converted
    assert layer.lines[0].text == "Căn cứ Luật Cư trú ngày 13 tháng"


def test_a_long_banner_over_a_scan_is_not_trusted() -> None:
    banner = "Người ký: Cổng Thông tin điện tử Chính phủ, Cơ quan: Văn phòng Chính phủ, Thời gian ký: 24/11/2026"
    assert judge_layer(words_of(banner, pitch=0.01)) is not None
    assert judge_layer(words_of(banner, pitch=0.01), [WHOLE]) is None


def test_words_nobody_sees_are_not_trusted() -> None:
    assert judge_layer(words_of(PROSE, hidden=True), [WHOLE]) is None


def test_a_picture_within_the_page_is_a_hole_and_an_emblem_is_none() -> None:
    table, emblem = Box(0.1, 0.5, 0.9, 0.7), Box(0.45, 0.02, 0.52, 0.06)
    layer = judge_layer(words_of(PROSE), [table, emblem])
    assert layer is not None
    assert layer.holes == (table,)


def test_words_all_over_a_picture_have_to_be_compared_with_it() -> None:
    layer = judge_layer(words_of(PROSE, pitch=0.2), [Box(0, 0, 1, 1)])
    assert layer is None or not layer.over_picture
    layer = judge_layer(words_of(" ".join([PROSE] * 8)), [WHOLE])
    assert layer is not None
    assert layer.over_picture


def test_a_garbled_line_within_a_good_page_is_a_hole() -> None:
    bad = [word._replace(line=99) for word in words_of("Quyõt ðþnh vö viýc bæn hænh qýy", top=0.5)]
    layer = judge_layer([*words_of(PROSE), *bad])
    assert layer is not None
    assert len(layer.holes) >= 1
    assert "Quyõt" not in " ".join(line.text for line in layer.lines)
