"""Letters and figures of one shape are told apart by their word."""

import pytest

from services.ocr.shapes import with_shapes


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Llên", "Liên"),
        ("Chl", "Chi"),
        ("ChI", "Chi"),
        ("Iệ", "lệ"),
        ("QUốC", "QUỐC"),
        ("cHIẾN", "CHIẾN"),
        ("l987", "1987"),
        ("O1", "01"),
        ("O2/1l/2026", "02/11/2026"),
        ("28/o3/196o", "28/03/1960"),
        ("o2oo6o662o57", "020060662057"),
        ("lII.", "III."),
        ("Iệ:", "lệ:"),
        ("Phưương", "Phương"),
        ("đdất", "đất"),
        ("Happlness", "Happiness"),
        ("ldentity", "Identity"),
        ("identty", "identity"),
        ("REPUBLLC", "REPUBLIC"),
    ],
)
def test_the_word_decides(read: str, printed: str) -> None:
    assert with_shapes(read) == printed


@pytest.mark.parametrize(
    "word",
    [
        "HỘI",
        "Full",
        "Email",
        "TTg",
        "MD787282",
        "II",
        "IO",
        "Internet",
        "I",
        "CCCD",
        "l",
        "12I",
        "WIFI",
        "Place",
        "Republican",
    ],
)
def test_what_may_be_so_stays(word: str) -> None:
    assert with_shapes(word) == word
