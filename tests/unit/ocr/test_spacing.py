"""Spaces that were not seen are put back, and only those."""

from itertools import pairwise

import pytest

from services.dossier.page import Box, Line, Word
from services.language.counts import load_language
from services.ocr.letters import Letter
from services.ocr.spacing import begins_inside, close_up, is_torn, missing_spaces, with_commas, with_item_number
from services.ocr.spell import spell_line

LANGUAGE = load_language()


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("NGHỊĐỊNH", "NGHỊ ĐỊNH"),
        ("Nội,ngày", "Nội, ngày"),
        ("ký:CỔNG", "ký: CỔNG"),
        ("Quyđịnh", "Quy định"),
        ("sở,lực", "sở, lực"),
        ("CMND/CCCD:020089676080", "CMND/CCCD: 020089676080"),
        ("Số/No.:020183185295", "Số/No.: 020183185295"),
        ("1985,CCCD", "1985, CCCD"),
        (",18/12/1992", ", 18/12/1992"),
        ("4.Diện", "4. Diện"),
        ("KT.TRƯỞNG", "KT. TRƯỞNG"),
        ("Sơn,ngày21tháng06", "Sơn, ngày 21 tháng 06"),
        ("ÔngHứaCôngKhánh", "Ông Hứa Công Khánh"),
        ("14.03.1983,001083825389", "14.03.1983, 001083825389"),
        ("(3)thôn", "(3) thôn"),
        ("020092586865..", "020092586865 .."),
        ("Nùng.,", "Nùng .,"),
        ("Úyban", "Úy ban"),
        ("NGHĨAVIỆTNAM", "NGHĨA VIỆT NAM"),
        ("Bình.huyện", "Bình. huyện"),
        ("Long.Lạng", "Long. Lạng"),
        ("Sinhngày:24.06.1988", "Sinh ngày: 24.06.1988"),
        ("cưtrú/Place", "cư trú/Place"),
        ("Fullname:", "Full name:"),
        ("Citizenldentity", "Citizen ldentity"),
        ("SOCIALISTREPUBLICOF", "SOCIALIST REPUBLIC OF"),
    ],
)
def test_joined_syllables_are_parted(word: str, parted: str) -> None:
    cuts = [0, *missing_spaces(word, LANGUAGE), len(word)]
    assert " ".join(word[a:b] for a, b in pairwise(cuts)) == parted


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "thuyên",
        "toán",
        "khoan",
        "hoạt",
        "Loan",
        "Oanh",
        "Hiền",
        "Tuyền",
        "Khuyên",
        "Internet",
        "Khuyến",
        "106/2025/NĐ-CP",
        "a,b@chinhphu.vn",
        "TT-BCA",
        "Xqwzk",
        "15.000",
        "TP.HCM",
        "09:48",
        "1:500",
        "https://dichvucong.gov.vn:443",
        "12/2026/TT-BTP",
        "MD787282",
        "20A1-123.45",
        "1,5",
        "VietinBank",
        "1.640.000.000",
        "(a)",
        "v.v...",
        "UBND/TNMT",
        "Singapore",
        "Samsung",
        "TRƯÔNG",
        "NGƯỠI",
        "motcua.langson.gov.vn",
        "Th.S",
        "-",
    ],
)
def test_everything_else_stays_whole(word: str) -> None:
    assert missing_spaces(word, LANGUAGE) == []


def test_parted_words_keep_the_steps_of_their_letters() -> None:
    line = [Letter(((letter, 0.0),), 0.9, at, at) for at, letter in enumerate("Quyđịnh")]
    assert [(word.text, word.first, word.last) for word in spell_line(line, LANGUAGE)] == [
        ("Quy", 0, 2), ("định", 3, 6)
    ]  # fmt: skip


def test_words_beside_signs_are_spelt_and_codes_are_not() -> None:
    def seen(text: str) -> list[Letter]:
        return [
            Letter(((letter, 0.0), ("ố", -0.5)) if letter == "õ" else ((letter, 0.0),), 1.0, at, at)
            for at, letter in enumerate(text)
        ]

    assert [word.text for word in spell_line(seen("Sõ:559"), LANGUAGE)] == ["Số:", "559"]
    assert [word.text for word in spell_line(seen("12õ/QĐ"), LANGUAGE)] == ["12õ/QĐ"]
    assert [word.text for word in spell_line(seen("sõ@mail.vn"), LANGUAGE)] == ["sõ@mail.vn"]


def test_a_comma_pushed_away_by_leaders_belongs_to_its_word() -> None:
    line = Line(
        tuple(Word(text, Box(at / 10, 0, at / 10 + 0.05, 1), 0.9) for at, text in enumerate(["An", ",", "Nam"]))
    )
    closed = close_up(line)
    assert closed.text == "An, Nam"
    assert closed.words[0].box == Box(0, 0, 0.15000000000000002, 1)
    assert begins_inside(line.words[1:])
    assert not begins_inside(line.words)


@pytest.mark.parametrize(
    "pair",
    [
        ("T", "ư"),
        ("t", "ranh"),
        ("T", "hời"),
        ("t", "hoại:"),
        ("Đ", "ỐC"),
        ("CƯỜ", "NG"),
        ("ti", "nh"),
        ("Ful", "l"),
        ("VIE", "T"),
    ],
)
def test_a_consonant_torn_off_its_syllable_is_put_back(pair: tuple[str, str]) -> None:
    assert is_torn(*pair, LANGUAGE)


@pytest.mark.parametrize(
    "pair",
    [
        ("Tổ", "NG"),
        ("ch", "ng"),
        ("X", "Nam"),
        ("C", "Nữ"),
        ("a", "nh"),
        ("m", "2"),
        ("b)", "Diện"),
        ("B", "Công"),
        ("ý", "kiến"),
    ],
)
def test_letters_that_stand_alone_stay_alone(pair: tuple[str, str]) -> None:
    assert not is_torn(*pair, LANGUAGE)


def line_of(text: str) -> Line:
    return Line(tuple(Word(word, Box(at / 10, 0, at / 10 + 0.05, 1), 0.9) for at, word in enumerate(text.split())))


def test_specks_are_no_words() -> None:
    assert close_up(line_of("thị _ ; . Nam ...")).text == "thị; Nam ..."
    assert close_up(line_of(". _")).words == ()


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("4, Ngành nghề", "4. Ngành nghề"),
        ("II, Thửa đất", "II. Thửa đất"),
        ("4, ngành", "4, ngành"),
        ("2024, Hà Nội", "2024, Hà Nội"),
        ("4,", "4,"),
    ],
)
def test_a_full_stop_stands_after_the_number_of_an_item(read: str, printed: str) -> None:
    assert with_item_number(line_of(read)).text == printed


@pytest.mark.parametrize(
    ("word", "whites", "parted"),
    [
        ("Tuổigià", (1, 2, 1, 4, 1, 2, 0), "Tuổi già"),
        ("Sinhngay", (1, 1, 1, 1, 1, 1, 1, 0), "Sinhngay"),  # nothing shows where
        ("Côngchứngviên", (1, 1, 2, 4, 1, 2, 1, 2, 4, 1, 0, 1, 0), "Công chứng viên"),
        ("Singapore", (1, 1, 4, 1, 4, 1, 1, 1, 0), "Singapore"),
        ("nghiêng", (1, 1, 1, 1, 4, 1, 0), "nghiêng"),
    ],
)
def test_white_within_a_word_parts_its_syllables(word: str, whites: tuple[int, ...], parted: str) -> None:
    cuts = [0, *missing_spaces(word, LANGUAGE, whites), len(word)]
    assert " ".join(word[a:b] for a, b in pairwise(cuts)) == parted


def test_an_address_goes_on_after_a_comma() -> None:
    assert with_commas(line_of("xã Lộc Bình. tỉnh Lạng Sơn.")).text == "xã Lộc Bình, tỉnh Lạng Sơn."
    assert with_commas(line_of("đã ký. Xã Lộc Bình")).text == "đã ký. Xã Lộc Bình"
    assert with_commas(line_of("Lạng Sơn. ngày 12 tháng 5")).text == "Lạng Sơn, ngày 12 tháng 5"
    assert with_commas(line_of("đã nộp. ngày mai")).text == "đã nộp. ngày mai"


@pytest.mark.parametrize(
    ("pair", "torn"), [(("sinh/Ful", "lname"), True), (("OF", "VIET"), False), (("ofviet", "namofviet"), False)]
)
def test_english_torn_in_the_wrong_place_is_put_together(pair: tuple[str, str], torn: bool) -> None:
    assert is_torn(*pair, LANGUAGE) is torn


def test_the_country_of_the_english_motto_is_two_words() -> None:
    assert missing_spaces("VIETNAM", LANGUAGE) == [4]
    assert missing_spaces("sinh/Fullname", LANGUAGE) == [9]
