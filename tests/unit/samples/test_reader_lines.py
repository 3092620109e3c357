"""A cut line is given the text that is printed there, or none."""

import random
from pathlib import Path

import pytest

from samples.reader.lines import Printed, is_near
from samples.reader.pages import loose_sheet
from samples.reader.texts import draw_words, read_texts

LAW = tuple(f"chữ{number}" for number in range(60))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("CHỦ TICH UBND xã", "CHỦ TỊCH UBND xã"),
        ("sinh ngay 02/09/1990", "Sinh ngày 02/09/1990"),
        ("Họ tên:Lành Trưng Sáng", "Họ tên: Lành Trung Sáng"),
        ("xã", "xã"),
        ("Thủ tục khác hẳn thế này", None),
        ("Họ tên: Lành", "Họ tên: Lành"),
        ("", None),
    ],
)
def test_a_line_is_found_whatever_its_accents(read: str, printed: str | None) -> None:
    lines = Printed(["CHỦ TỊCH UBND xã", "Họ tên: Lành Trung Sáng", "Sinh ngày 02/09/1990 tại Lạng Sơn"])
    assert lines.at(read) == printed


@pytest.mark.parametrize(
    ("read", "printed", "near"),
    [("ho va ten", "ho va ten", True), ("ho ten", "ho va ten", False), ("ho va ten", "ho va te", True),
     ("ho va ten", "ho va", False), ("ho va ten.....", "ho va ten", False), ("abcdefgh", "hgfedcba", False)],
)  # fmt: skip
def test_what_lost_or_gained_much_is_another_line(read: str, printed: str, near: bool) -> None:
    assert is_near(read, printed) is near


def test_a_seed_draws_the_same_page_and_all_of_it_is_on_the_sheet() -> None:
    one, other = (loose_sheet(random.Random(5), LAW) for _ in range(2))
    assert one.text() == other.text() != loose_sheet(random.Random(6), LAW).text()
    assert all(run.x >= 0 and run.x + run.width <= one.size[0] for run in one.runs())


def test_all_manners_of_words_come_by_and_the_signs_among_them() -> None:
    rng = random.Random(1)
    drawn = "".join(" ".join(draw_words(rng, LAW)) for _ in range(200))
    assert set('!?="[]{}~°²/%@') <= set(drawn)


def test_texts_come_without_markup(tmp_path: Path) -> None:
    (tmp_path / "law.md").write_text("# Điều 1 **Phạm vi** <br> áp dụng", encoding="utf-8")
    assert read_texts([tmp_path]) == ("Điều", "1", "áp", "dụng")
