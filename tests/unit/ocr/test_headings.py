"""Headings of two blocks side by side, numbered on the right."""

from tests.unit.ocr.test_layout import centred, line, read


def test_a_form_number_beside_the_agency_is_read_after_the_agency() -> None:
    agency = [centred("ỦY BAN NHÂN DÂN XÃ HỮU LŨNG", 0.25, 0.05), centred("MST: 4900112233", 0.25, 0.07)]
    number = [
        centred("Mẫu số: 02BLP", 0.75, 0.05),
        centred("Ký hiệu: AB-26P", 0.75, 0.07),
        centred("Số: 0012345", 0.75, 0.09),
    ]
    below = [centred("BIÊN LAI THU LỆ PHÍ", 0.5, 0.13), line("Họ tên: Lý A", 0.1, 0.16)]
    texts = [one.text for one in (*agency, *number, *below)]
    assert read(*reversed([*agency, *number, *below])) == texts


def test_a_flush_block_of_numbers_beside_a_centred_agency_is_a_block_of_its_own() -> None:
    agency = [centred("CỤC THUẾ", 0.25, 0.05), centred("Chi cục Thuế khu vực VI", 0.25, 0.07)]
    number = [line("Mẫu số: 01GTKT", 0.7, 0.05), line("Ký hiệu: 1K26TAA", 0.7, 0.07), line("Số: 77", 0.7, 0.09)]
    title = centred("HÓA ĐƠN GIÁ TRỊ GIA TĂNG CỦA ĐƠN VỊ BÁN HÀNG", 0.5, 0.14)
    texts = [one.text for one in (*agency, *number, title)]
    assert read(*agency, *number, title) == texts


def test_entries_at_the_top_of_a_page_that_goes_on_stay_row_by_row() -> None:
    rows = [
        (line("ấp 3, xã Hữu Lũng", 0.1, 0.05), line("Giới tính: Nam", 0.6, 0.05)),
        (line("Quê quán: Lạng Sơn", 0.1, 0.07), line("Dân tộc: Kinh", 0.6, 0.07)),
        (line("Tôn giáo: Không", 0.1, 0.09), line("Quốc tịch: Việt Nam", 0.6, 0.09)),
    ]
    found = read(*(piece for row in rows for piece in row))
    assert found == [f"{left.text} {right.text}" for left, right in rows]


def test_numbers_beside_names_further_down_a_page_stay_on_their_rows() -> None:
    rows = [
        (centred("Bộ phận một cửa", 0.25, 0.5), centred("Ký hiệu: AB-26P", 0.75, 0.5)),
        (centred("Lệ phí hộ tịch", 0.25, 0.52), centred("Số: 12", 0.75, 0.52)),
    ]
    assert read(*(piece for row in rows for piece in row)) == [f"{left.text} {right.text}" for left, right in rows]
