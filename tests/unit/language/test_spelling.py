"""Hurried spelling is put right: short forms, keystrokes, accents, slips."""

import pytest

from services.assistant.question import read_question
from services.language.fold import fold, words_of
from services.language.restore import build_lexicon
from services.language.slang import spell_out
from services.language.telex import decode_keys


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dang ky khai sinh cho con moi de", "đăng ký khai sinh cho con mới đẻ"),
        ("mat can cuoc cong dan lam lai o dau", "mất căn cước công dân làm lại ở đâu"),
        ("toi muon mo quan pho", "tôi muốn mở quán phở"),
        ("chuyen ho khau ve nha chong", "chuyển hộ khẩu về nhà chồng"),
        ("làm giấy khai xinh cho bé", "làm giấy khai sinh cho bé"),
        ("khaisinh cho con", "khai sinh cho con"),
        ("giấy chứng nhạn quyền sử dụng đát bị mất", "giấy chứng nhận quyền sử dụng đất bị mất"),
        ("dki ket hon vs nguoi nn", "đăng ký kết hôn với người nước ngoài"),
        ("ddawng kys khai sinh", "đăng ký khai sinh"),
        ("mat cccd lam lai bhyt", "mất căn cước công dân làm lại bảo hiểm y tế"),
    ],
)
def test_a_hurried_question_is_read_as_meant(typed: str, meant: str) -> None:
    assert read_question(typed).text == meant


def test_words_typed_in_full_stay_as_they_are() -> None:
    for text in ("xuất thạch đen sang trung quốc", "bán hàng rong", "nộp súng tự chế", "lô nghêu sò"):
        assert read_question(text).text == text


def test_folding_takes_accents_and_case() -> None:
    assert fold("Đăng Ký KHAI SINH") == "dang ky khai sinh"
    assert words_of("Xin chào, bạn!") == ["xin", "chào", "bạn"]


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [("ddawng", "đăng"), ("kys", "ký"), ("gia61y", "giấy"), ("truwf", "trừ"), ("quaans", "quấn"), ("cuwowis", "cưới")],
)
def test_keystrokes_become_letters(keys: str, syllable: str) -> None:
    assert decode_keys(keys) == syllable


def test_plain_words_are_no_keystrokes() -> None:
    assert decode_keys("khai") is None
    assert decode_keys("2024") is None


def test_short_forms_and_dialect_are_spelt_out() -> None:
    assert spell_out(["tui", "bị", "rớt", "cccd", "bi", "chừ"]) == [
        "tôi",
        "bị",
        "rơi",
        "căn",
        "cước",
        "công",
        "dân",
        "bây",
        "giờ",
    ]


def test_syllables_of_the_same_letters_stand_together() -> None:
    lexicon = build_lexicon(["má", "ma", "mà"])
    assert lexicon.by_fold["ma"] == ("má", "ma", "mà")
