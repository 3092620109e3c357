"""The title of a paper that nobody has a name for."""

import pytest

from services.classify.printed_title import find_printed_title
from tests.builders.pages import document_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTỜ KHAI ĐĂNG KÝ GIÁM HỘ\nKính gửi: UBND xã",
         "TỜ KHAI ĐĂNG KÝ GIÁM HỘ"),
        ("UBND XÃ BA SƠN\nPHIẾU YÊU CẦU ĐĂNG KÝ\nBIỆN PHÁP BẢO ĐẢM\nKÍNH GỬI: VĂN PHÒNG ĐĂNG KÝ",
         "PHIẾU YÊU CẦU ĐĂNG KÝ BIỆN PHÁP BẢO ĐẢM"),
        ("tôi làm đơn này để xin phép nghỉ", ""),
    ],
)  # fmt: skip
def test_lines_in_capitals_that_open_as_titles_do(text: str, title: str) -> None:
    assert find_printed_title(document_from(text).pages[0]) == title
