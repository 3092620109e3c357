"""Names as people send them become names that can be shown and stored."""

from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.names import safe_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Giấy khai sinh.pdf", "Giấy khai sinh.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\cccd mặt trước.jpg", "cccd mặt trước.jpg"),
        ("Giấy.pdf".encode().decode().replace("ấ", "a\u0302\u0301"), "Giấy.pdf"),
        ("don\u202egpj.exe", "dongpj.exe"),
        ("a\x00b\nc.pdf", "a b c.pdf"),
        ("con.pdf", "_con.pdf"),
        ("...", "tep-khong-ten"),
        ("", "tep-khong-ten"),
        ('a<b>:"c|?*.png', "a_b___c___.png"),
    ],
)
def test_a_name_is_made_safe(given_name: str, shown: str) -> None:
    assert safe_name(given_name) == shown


def test_a_long_name_keeps_its_extension() -> None:
    short = safe_name("ấ" * 500 + ".pdf")
    assert short.endswith("ấ.pdf")
    assert len(short.encode()) <= 200


@given(st.text(max_size=400))
def test_whatever_comes_is_one_plain_name(name: str) -> None:
    shown = safe_name(name)
    assert shown
    assert len(shown.encode()) <= 200
    assert not set(shown) & set('/\\\0\n\r<>:"|?*')
    assert shown.strip(". ") == shown
    assert is_normalized("NFC", shown)
