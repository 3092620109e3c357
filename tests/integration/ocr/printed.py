"""A page printed by the tests themselves, with its text known."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"),
    Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"),
)
"""Fonts with all 134 Vietnamese letters; the old fonts-liberation lacks 92 of them and prints boxes."""

LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Xét đơn của bà Hoàng Thị Phượng, sinh ngày 02/9/1987, số định danh 020187004321,",
    "thường trú tại thôn Nà Chuông, xã Mai Pha, tỉnh Lạng Sơn, điện thoại 0912 345 678.",
    "Điều 1. Cấp giấy xác nhận tình trạng hôn nhân để bổ sung hồ sơ vay vốn ngân hàng.",
    "Lệ phí: 15.000 đồng, nộp trước 17 giờ 00 phút ngày 30/11/2026.",
)


@dataclass(frozen=True)
class Printed:
    """A picture and the lines printed on it, with the pixel row each starts at."""

    picture: Image.Image
    lines: tuple[str, ...]
    tops: tuple[int, ...]


def find_font() -> Path:
    """A font that can print Vietnamese; skips where none is installed."""
    for font in FONTS:
        if font.exists():
            return font
    pytest.skip("no font with the Vietnamese letters: apt-get install fonts-croscore or fonts-liberation2")


def print_page(lines: tuple[str, ...] = LINES, size: int = 36) -> Printed:
    """An A4 page at 200 dpi."""
    picture = Image.new("RGB", (1654, 2339), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(find_font()), size)
    tops = tuple(160 + 70 * index for index in range(len(lines)))
    for top, line in zip(tops, lines, strict=True):
        pen.text((150, top), line, fill=(20, 20, 20), font=font)
    return Printed(picture, lines, tops)
